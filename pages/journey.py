"""客户旅程在哪里断了？ Where does the customer's journey break?"""

from servq.ui.components import drill
from servq.ui.journey import journey, loyalty, silo_boards, silos
from servq.ui.shell import shell

view = shell.open_page("journey")
match view.part:
    case "journey":
        score = journey.choose_score(view)
        journey.headline(view, score)
        journey.steps(view, score)
        loyalty.words_and_deeds(view)
        drill.show(view)
    case "silos":
        silos.headline(view)
        silo_boards.overlap(view)
        silo_boards.same_scores(view)
        silos.same_orders(view)
        silos.not_known(view)
        drill.show(view)
