"""The form of a metric, as a quality manager could check it, and the facts that its formula receives."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from servq.records import Label, State

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from servq.metrics.columns import Columns
    from servq.records import Reading

Need = Literal["responses", "complaints", "visits"]

COMMON_DIMENSIONS = frozenset({"week", "channel", "team"})
RESPONSE_DIMENSIONS = COMMON_DIMENSIONS | {"segment", "touchpoint", "survey_mode"}
COMPLAINT_DIMENSIONS = COMMON_DIMENSIONS | {
    "category", "subcategory", "severity", "cause_category", "cause", "product", "partner",
}  # fmt: skip
VISIT_DIMENSIONS = COMMON_DIMENSIONS | {"outlet", "item", "dimension", "shopper_id"}


UNITS: dict[str, Label] = {
    "points": Label("分", "points"),
    "percent": Label("%", "%"),
    "score": Label("分（1–5）", "score 1–5"),
    "score_7": Label("分（1–7）", "score 1–7"),
    "gap": Label("分之差（−4–4）", "difference of scores −4–4"),
    "hours": Label("小时", "hours"),
    "count": Label("个", "count"),
    "per_100": Label("每百份", "per 100"),
}
"""Every unit of a metric, as it is named beside a figure."""

DIRECTIONS: dict[str, Label] = {
    "higher": Label("越高越好 ▲", "higher is better"),
    "lower": Label("越低越好 ▼", "lower is better"),
    "none": Label("无好坏", "neither"),
}


class Family(StrEnum):
    """The five families of service quality, from what is done to what comes of it and whether it gets better.

    A scorecard must not rest on one of them alone.
    """

    PROCESS = "process"
    RESULT = "result"
    PERCEPTION = "perception"
    EFFICIENCY = "efficiency"
    INNOVATION = "innovation"


FAMILIES: dict[Family, Label] = {
    Family.PROCESS: Label("过程", "process"),
    Family.RESULT: Label("结果", "result"),
    Family.PERCEPTION: Label("感知", "perception"),
    Family.EFFICIENCY: Label("效率", "efficiency"),
    Family.INNOVATION: Label("创新", "innovation"),
}

MISSED: dict[Family, tuple[Label, ...]] = {
    Family.PROCESS: (),
    Family.RESULT: (Label("退款与赔付额", "refunds and compensation"),),
    Family.PERCEPTION: (),
    Family.EFFICIENCY: (Label("人均处理量", "cases per person"), Label("单件处理成本", "cost per case")),
    Family.INNOVATION: (
        Label("改进建议采纳率", "suggestions taken up"),
        Label("新服务使用率", "use of new services"),
        Label("改进措施按期完成率", "improvements done in time"),
    ),
}
"""Indicators that a family should have and that no source of servq gives: a blank that is seen is better than one
that nobody misses."""


@dataclass(frozen=True)
class Facts:
    """The facts of one group of a slice. A metric reads only the parts that it names in `needs`.

    "Nothing happened" and "nothing is known" differ: an empty group of a source that is loaded is `{"responses": 0}`
    or a frame without rows (plain counts are then a true 0); a source that is not loaded is `{}` or None.

    Attributes:
        responses: measure -> sum over the group's cells (see `servq.measures`), and what answers of one customer take
            from n (see `servq.metrics.statistics.clustering`); a plain dict, it is read often.
        complaints: one row per complaint with the columns of `servq.metrics.clocks.CLOCK_COLUMNS`.
        visits: one row per checklist item: visit_id, points, points_possible.
        alike: what is measured of a complaint -> how alike two of one customer are; empty where nobody has several.
    """

    responses: Mapping[str, float] = field(default_factory=dict)
    complaints: pd.DataFrame | Columns | None = None
    visits: pd.DataFrame | Columns | None = None
    alike: Mapping[str, float] = field(default_factory=dict)


POPULATIONS: dict[Need, Label] = {
    "responses": Label(
        "作答此项的客户；未作答者不在其中", "customers who answered this; those who did not are not in it"
    ),
    "complaints": Label("本期开立的全部投诉", "all complaints opened in the period"),
    "visits": Label("本期的检查", "the visits of the period"),
}
UNITS_OF_INDEPENDENCE: dict[Need, Label] = {
    "responses": Label("客户或订单（多份答卷按设计效应折算）", "customer or order (several answers: design effect)"),
    "complaints": Label(
        "客户或订单（几件投诉按设计效应折算）", "customer or order (several complaints: design effect)"
    ),
    "visits": Label("一次检查（检查项不独立）", "visit (its items are not independent)"),
}
AT_ONCE = Label("作答、开立或检查时即定", "at once")
"""What holds of a metric that says nothing else, by the kind of fact that it opens."""


@dataclass(frozen=True)
class Metric:
    """One figure, defined once; pages, command line, exports and the docs table read this form.

    Attributes:
        name: as it stands on the command line.
        question: what it answers, in a reader's words.
        unit: one of `UNITS`.
        better: whether `higher` or `lower` is better, or `none`.
        needs: the kinds of fact the formula is given.
        dimensions: by what it may be cut and filtered.
        drill: the kind of fact that is listed when the figure is opened.
        counted: the column a row must have a value in to be in n; "" when every row is, "open" for the complaints
            that are still open (`servq.metrics.clocks.counted_rows` applies it).
        counted_as: which rows those are, in a reader's words.
        family: which of the five families it stands for.
        formula: the formula in words.
        reference: where the formula comes from.
        read: the formula.
        shown_from, judgeable_from: smallest n for 仅供参考 and for 可判断.
        population: of whom it speaks; None: `POPULATIONS`.
        independence: what counts as one independent row; None: `UNITS_OF_INDEPENDENCE`.
        maturity: when a row has ripened, so that young periods do not look better or worse than old ones.
        out_of: of a count that tells a share beside its base: the column a row must have a value in to be in that
            base. It is hidden where the share would be.
    """

    name: str
    label: Label
    question: Label
    unit: str
    better: Literal["higher", "lower", "none"]
    needs: frozenset[Need]
    dimensions: frozenset[str]
    drill: Need
    counted: str
    counted_as: Label
    family: Family
    formula: Label
    reference: Label
    read: Callable[[Facts], Reading]
    shown_from: int = 10
    judgeable_from: int = 30
    out_of: str = ""
    population: Label | None = None
    independence: Label | None = None
    maturity: Label = AT_ONCE

    @property
    def speaks_of(self) -> Label:
        """Of whom or what it speaks."""
        return self.population or POPULATIONS[self.drill]

    @property
    def independent_by(self) -> Label:
        """What counts as one independent row."""
        return self.independence or UNITS_OF_INDEPENDENCE[self.drill]

    @property
    def tells_opinions(self) -> bool:
        """Whether it reports customers' opinions; such figures are hidden when very few customers answered.

        A count leads to the answers that somebody has to read, and is shown, unless it tells a share beside its base.
        """
        return self.drill == "responses" and (self.unit != "count" or bool(self.out_of))

    def answered(self, reading: Reading) -> int:
        """The number of answers whose opinions a reading reports, to compare with the viewing minimum."""
        return (reading.base or 0) if self.out_of else reading.n


USUAL_LEAST = (10, 30)
"""Smallest n that is shown, and that is judged, for most metrics."""

CLOCK_LEAST = (5, 10)
"""The same for medians of clocks and shares within a limit. A week brings a channel a dozen complaints; their intervals
hold at any n, and two such readings of 10 to 20 rows from the same truth are called different in 0.1–6.8 % (shares) and
0.9–1.8 % (medians) of simulated pairs."""


def state_of(n: float, shown_from: int = 10, judgeable_from: int = 30) -> State:
    """The state of a reading of n rows: judgeable, indicative or too few.

    >>> state_of(9), state_of(10), state_of(30)
    (<State.TOO_FEW: 'too_few'>, <State.INDICATIVE: 'indicative'>, <State.JUDGEABLE: 'judgeable'>)
    """
    if n >= judgeable_from:
        return State.JUDGEABLE
    return State.INDICATIVE if n >= shown_from else State.TOO_FEW
