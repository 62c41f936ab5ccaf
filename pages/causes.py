"""causes"""

from servq.ui import shell

view = shell.open_page("causes")
