"""The printed trial of a file: its first rows as they would be stored, beside what the file says.

Owns the words and keys. What is tried stands in ingest/trial.py.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from servq.cli.terminal.output import both, note, printable, write, write_json
from servq.cli.terminal.reports import tell_facts
from servq.cli.terminal.tables import TableColumn, write_table
from servq.ingest.rows.row_masking import hide_in_facts
from servq.ingest.trial import NOT_ANSWERED, TriedRow
from servq.loaders.sources.catalog import get_source
from servq.records import OUTCOMES, REASONS
from servq.settings import BUSINESS_ZONE

if TYPE_CHECKING:
    from servq.ingest.preview import FilePreview
    from servq.loaders.sources.source import Source


def tell_trial(file: str, source: str, look: FilePreview, *, as_json: bool) -> None:
    """Print the first rows of a file, or why it would be refused."""
    known = get_source(source)
    if as_json:
        rows = [
            {
                "row": one.row,
                "came": one.came,
                "stored": {name: _moment(known, name, value) for name, value in one.stored.items()},
                "reasons": one.reasons,
            }
            for one in look.first
        ]
        refused = "" if look.refused is None else str(look.refused)
        write_json({"file": file, "source": source, "status": "tried", "rows": rows, "message": refused})
        return
    if look.facts is not None and look.facts.columns:
        tell_facts(hide_in_facts(look.facts))
        columns = [name for name in known.names if name in look.facts.columns]
        heads = [
            TableColumn("row", "行", right=True),
            *(TableColumn(name, known.column(name).label.zh) for name in columns),
        ]
        lines = [[str(one.row), *(_cell(known, name, one) for name in columns), _why(one)] for one in look.first]
        foot = "文件 → 入库；没有箭头：照原样 / file → stored; no arrow: as it came"
        write_table([*heads, TableColumn("outcome", "结果", folds=True)], lines, printable(file), foot)
    if look.refused is not None:
        note(str(look.refused))
    write("试读，未载入 / dry run, nothing loaded\n")


def _cell(source: Source, name: str, one: TriedRow) -> str:
    came = " ".join(one.came.get(name, "").split())
    if name not in one.stored:
        return came
    value = _moment(source, name, one.stored[name])
    text = "—" if value is None else f"{value:g}" if isinstance(value, float) else " ".join(str(value).split())
    return text if came in (text, "") else f"{came} → {text}"


def _moment(source: Source, name: str, value: Any) -> Any:
    """A value as it is read: moments by our own clock."""
    if value is None or source.column(name).kind != "time":
        return value
    return datetime.fromtimestamp(int(value), UTC).astimezone(BUSINESS_ZONE).isoformat(" ", "seconds")


def _why(one: TriedRow) -> str:
    said = {NOT_ANSWERED: OUTCOMES[NOT_ANSWERED]} | REASONS
    return "；".join(both(said[reason]) for reason in one.reasons)
