"""Answers on scales of their own, as readers see them: each with its scale and what counts as satisfied on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from servq.measures import EFFORT_SCALES, OTHER_SCALE, STANCES
from servq.records import Label
from servq.ui.shell.language import name_of, say

BANDS: dict[str, Label] = {
    "promoter": Label("推荐者", "promoter"),
    "passive": Label("中立者", "passive"),
    "detractor": Label("贬损者", "detractor"),
}


def band_name(stance: float) -> str:
    """The name of the band that 1, 0 or −1 stands for."""
    return name_of(BANDS[next(band for band, number in STANCES.items() if number == stance)])


def on_other_scales(row: Mapping[str, Any]) -> list[str]:
    """What an answer says on other scales than 0–10 likelihood and 1–5 satisfaction; nothing where it says none."""
    told = []
    if row.get("nps_band") is not None and row["likelihood"] is None:
        told.append(band_name(row["nps_band"]))
    if row.get(OTHER_SCALE) is not None:
        answer, least = f"{row[OTHER_SCALE]:g}（{row['csat_scale']}）", f"{row['csat_satisfied_from']:g}"
        told.append(say(f"满意度 {answer}，{least} 起为满意", f"satisfaction {answer}, satisfied from {least} on"))
    for effort, ends in EFFORT_SCALES.items():
        if row.get(effort) is not None:
            low, high = (f"{end:g}" for end in ends)
            told.append(say(f"轻松程度 {row[effort]:g}（{low}–{high}）", f"ease {row[effort]:g} ({low}–{high})"))
    return told
