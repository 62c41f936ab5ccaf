"""Normalisation of comments: their characters as one array of numbers, equal where they mean the same.

Owns case, full width, traditional characters, emoji, 颜文字, repeated characters and double negation. It never looks
a word up and never decides what anything is worth; the traditional characters come with the model, from OpenCC's list.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Codes = NDArray[np.uint32]

END = 10
"""The line feed that ends each comment in the array."""

GAP = 32
"""The space that stands for everything that is neither letter nor digit."""

PRAISE_MARK, COMPLAINT_MARK = "\ue001", "\ue002"
"""What a smiling and a frowning sign become: two characters of the private area, words of their own."""

SMILES = "👍😊😄😁😀😃🥰😍❤💕💖🌹👏💯✌🎉😘🤗💪☺🙏😋👌🌟⭐♥"
FROWNS = "👎😡😠🤬😤😞😒🙄😢😭😩😫💩🤮😔😣😖🤢💔😑😓😰🖕🙁☹"

SMILING_FACES = ("^_^", "^o^", "^O^", "^0^", "^-^", "^.^", "^▽^", "^ω^", "^^", "≧▽≦", "≧∇≦", ":-)", ":)", ":D", ";)")
FROWNING_FACES = ("T_T", "T__T", "T﹏T", "TAT", "QAQ", ">_<", ">﹏<", "-_-", "=_=", "→_→", "╯﹏╰", ":-(", ":(")


# 不是不满意, 没有不好的地方: two negations that cancel out; but 是不是不行, 有没有不一样
_TWICE_DENIED = re.compile(r"(?<!是)不是不|(?<!有)没有不(?!是)")


def written_alike(texts: Sequence[str], read_as: Codes) -> Codes:
    """The characters of the comments, one comment after the other, each closed by `END`.

    Letters are in lower case and half width, Chinese is simplified, signs of feeling are marks, all else is
    one `GAP`; a character that stands three times or more in a row stands once (太太太差了 is 太差了).

    Args:
        texts: comments; anything goes, half bytes of a broken terminal included.
        read_as: from `reading`.

    Returns:
        Unicode code points, all below 65,536.

    >>> written_alike(["太太太差了，ＷｉＦｉ　　慢!!"], reading({})).tobytes().decode("utf-32-le")
    '太差了 wifi 慢 \\n'
    """
    whole = "\n".join([text.replace("\n", " ") for text in texts]) + "\n"
    for faces, mark in ((SMILING_FACES, PRAISE_MARK), (FROWNING_FACES, COMPLAINT_MARK)):
        for face in faces:
            whole = whole.replace(face, mark)
    if "不是不" in whole or "没有不" in whole:
        whole = _TWICE_DENIED.sub("", whole)
    codes = np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), np.uint32)
    codes = read_as[np.minimum(codes, 0x1FFFF)]
    repeats = np.zeros(len(codes), bool)
    same = codes[1:] == codes[:-1]
    repeats[1:] = same & (codes[1:] == GAP)
    thrice = same[1:] & same[:-1] & (codes[2:] != END)
    repeats[2:] |= thrice
    repeats[1:-1] |= thrice
    return codes[~repeats]


def is_letter(codes: Codes) -> NDArray[np.bool_]:
    """A mask of the places of an array from `written_alike` that are part of a word: all but gaps and ends."""
    return codes > GAP


def reading(traditional: dict[int, int]) -> Codes:
    """The normalised code of each code; the last one stands for everything above.

    The table is stored with the model, because another Python may know other letters.

    Args:
        traditional: code of a traditional character -> code of the simplified one.
    """
    table = np.full(0x20000, GAP, np.uint32)
    # ！..～ are the ASCII signs 0xFEE0 further up
    table[:0x10000] = [_letter(chr(code - 0xFEE0 if 0xFF01 <= code <= 0xFF5E else code)) for code in range(0x10000)]
    table[list(traditional.keys())] = list(traditional.values())
    for signs, mark in ((SMILES, PRAISE_MARK), (FROWNS, COMPLAINT_MARK)):
        table[[ord(sign) for sign in signs + mark]] = ord(mark)
    table[END] = END
    return table


def _letter(sign: str) -> int:
    small = sign.lower()[0]
    return ord(small) if small.isalnum() else GAP
