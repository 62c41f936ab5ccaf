"""Plain counts, and complaints per 100 answers. A count is a fact: it has no interval and is always judgeable."""

from __future__ import annotations

from servq.metrics.columns import column
from servq.metrics.metric import (
    COMMON_DIMENSIONS,
    COMPLAINT_DIMENSIONS,
    RESPONSE_DIMENSIONS,
    Facts,
    Family,
    Metric,
    state_of,
)
from servq.metrics.readings import (
    COUNT,
    NO_COMPLAINTS_LOADED,
    NO_RESPONSES,
    NO_SURVEYS_LOADED,
    NOT_LISTED,
    left_out,
    measured,
    nothing,
    told_effective,
    worth_of_complaints,
)
from servq.metrics.statistics.intervals import count_interval, share_interval
from servq.records import Label, Reading, State


def read_responses(facts: Facts) -> Reading:
    """Survey answers, each row once, 0 … ∞; None where no survey is loaded."""
    if "responses" not in facts.responses:
        return nothing(NO_SURVEYS_LOADED)
    return _count(measured(facts, "responses"))


def read_complaints(facts: Facts) -> Reading:
    """Complaints opened, 0 … ∞; None where no complaints are loaded."""
    return nothing(NO_COMPLAINTS_LOADED) if facts.complaints is None else _count(len(facts.complaints))


def read_open_complaints(facts: Facts) -> Reading:
    """Complaints opened that are not resolved, or were reopened since; None where no complaints are loaded."""
    if facts.complaints is None:
        return nothing(NO_COMPLAINTS_LOADED)
    still_open = int(column(facts.complaints, "is_open").sum())
    return _count(still_open, not_open=len(facts.complaints) - still_open)


def read_complaints_per_100(facts: Facts) -> Reading:
    """Complaints per 100 survey answers of the same slice, 0 … ∞, with Garwood's exact Poisson interval.

    n is the complaints, `base` the answers; the state follows the base. The answers are taken as known, no sample.
    Customers come by chance, each with all their complaints: the count varies as Σ m² does, and its interval is that of
    n² / Σ m² customers with as many complaints each.

    Source: Garwood 1936, Biometrika 28; compound Poisson: Feller 1968, An Introduction to Probability Theory I, XII.2.
    """
    if facts.complaints is None:
        return nothing(NO_COMPLAINTS_LOADED)
    n, base = len(facts.complaints), measured(facts, "responses")
    if base == 0:
        reason = NO_RESPONSES if "responses" in facts.responses else NO_SURVEYS_LOADED
        return Reading(None, n, State.TOO_FEW, base=0, reason=reason)
    worth = worth_of_complaints(facts, COUNT)
    each = n / worth if n else 1.0
    low, high = (100 * each * end / base for end in count_interval(worth))
    return Reading(100 * n / base, n, state_of(base), {}, low, high, base=base, effective=told_effective(n, worth))


def read_response_rate(facts: Facts) -> Reading:
    """Answers in percent of those who were asked, where a load lists both, with Wilson's interval.

    n is the answers, `base` all who were asked. Answers from loads that list nobody who stayed silent are excluded:
    who was asked is not known of them.

    Source: Wilson 1927, JASA 22.
    """
    if "responses" not in facts.responses:
        return nothing(NO_SURVEYS_LOADED)
    n = measured(facts, "answered_of_asked")
    base, excluded = n + measured(facts, "unanswered"), left_out(not_listed=measured(facts, "responses") - n)
    if base == 0:
        return nothing(NOT_LISTED, excluded)
    low, high = share_interval(n, base)
    return Reading(100 * n / base, n, state_of(base), excluded, low, high, base=base)


def _count(n: int, **excluded: int) -> Reading:
    return Reading(float(n), n, State.JUDGEABLE, left_out(**excluded))


RESPONSES = Metric(
    name="responses",
    label=Label("答卷数", "Survey answers"),
    question=Label("有多少客户作答？", "How many customers answered?"),
    unit="count",
    better="none",
    needs=frozenset({"responses"}),
    dimensions=RESPONSE_DIMENSIONS,
    drill="responses",
    counted="",
    counted_as=Label("每一份答卷", "all answers"),
    family=Family.PERCEPTION,
    formula=Label("收到的答卷份数", "survey answers received"),
    reference=Label("计数", "count"),
    read=read_responses,
)

RESPONSE_RATE = Metric(
    name="response_rate",
    label=Label("回收率", "Response rate"),
    question=Label("被询问的客户中有多少作答？", "How many of those who were asked answered?"),
    unit="percent",
    better="higher",
    needs=frozenset({"responses"}),
    dimensions=RESPONSE_DIMENSIONS,
    drill="responses",
    counted="answered_of_asked",
    counted_as=Label("列出未作答者的载入中的每份答卷", "all answers of loads that list who did not answer"),
    family=Family.PERCEPTION,
    formula=Label(
        "100 × 答卷数 ÷（答卷数 + 未作答数）；只计同时列出未作答者及其时间的载入",
        "100 × answers ÷ (answers + not answered), of loads that also list who did not answer, and when each was asked",
    ),
    reference=Label("区间：Wilson 1927", "interval: Wilson 1927"),
    read=read_response_rate,
    population=Label("载入所列的全部被询问者", "all who were asked, in loads that list them"),
    independence=Label("每次询问（同一客户的几次按独立计）", "each one asked (several of one customer: independent)"),
    maturity=Label("随载入而定：之后作答者要待下次载入", "as loaded: who answers later counts from a later load"),
)

COMPLAINTS = Metric(
    name="complaints",
    label=Label("投诉件数", "Complaints"),
    question=Label("新开了多少投诉？", "How many complaints were opened?"),
    unit="count",
    better="lower",
    needs=frozenset({"complaints"}),
    dimensions=COMPLAINT_DIMENSIONS,
    drill="complaints",
    counted="",
    counted_as=Label("每一件投诉", "all complaints"),
    family=Family.RESULT,
    formula=Label("按开立日期计的投诉件数", "complaints by the day they were opened"),
    reference=Label("计数", "count"),
    read=read_complaints,
)

OPEN_COMPLAINTS = Metric(
    name="open_complaints",
    label=Label("未结投诉", "Open complaints"),
    question=Label("还有多少投诉没有结案？", "How many complaints are still open?"),
    unit="count",
    better="lower",
    needs=frozenset({"complaints"}),
    dimensions=COMPLAINT_DIMENSIONS | {"open_for"},
    drill="complaints",
    counted="open",
    counted_as=Label("尚未办结的投诉", "complaints still open"),
    family=Family.EFFICIENCY,
    formula=Label("未结案或重开后未再结案的投诉件数", "complaints not resolved, or reopened and not resolved again"),
    reference=Label("计数", "count"),
    read=read_open_complaints,
)

COMPLAINTS_PER_100 = Metric(
    name="complaints_per_100",
    label=Label("每百份答卷投诉量", "Complaints per 100 answers"),
    question=Label("相对客流，投诉多不多？", "Are complaints many for the traffic there is?"),
    unit="per_100",
    better="lower",
    needs=frozenset({"complaints", "responses"}),
    dimensions=COMMON_DIMENSIONS,
    drill="complaints",
    counted="",
    counted_as=Label("每一件投诉", "all complaints"),
    family=Family.RESULT,
    formula=Label("100 × 投诉件数 ÷ 同一范围的答卷数", "100 × complaints ÷ survey answers of the same slice"),
    reference=Label("区间：Garwood 1936（精确泊松）", "interval: Garwood 1936 (exact Poisson)"),
    read=read_complaints_per_100,
)
