"""The labelled comments for masking, and its precision and recall per kind of personal data.

A case is one line; 〔kind secret〕 marks what must be masked, everything else must stay. A secret counts as found
when exactly its characters were replaced, and by the mark of its kind; a part of it, or more than it, is both a miss
and a false alarm.

`python -m tests.privacy.labelled` writes the figures into docs/privacy.md.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from servq.text.masking.masking import mask

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "text" / "personal"
GUIDE = ROOT / "docs" / "privacy.md"
BEGIN, END = "<!-- measured -->", "<!-- end of measured -->"

MARKS = {
    "手机": "[手机]",
    "电话": "[电话]",
    "身份证": "[证件]",
    "旅行证件": "[证件]",
    "银行卡": "[银行卡]",
    "车牌": "[车牌]",
    "邮箱": "[邮箱]",
    "账号": "[账号]",
    "姓名": "[姓名]",
}
"""Kind as labelled -> the mark that takes its place."""

_LABEL = re.compile(r"〔(\S+) ([^〕]+)〕")
_MARK = re.compile("|".join(map(re.escape, dict.fromkeys(MARKS.values()))))

Span = tuple[int, int, str]


@dataclass(frozen=True)
class Case:
    """One comment: as a customer would write it, and the places of what must be hidden, with their kinds."""

    text: str
    secrets: tuple[Span, ...]


def cases(half: str) -> list[Case]:
    """The cases of a half: `development` or `report`."""
    lines = (CASES / f"{half}.txt").read_text(encoding="utf-8").splitlines()
    return [_case(line) for line in lines if line and not line.startswith("#")]


def _case(line: str) -> Case:
    text, last, secrets = "", 0, []
    for label in _LABEL.finditer(line):
        text += line[last : label.start()]
        secrets.append((len(text), len(text) + len(label[2]), label[1]))
        text += label[2]
        last = label.end()
    return Case(text + line[last:], tuple(secrets))


def hidden(text: str) -> list[Span]:
    """What masking replaced, as places in the text with their marks."""
    masked = mask(text)
    kept = _MARK.split(masked)
    marks = _MARK.findall(masked)
    found = re.fullmatch("(.+?)".join(map(re.escape, kept)), text, re.DOTALL)
    assert found, f"{masked} is more than {text} with marks in it"
    return [(*found.span(place), mark) for place, mark in enumerate(marks, start=1)]


@dataclass(frozen=True)
class Score:
    """How many secrets there were, how many of them were hidden, and what else was."""

    there: int
    found: int
    wrongly: int

    @property
    def recall(self) -> float:
        """Share of the secrets that were hidden."""
        return self.found / self.there if self.there else 1.0

    @property
    def precision(self) -> float:
        """Share of what was hidden that was a secret."""
        return self.found / (self.found + self.wrongly) if self.found + self.wrongly else 1.0


def scores(half: str) -> dict[str, Score]:
    """Kind -> its score on a half; a false alarm counts against the first kind that its mark stands for. Last: all."""
    there: Counter[str] = Counter()
    found: Counter[str] = Counter()
    wrongly: Counter[str] = Counter()
    for case in cases(half):
        alarms = hidden(case.text)
        for start, end, kind in case.secrets:
            there[kind] += 1
            if (start, end, MARKS[kind]) in alarms:
                found[kind] += 1
                alarms.remove((start, end, MARKS[kind]))
        wrongly.update(_kind_of(span, case.secrets) for span in alarms)
    by_kind = {kind: Score(there[kind], found[kind], wrongly[kind]) for kind in MARKS}
    return by_kind | {"全部 all": Score(there.total(), found.total(), wrongly.total())}


def _kind_of(alarm: Span, secrets: tuple[Span, ...]) -> str:
    """The kind that a false alarm counts against: the one that it cuts, if its mark is right, else the mark's first."""
    for start, end, kind in secrets:
        if alarm[0] < end and start < alarm[1] and MARKS[kind] == alarm[2]:
            return kind
    return next(kind for kind, mark in MARKS.items() if mark == alarm[2])


def as_markdown() -> str:
    """The figures of both halves as docs/privacy.md shows them."""
    report, development = scores("report"), scores("development")
    counts = {
        half: (len(cases(half)), sum(not case.secrets for case in cases(half))) for half in ("report", "development")
    }
    lines = [
        f"Report half: {counts['report'][0]} comments, {counts['report'][1]} of them without anything to hide. "
        f"Development half: {counts['development'][0]}, {counts['development'][1]}.",
        "",
        "| kind | there | missed | wrongly hidden | recall | precision | development: recall | precision |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for kind, score in report.items():
        other = development[kind]
        lines.append(
            f"| {kind} | {score.there} | {score.there - score.found} | {score.wrongly} | {score.recall:.3f} | "
            f"{score.precision:.3f} | {other.recall:.3f} | {other.precision:.3f} |"
        )
    return "\n".join(lines)


def with_figures(guide: str) -> str:
    """The guide with today's figures between its two marks."""
    before, _, rest = guide.partition(BEGIN)
    return f"{before}{BEGIN}\n{as_markdown()}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    GUIDE.write_text(with_figures(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")
