"""客户有了哪些新说法，原因树认得出来吗？ What do customers say that is new, and does the cause tree know it?"""

from servq.ui.causes import coder_agreement, custom_causes, emerging_phrases
from servq.ui.components import drill
from servq.ui.shell import shell

view = shell.open_page("tree")
emerging_phrases.headline(view)
emerging_phrases.rising(view)
custom_causes.accepted(view)
coder_agreement.both_ways(view)
drill.show(view)
