"""Invisible and steering characters made visible: escapes, direction overrides, characters of no width.

Owns which characters those are, for pages, charts, logs and the terminal alike. Removes nothing. Emoji of several
characters stay whole.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# ASCII and Latin-1 controls but tab and line feed; joiners, marks, overrides and isolates; fillers; tags and selectors
_STEERING = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    r"\U000e0000-\U000e0fff\ud800-\udfff"
)
# 👩‍💻 ❤️ 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿: what joins or dresses emoji is kept, and so is the carriage return of a line's end
_FOUND = re.compile(
    r"(?P<end>\r(?=\n))|(?P<flag>(?<=\U0001f3f4)[\U000e0061-\U000e007a]{2,6}\U000e007f)"
    rf"|(?P<dress>(?<=.)[\ufe0e\ufe0f])|(?P<join>(?<=.)\u200d(?=.))|[{_STEERING}]",
    re.DOTALL,
)

_TWO_BYTES = 0xFFFF


def visible(text: str, sign: Callable[[str], str] | None = None) -> str:
    """The text with every steering character made visible; line feeds and tabs stay.

    Args:
        sign: how a character that steers is written (default: as a picture, or as Python would).

    >>> visible("\\x1b[31mred"), visible("a\\u202eb"), visible("👩\\u200d💻❤\\ufe0f"), visible("a\\u200db")
    ('␛[31mred', 'a\\\\u202eb', '👩\\u200d💻❤\\ufe0f', 'a\\\\u200db')
    """
    return _FOUND.sub(lambda found: _shown(found, sign or _sign), text)


def spelled(name: str) -> str:
    """A file's name or path as text that can be stored and sent: bytes that are no UTF-8 stand there as escapes.

    >>> spelled("\\udccb\\udcc4.csv"), spelled("四月.csv")
    ('\\\\xcb\\\\xc4.csv', '四月.csv')
    """
    try:
        # Python keeps a byte that it could not decode as a half character from DC80 to DCFF
        return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:  # another half character, as Windows has them
        return name.encode("utf-8", "backslashreplace").decode()


def _shown(found: re.Match[str], sign: Callable[[str], str]) -> str:
    kind, said = found.lastgroup, found[0]
    before = found.string[found.start() - 1] if found.start() else ""
    if kind in ("end", "flag") or (kind == "dress" and _takes_dress(before)):
        return said
    if kind == "join" and _is_emoji(before) and _is_emoji(found.string[found.end()]):
        return said
    return "".join(map(sign, said))


def _sign(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if code < 0xA0:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= _TWO_BYTES else f"\\U{code:08x}"


def _is_emoji(char: str) -> bool:
    """Whether a character can stand beside a joiner: a picture, a skin colour, or the selector behind one."""
    return char == "\ufe0f" or (ord(char) >= 0x2190 and unicodedata.category(char) in ("So", "Sk"))


def _takes_dress(char: str) -> bool:
    return char in "0123456789#*©®‼⁉™ℹ" or (ord(char) >= 0x2190 and unicodedata.category(char) in ("So", "Sm", "Po"))
