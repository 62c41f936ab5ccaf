"""客户自己是怎么说的？ What do customers say in their own words?"""

from servq.ui.components import complaint_timeline
from servq.ui.shell import shell
from servq.ui.voices import topics, voices

view = shell.open_page("voices")
wanted = voices.looked_for(view)
voices.headline(view, wanted)
topics.offered(view, wanted)
voices.listed(view, wanted)
complaint_timeline.show(view)
