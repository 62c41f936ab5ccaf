"""The table of a run, for the terminal and for `docs/performance.md`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from benchmarks.rows import Row

GUIDE = Path(__file__).parents[1] / "docs" / "performance.md"
HEADS = ("测的是什么 / what", "单位 / unit", "servq", "朴素做法 / plain", "倍数 / ratio", "次 / n", "目标 / goal")

INTRODUCTION = """# 快不快 / What is fast, and against what

This page is written by `python -m benchmarks --write`, never by hand; `make bench` prints the same table.

Every line is measured beside the plain way of doing the same work, on the same machine in the same run: **read the
ratios**. Above 1× servq does more rows, or needs less time or memory, than the plain way. The absolute figures belong
to the machine of the run and to how busy it was: {state}.

- **plain**, loading: `pandas.read_csv` or `read_excel`, times to seconds, one bulk insert into the same table with the
  same indexes. No checks, no quarantine, no masking of personal data, no hashes, no scoring of comments, no week cells.
- **plain**, pages: one Streamlit page (`benchmarks/plain_page.py`) on the same warehouse under the same server
  settings. It keeps every response in one shared frame and filters and groups it on each rerun; it draws cards, a
  matrix, a trend, a line per channel and comments, without a single interval, test or click.

"""
MEANINGS = """
## What each line means
- **载入 / rows per CPU second**: from the file to committed rows and week cells, in a fresh process; imports do not
  count. Each file is new and its rows drawn from the sample; comments are the sample's clauses in new company, so that
  nearly each must be scored. n is the number of fresh processes, of which the median is shown.
- **内存峰值 / peak memory**: the most that the process ever held (`VmHWM`), its imports included.
- **评论 / comments**: every answer has one, nearly all distinct; from the file to committed rows with score, causes
  and week cells, in a fresh process. Scorers: the same clauses of 6 to 20 characters, each scorer in a fresh process,
  in turns, the fastest of three passes; SnowNLP and TextBlob, the plain way here, get a three-hundredth of them. The
  first score counts what is read and built for it; numpy's import is left out.
- **遮蔽 / masking**: texts of 5,000 and of 50,000 characters, made of pieces each of which looks like the beginning of
  something personal; the quickest of n turns of each, and the worst of all pieces. **找原因 / finding causes**: the
  project's own sentences, beside their sentiment in the same process.
- **看过的周 / a week seen before**: CPU time of the server process per change of the week filter, when anybody has
  looked at that week since the last load. A real server, asked over its websocket as a browser asks it; n changes
  through eight weeks. All servers, small and large, ours and plain, are up at once and asked in turns, so that a busy
  moment meets them all. One core serves about 1000 ÷ this number of changes a second.
- **头一次看的周 / a week seen first**: the same for the first reader of a week after a load, who pays for the intervals
  and tests. The plain page has no such difference; its figure is the same as above.
- **等待 p50 / wait p50**: from the question to the whole answer at the websocket, without drawing.
- **变为几倍 / becomes**: what a rerun costs on the large warehouse ÷ on the small one. Pages read week cells, so this
  stays near 1 however many responses there are; complaints and visits are as many as in the sample in both.
- **浏览器 / browser**: from the click on another week to the last change inside a chart, in a real Chromium; n changes,
  ours and plain in turns. Left out where there is no browser.
- A dash stands where nothing comparable exists, or where the system does not tell (CPU and memory come from `/proc`).
"""


def show(rows: Sequence[Row], state: str) -> None:
    """Print the table, as wide as it needs to be."""
    table = Table(*HEADS, box=SIMPLE, caption=state, caption_justify="left", padding=(0, 1))
    table.columns[0].min_width, table.columns[6].min_width = 52, 14
    for column in table.columns[2:6]:
        column.justify = "right"
    for row in rows:
        table.add_row(f"{row.what.zh}\n[dim]{row.what.en}[/dim]", *_cells(row))
    console = Console(width=max(Console().width, 136))
    console.print(table)


def write(rows: Sequence[Row], state: str) -> None:
    """Write the guide from this run."""
    lines = ["| " + " | ".join(HEADS) + " |", "|---|---|--:|--:|--:|--:|---|"]
    lines += ["| " + " | ".join((f"{row.what.zh}<br>{row.what.en}", *_cells(row))) + " |" for row in rows]
    text = INTRODUCTION.format(state=state) + "\n".join(lines) + "\n" + MEANINGS
    GUIDE.write_text(text, encoding="utf-8")


def _cells(row: Row) -> tuple[str, ...]:
    ratio = "—" if row.ratio is None else f"{row.ratio:.2f}×"
    return row.unit, _figure(row.ours), _figure(row.plain), ratio, str(row.runs), row.goal


def _figure(value: float | None) -> str:
    """Two or three digits that mean something."""
    if value is None:
        return "—"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
