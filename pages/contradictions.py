"""谁反复投诉，哪些分数与文字对不上？ Who complains again, and which scores contradict their words?"""

from servq.ui.causes import contradictions, mismatch, repeats
from servq.ui.components import drill
from servq.ui.shell import shell

view = shell.open_page("contradictions")
contradictions.headline(view)
repeats.repeated(view)
mismatch.contradicting(view)
drill.show(view)
