"""客户为什么投诉，哪个原因代价最大？ Why do customers complain, and which cause costs most?"""

from servq.ui.causes import (
    cause_headline,
    cause_opened,
    causes,
    coder_agreement,
    contradictions,
    custom_causes,
    emerging_phrases,
    mismatch,
    named_causes,
    repeats,
    waits,
)
from servq.ui.components import drill
from servq.ui.shell import shell

view = shell.open_page("causes")
match view.part:
    case "causes":
        cause_headline.headline(view)
        named_causes.named(view)
        emerging_phrases.beside(view)
        causes.rising(view)
        causes.paretos(view)
        waits.waiting(view)
        cause_opened.show(view)
    case "tree":
        emerging_phrases.headline(view)
        emerging_phrases.rising(view)
        custom_causes.accepted(view)
        coder_agreement.both_ways(view)
        drill.show(view)
    case "contradictions":
        contradictions.headline(view)
        repeats.repeated(view)
        mismatch.contradicting(view)
        drill.show(view)
