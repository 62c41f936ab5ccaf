"""每个数字是怎么算出来的？ How is each figure worked out?"""

from servq.ui.definitions import balance, definitions, in_force
from servq.ui.shell import shell

view = shell.open_page("definitions")
definitions.headline(view)
balance.balance(view)
in_force.in_force(view)
definitions.forms(view)
definitions.words(view)
