"""情感是怎么判的，什么时候不能信？ How is sentiment told, and when must it not be trusted?"""

from servq.ui.definitions import model, model_causes, model_figures, model_limits
from servq.ui.shell import shell

view = shell.open_page("model")
known = model.in_force(view)
model.headline(view, known)
model.stored(view, known)
model_figures.how_well(view)
model_limits.labels(view, known)
model_limits.errors(view, known)
model_figures.own_labels(view)
model.learned(view, known)
model_causes.causes(view)
