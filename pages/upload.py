"""这份文件读得对吗，载入后多了什么？ Is this file read rightly, and what does it bring?"""

from servq.ui.health import upload, upload_load, upload_shown
from servq.ui.shell import shell

view = shell.open_page("upload")
wanted = upload.wanted(view)
upload.map_form(wanted)
upload_shown.understood(wanted.source, wanted.look)
upload_shown.first_rows(wanted.source, wanted.look)
upload_shown.found_wrong(wanted.look)
upload_load.confirm(view, wanted)
