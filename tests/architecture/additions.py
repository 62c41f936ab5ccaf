"""Files of a metric, a source with its table, and a page, as they are added to a copy of the project."""

METRIC = '''"""The share of detractors among those who said whether they would recommend."""

from __future__ import annotations

from servq.measures import LIKELIHOODS, NPS_BANDS
from servq.metrics.metric import RESPONSE_DIMENSIONS, Facts, Family, Metric
from servq.metrics.readings import NO_ANSWERS, left_out, measured, share_reading
from servq.records import Label, Reading


def read_detractor_share(facts: Facts) -> Reading:
    """Detractors in percent of the answers with a likelihood, with Wilson's interval."""
    low, high = NPS_BANDS["detractor"]
    answers = [measured(facts, name) for name in LIKELIHOODS]
    hits, n = sum(answers[low : high + 1]), sum(answers)
    return share_reading(hits, n, left_out(no_answer=measured(facts, "responses") - n), NO_ANSWERS)


DETRACTOR_SHARE = Metric(
    name="detractor_share",
    label=Label("贬损者占比", "Detractors"),
    question=Label("多少客户不愿推荐？", "How many customers would not recommend?"),
    unit="percent",
    better="lower",
    needs=frozenset({"responses"}),
    dimensions=RESPONSE_DIMENSIONS,
    drill="responses",
    counted="likelihood",
    counted_as=Label("给出推荐意愿的答卷", "answers with a likelihood"),
    family=Family.PERCEPTION,
    formula=Label("100 × 0–6 分的份数 ÷ 给出推荐意愿的份数", "100 × answers 0 to 6 ÷ answers with a likelihood"),
    reference=Label("区间：Wilson 1927", "interval: Wilson 1927"),
    read=read_detractor_share,
)
'''

SOURCE = '''"""Telephone calls as a source: one row is one call."""

from __future__ import annotations

from servq.loaders.sources.source import UPDATED_AT, Source, column
from servq.records import NOT_GIVEN, Label

CALLS = Source(
    name="calls",
    label=Label("来电记录", "Calls"),
    key=("call_id",),
    sample="calls.csv",
    things=Label("通来电", "calls"),
    columns=(
        column("call_id", Label("通话编号", "Call"), "id", ("通话编号", "来电编号"), ("Call ID",), required=True),
        column("called_at", Label("来电时间", "Called at"), "time", ("来电时间",), ("Called at",), required=True),
        column("channel", Label("渠道", "Channel"), "name", ("渠道",), (), required=True, filled=NOT_GIVEN),
        column("team", Label("班组", "Team"), "name", ("班组",), (), required=True, filled=NOT_GIVEN),
        column("customer_id", Label("会员编号", "Customer"), "id", ("会员编号",), ("Member ID",)),
        column("agent_note", Label("坐席备注", "Note"), "text", ("坐席备注",), ("Agent note",)),
        UPDATED_AT,
    ),
)
'''

TABLE = """
call = _fact(
    "call",
    Column("call_id", String, primary_key=True),
    Column("called_at", BigInteger, nullable=False, index=True),
    Column("week", Date, nullable=False, index=True),
    Column("channel", String, nullable=False),
    Column("team", String, nullable=False),
    Column("customer_id", String, index=True),
    Column("agent_note", Text),
    key=("call_id",),
    moment="called_at",
)

"""

MIGRATION = '''"""Telephone calls."""

import sqlalchemy as sa
from alembic import op

revision = "{new}"
down_revision = "{newest}"


def upgrade() -> None:
    """A new table; nothing that is there is touched."""
    op.create_table(
        "call",
        sa.Column("call_id", sa.String(), primary_key=True),
        sa.Column("called_at", sa.BigInteger(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String()),
        sa.Column("agent_note", sa.Text()),
        sa.Column("updated_at", sa.BigInteger()),
        sa.Column("raw", sa.JSON()),
        sa.Column("load_id", sa.Integer(), sa.ForeignKey("load_log.load_id"), nullable=False),
        sa.Column("row_hash", sa.String(), nullable=False),
    )
    for name in ("called_at", "week", "customer_id"):
        op.create_index(f"ix_call_{{name}}", "call", [name])
'''

SAMPLE = """通话编号,来电时间,渠道,班组,会员编号,坐席备注
0001,2026-09-21 09:10:00,呼叫中心,热线一组,M001,客户要求回电13900001234
0002,2026-09-21 09:25:00,呼叫中心,热线一组,M002,
0003,2026-09-22 18:02:00,呼叫中心,热线二组,,已解决
"""

SURVEYS = """答卷编号,提交时间,渠道,服务班组,推荐意愿(0-10)
""" + "".join(f"{place:04d},2026-09-21 10:00:00,呼叫中心,热线一组,{3 if place < 5 else 10}\n" for place in range(1, 21))
"""Twenty answers, four of them detractors."""

PAGE = '''"""多少客户不愿推荐？ How many customers would not recommend?"""

from servq.ui.shell import shell
from servq.ui.unhappy import unhappy

view = shell.open_page("unhappy")
unhappy.headline(view)
'''

SHOWN = '''"""The page 不愿推荐: the share of detractors."""

from __future__ import annotations

from servq.ui.components.figures import get_metric, reading
from servq.ui.shell import shell
from servq.ui.shell.language import name_of
from servq.ui.shell.numbers import value_text
from servq.ui.shell.view import View


def headline(view: View) -> None:
    """The share of the week, and what it is of."""
    metric = get_metric("detractor_share")
    shell.title(f"{name_of(metric.label)} {value_text(metric, reading(view, metric.name, view.this_week))}")
'''

OPENED = """import html, json, sys
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("pages/unhappy.py", default_timeout=300).run()
assert not app.exception, app.exception
from servq.ui.shell.router import navigate
from servq.ui.shell.menu import GROUPS
json.dump({"said": [html.unescape(one.proto.body) for one in app.get("html")],
           "menu": [name for names in GROUPS.values() for name in names]}, sys.stdout)
"""
"""A program that opens the new page and says what it shows and what stands in the menu."""
