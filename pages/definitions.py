"""每个数字是怎么算出来的？ How is each figure worked out?"""

from servq.ui.definitions import (
    balance,
    definitions,
    in_force,
    metric_search,
    model,
    model_causes,
    model_figures,
    model_limits,
)
from servq.ui.shell import shell

view = shell.open_page("definitions")
match view.part:
    case "definitions":
        definitions.headline(view)
        metric_search.looked_for(view)
        definitions.index(view)
        balance.balance(view)
        in_force.in_force(view)
        definitions.forms(view)
        definitions.words(view)
    case "model":
        known = model.in_force(view)
        model.headline(view, known)
        model.stored(view, known)
        model_figures.how_well(view)
        model_figures.own_comments(known)
        model_limits.labels(view, known)
        model_limits.errors(view, known)
        model_figures.own_labels(view)
        model.learned(view, known)
        model_causes.causes(view)
