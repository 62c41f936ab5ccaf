"""数据齐全、对得上、够新吗？ Are the data complete, adding up and fresh?"""

from servq.ui.health import health, loads, quarantine, quarantine_editor, undo
from servq.ui.health.upload import upload, upload_load, upload_shown
from servq.ui.shell import shell

view = shell.open_page("health")
match view.part:
    case "health":
        health.headline(view)
        health.freshness(view)
        loads.log(view)
        undo.one_load(view)
        loads.matching(view)
        quarantine.in_quarantine(view)
        quarantine_editor.one_row(view)
    case "upload":
        wanted = upload.wanted(view)
        upload.map_form(wanted)
        upload_shown.understood(wanted.source, wanted.look)
        upload_shown.first_rows(wanted.source, wanted.look)
        upload_shown.found_wrong(wanted.look)
        upload_load.confirm(view, wanted)
