"""每个原因由谁、何时改正？ Who mends which cause, and by when?"""

from servq.ui.cards import card_list, card_new, card_sheet
from servq.ui.components import drill
from servq.ui.shell import shell

view = shell.open_page("cards")
card_list.headline(view)
card_sheet.chosen(view)
card_list.listed(view)
card_new.make(view)
drill.show(view)
