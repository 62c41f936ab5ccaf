"""Sparklines of cards, as SVG: an interval on its scale, and a few weeks as a line.

A week without data is a gap, never a zero. The line's scale is the metric's own, so equal cards compare.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from servq.records import Reading, State
from servq.ui.shell.markup import joined, picture, piece
from servq.ui.shell.theme import ACCENT, GREY, INK, LINE

MET_TINT = "#E9EEF1"
"""The colour where a target is met: paler than any verdict, for the bar does not judge."""

_SCALES = {
    "points": (-100.0, 100.0), "percent": (0.0, 100.0), "score": (1.0, 5.0), "score_7": (1.0, 7.0), "gap": (-4.0, 4.0),
}  # fmt: skip
WIDTH = 240.0


def scale_of(unit: str, readings: Sequence[Reading | None]) -> tuple[float, float]:
    """The range in which a metric is drawn: its whole range, or from 0 to just above the largest interval."""
    if unit in _SCALES:
        return _SCALES[unit]
    ends = [end for r in readings if r is not None for end in (r.value, r.high) if end is not None]
    return 0.0, max(ends, default=1.0) * 1.1 or 1.0


def own_scale(readings: Sequence[Reading | None]) -> tuple[float, float]:
    """The range from the lowest to the highest interval end of the weeks drawn, for weeks compared with each other."""
    firm = [r for r in readings if r is not None and r.state != State.TOO_FEW]
    ends = [end for r in firm for end in (r.low, r.value, r.high) if end is not None]
    low, high = min(ends, default=0.0), max(ends, default=1.0)
    return (low, high) if high > low else (low - 1, high + 1)


def interval_bar(reading: Reading, scale: tuple[float, float], target: float | None, better: str = "none") -> Markup:
    """├──●──┤ on a fixed scale, a bullet bar: the target as a tick, the side of it that meets the target shaded."""
    parts = [] if target is None or better == "none" else [_met(_x(target, scale), better)]
    parts += [piece('<line x1="0" y1="9" x2="240" y2="9" stroke="{line}" stroke-width="2"/>', line=LINE)]
    if reading.state != State.TOO_FEW and reading.value is not None:
        if reading.low is not None and reading.high is not None:
            left, right = _x(reading.low, scale), _x(reading.high, scale)
            parts.append(
                piece(
                    '<line x1="{a}" y1="9" x2="{b}" y2="9" stroke="{ink}" stroke-width="3"/>',
                    a=left,
                    b=right,
                    ink=ACCENT,
                )
            )
        parts.append(piece('<circle cx="{x}" cy="9" r="5" fill="{ink}"/>', x=_x(reading.value, scale), ink=ACCENT))
    if target is not None:
        parts.append(
            piece(
                '<line x1="{x}" y1="1" x2="{x}" y2="17" stroke="{ink}" stroke-width="1.6"/>',
                x=_x(target, scale),
                ink=INK,
            )
        )
    return _drawn(18, 0, parts)


def _met(at: float, better: str) -> Markup:
    left, right = (at, WIDTH) if better == "higher" else (0.0, at)
    return piece(
        '<rect x="{x}" y="3" width="{width:.1f}" height="12" fill="{tint}"/>', x=left, width=right - left, tint=MET_TINT
    )


def line(
    readings: Sequence[Reading | None], scale: tuple[float, float], colour: str = ACCENT, height: int = 34
) -> Markup:
    """Weeks as a line with its interval as a band; open where a week has too little to show."""
    known = [r if r is not None and r.value is not None and r.state != State.TOO_FEW else None for r in readings]
    step = WIDTH / max(len(known) - 1, 1)
    parts: list[Markup] = []  # no line at the foot: it would read as zero
    for run in runs(known):
        points = [(place * step, known[place]) for place in run]
        band = [(x, r.high) for x, r in points if r is not None and r.high is not None]
        band += [(x, r.low) for x, r in reversed(points) if r is not None and r.low is not None]
        parts.append(
            piece('<polygon points="{p}" fill="{c}" opacity=".14"/>', p=_points(band, scale, height), c=colour)
        )
        middle = [(x, r.value) for x, r in points if r is not None]
        parts.append(
            piece(
                '<polyline points="{p}" fill="none" stroke="{c}" stroke-width="1.8"/>',
                p=_points(middle, scale, height),
                c=colour,
            )
        )
        x, last = points[-1]
        if run[-1] == len(known) - 1 or len(run) == 1:
            y = _y(last.value if last and last.value is not None else scale[0], scale, height)
            parts.append(piece('<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{c}"/>', x=x, y=y, c=colour))
    if not any(known):
        parts.append(piece('<text x="0" y="{y}" font-size="11" fill="{c}">—</text>', y=height / 2, c=GREY))
    return _drawn(height + 6, -3, parts)


def _drawn(height: int, top: int, parts: Sequence[Markup]) -> Markup:
    frame = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 {top} 248 {height}">{parts}</svg>'
    return picture(piece(frame, top=top, height=height, parts=joined(parts)))


def runs(known: Sequence[object | None]) -> list[list[int]]:
    """Indices grouped into runs without a gap."""
    found: list[list[int]] = []
    for place, reading in enumerate(known):
        if reading is None:
            continue
        if found and found[-1][-1] == place - 1:
            found[-1].append(place)
        else:
            found.append([place])
    return found


def _points(pairs: Sequence[tuple[float, float | None]], scale: tuple[float, float], height: int) -> str:
    return " ".join(f"{x:.1f},{_y(value, scale, height):.1f}" for x, value in pairs if value is not None)


def _x(value: float, scale: tuple[float, float]) -> float:
    return round(WIDTH * min(max((value - scale[0]) / (scale[1] - scale[0]), 0.0), 1.0), 1)


def _y(value: float, scale: tuple[float, float], height: int) -> float:
    return height * (1 - min(max((value - scale[0]) / (scale[1] - scale[0]), 0.0), 1.0))
