"""The theme: colours and the style sheet; one accent, grey for context, colour only for a verdict."""

from __future__ import annotations

from pathlib import Path
from zlib import crc32

from markupsafe import Markup

from servq.query.channels.order import CHANNELS
from servq.query.channels.order import in_channel_order as in_channel_order
from servq.ui.shell.language import say
from servq.ui.shell.markup import draw

INK, GREY, FAINT, LINE, ACCENT = "#1E2326", "#5C6369", "#A9AEB2", "#E2E4E0", "#1F5673"
BETTER, WORSE = "#00715E", "#B3400A"
BETTER_TINT, WORSE_TINT, PLAIN_TINT = "#D5EBE5", "#F6DDD0", "#F1F2F0"
SAME_TINT = "#E1ECF2"

FONT = "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Noto Sans SC',system-ui,sans-serif"

_CHANNELS = dict(
    zip(CHANNELS, ("#0072B2", "#E69F00", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#4D4D4D"), strict=True)
)
_OTHERS = ("#882255", "#44AA99", "#999933", "#332288", "#AA4499", "#117733", "#DDCC77")


def channel_colour(channel: str) -> str:
    """The colour of a channel, the same on every page; distinguishable for colour-blind readers (Okabe–Ito, then
    Tol)."""
    return _CHANNELS.get(channel) or _OTHERS[crc32(channel.encode()) % len(_OTHERS)]


def apply() -> None:
    """Put the style sheet on the page."""
    draw(Markup("<style>" + _SHEET + say(_CHINESE, "") + _slide() + "</style>"))


def _slide() -> str:
    """The note above a chart that is wider than a phone: it scrolls inside its frame."""
    return f":root{{--sq-slide:'{say('⇄ 左右滑动看其余列', '⇄ slide for more columns')}'}}"


_SHEET = (Path(__file__).parent / "static" / "sheet.css").read_text(encoding="utf-8")
"""Our own style sheet; read once."""

_CHINESE = "".join(
    f"{place}{{font-size:0}}{place}::after{{content:'{words}';font-size:.875rem}}"
    for place, words in (
        ("[role=listbox][data-empty=true] [role=option]>span", "没有匹配项"),
        ("[role=option][data-key=__select_all__]>div", "全选"),
    )
)
"""Words that the platform has in English only, and takes from nobody: ours stand in their place."""
