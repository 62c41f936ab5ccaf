"""The sample's survey answers: one row per answer, as a survey tool exports them, oldest first."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

import numpy as np

from studies.sample.comments import CommentWriter
from studies.sample.people import Crowd, order_number
from studies.sample.scores import Answers, Case, answer
from studies.sample.truths import END, FIRST_MONDAY, TRUTHS, WEEKS, week_index
from studies.sample.words import Speaker
from studies.sample.world import (
    CELLS,
    MODE_SHARE,
    MODES,
    RESPONSES,
    SEASON,
    SEED,
    TOUCHPOINTS,
    Cell,
    pick,
    pick_partner,
    pick_product,
)

HEADERS = (
    "答卷编号", "提交时间", "渠道", "服务班组", "会员编号", "推荐意愿(0-10)", "总体满意度(1-5)", "服务态度", "响应时间",
    "问题解决", "沟通效率", "触点", "客群", "调查方式", "产品", "合作方", "订单号", "30天内复购", "您的意见和建议",
)  # fmt: skip
SCORES = ("likelihood", "csat", "attitude", "responsiveness", "resolution", "communication")
HOURS = np.cumsum([4, 2, 1, 1, 1, 1, 2, 5, 14, 26, 32, 30, 22, 22, 28, 30, 28, 26, 24, 30, 36, 34, 22, 11], dtype=float)
"""When in the day people answer: hour 0 to 23."""


class Entry(NamedTuple):
    """An answer before it has a number."""

    at: datetime
    cells: tuple[str, ...]
    likelihood: int | None


def moment(rng: np.random.Generator, week: int) -> datetime:
    """A second of this week (Shanghai time); weekends are a little quieter."""
    day = pick(rng, {0: 16, 1: 15, 2: 15, 3: 15, 4: 15, 5: 12, 6: 12})
    hour = int(np.searchsorted(HOURS, rng.random() * HOURS[-1], side="right"))
    start = datetime.combine(FIRST_MONDAY, datetime.min.time()) + timedelta(weeks=week, days=day, hours=hour)
    return start + timedelta(seconds=int(rng.integers(3600)))


def export_time(at: datetime) -> str:
    """A time as the survey tool writes it.

    >>> export_time(datetime(2026, 3, 5, 9, 2, 31))
    '2026/3/5 9:02:31'
    """
    return f"{at.year}/{at.month}/{at.day} {at.hour}:{at:%M:%S}"


def entry(rng: np.random.Generator, crowd: Crowd, writer: CommentWriter, week: int, cell: Cell) -> Entry:
    """One answer of one customer."""
    product = pick_product(rng, cell.team)
    mode = pick(rng, dict(zip(MODES, MODE_SHARE[cell.channel], strict=True)))
    customer, segment = crowd.visitor(rng, cell.channel)
    touchpoint = pick(rng, TOUCHPOINTS)
    answers = _something(rng, Case(week, cell.channel, cell.team, product, mode))
    order = order_number(rng) if rng.random() < (0.10 if touchpoint == "预决策" else 0.93) else ""
    who = Speaker(cell.channel, product, touchpoint, segment)
    comment = writer.write(who, answers, order)
    anonymous = rng.random() < (0.35 if cell.channel == "社交媒体" else 0.05)
    cells = (
        cell.channel, cell.team, "" if anonymous else customer, *(str(answers.given.get(name, "")) for name in SCORES),
        touchpoint, segment, mode, product, pick_partner(rng, product), order, comment,
    )  # fmt: skip
    return Entry(moment(rng, week), cells, answers.get("likelihood"))


def _something(rng: np.random.Generator, case: Case) -> Answers:
    """Scores with at least one of likelihood and csat: the tool does not save a sheet without both."""
    while True:
        answers = answer(rng, case)
        if "likelihood" in answers.given or "csat" in answers.given:
            return answers


def nps(entries: list[Entry]) -> float:
    """Promoters less detractors, in points."""
    scores = [e.likelihood for e in entries if e.likelihood is not None]
    return 100 * (sum(s >= 9 for s in scores) - sum(s <= 6 for s in scores)) / len(scores)


def looks_dramatic(entries: list[Entry], before: list[Entry]) -> bool:
    """Whether a cell is as small and falls as far as the planted noise must."""
    noise = TRUTHS["dramatic_noise"]
    sizes = [sum(e.likelihood is not None for e in group) for group in (entries, before)]
    fall = nps(before) - nps(entries)
    return all(noise["min_n"] <= n <= noise["max_n"] for n in sizes) and noise["min_fall"] <= fall <= noise["max_fall"]


def draw_all() -> list[Entry]:
    """Every answer of the period; each cell of each week has its own random numbers."""
    crowd, writer, noise = Crowd(), CommentWriter(), TRUTHS["dramatic_noise"]
    sizes = np.random.default_rng([SEED, 2])
    everything: list[Entry] = []
    before: list[Entry] = []
    for week in range(WEEKS):
        for place, cell in enumerate(CELLS):
            wanted = RESPONSES * cell.share * SEASON[week] / sum(SEASON)
            count = max(5, round(wanted + 0.6 * sizes.normal() * wanted**0.5))
            noisy = (cell.team, cell.channel) == (noise["team"], noise["channel"])
            sought = noisy and week == week_index(noise["week"])
            for attempt in range(200):
                rng = np.random.default_rng([SEED, 3, week, place, attempt])
                entries = [entry(rng, crowd, writer, week, cell) for _ in range(count)]
                if not sought or looks_dramatic(entries, before):
                    break
            else:
                raise RuntimeError("no draw of the noisy cell looks dramatic: choose another seed")
            before = entries if noisy else before
            everything += entries
    return sorted(everything)


def bought_again(rng: np.random.Generator, one: Entry) -> str:
    """Whether the CRM knows another order within the window; empty while it runs, and where the customer is unknown."""
    words, rates = TRUTHS["kind_words"], TRUTHS["kind_words"]["usual"]
    score = 7 if one.likelihood is None else one.likelihood
    rate = rates["promoters"] if score >= 9 else rates["passives"] if score >= 7 else rates["detractors"]
    customer, segment = one.cells[2], one.cells[10]
    if segment == words["segment"] and score >= 9:
        rate = words["promoters_back"]
    back = rng.random() < rate
    if not customer or one.at + timedelta(days=words["days"]) > END:
        return ""
    return "是" if back else "否"


def rows() -> list[list[str]]:
    """The export without its header: numbered in the order of submission, with gaps as every export has."""
    entries = draw_all()
    numbers = 12_345 + np.cumsum(np.random.default_rng([SEED, 4]).integers(1, 4, size=len(entries)))
    follow = np.random.default_rng([SEED, 10])  # its own numbers: no other cell depends on who came back
    return [
        [f"{number:08d}", export_time(e.at), *e.cells[:-1], bought_again(follow, e), e.cells[-1]]
        for number, e in zip(numbers, entries, strict=True)
    ]
