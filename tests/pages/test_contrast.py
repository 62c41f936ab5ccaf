"""The contrast of our own colours: text on its grounds reaches 4.5 : 1 (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from servq.ui.shell import theme

UI = Path(theme.__file__).parents[1]
GROUNDS = ("#FFFFFF", "#F4F5F3", theme.PLAIN_TINT, theme.BETTER_TINT, theme.WORSE_TINT, theme.SAME_TINT)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(text: str, ground: str) -> float:
    light, dark = sorted((luminance(text), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_21_and_the_former_faint_grey_was_too_light() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#A9AEB2", "#FFFFFF") == pytest.approx(2.24, abs=0.01)


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", [theme.INK, theme.GREY, theme.ACCENT])
def test_text_is_readable_on_every_ground(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 4.5


def test_no_style_sheet_writes_text_in_a_colour_that_is_too_light() -> None:
    found = {}
    for path in sorted(UI.rglob("*")):
        if path.suffix in {".py", ".css"}:
            colours = re.findall(r"(?<![-\w])color:(#[0-9A-Fa-f]{6})", path.read_text(encoding="utf-8"))
            light = {colour for colour in colours if contrast(colour, "#FFFFFF") < 4.5}
            if light:
                found[path.name] = light
    assert found == {}


def test_the_smallest_text_is_of_11_pixels() -> None:
    sizes = {
        int(size)
        for path in UI.rglob("*")
        if path.suffix in {".py", ".css"}
        for size in re.findall(r"font-size:(\d+)px", path.read_text(encoding="utf-8"))
    }
    assert min(sizes) == 11
