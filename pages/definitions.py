"""每个数字是怎么算出来的？ How is each figure worked out?"""

from servq.ui import balance, definitions, in_force, shell

view = shell.open_page("definitions")
definitions.headline(view)
balance.balance(view)
in_force.in_force(view)
definitions.forms(view)
definitions.words(view)
