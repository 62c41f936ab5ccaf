"""Language of a comment, told by its script alone: the count of Chinese characters against Latin words.

Never looks a word up, so every language in Latin letters counts as English, and a text in any other script as no
language that servq can read.
"""

from __future__ import annotations

import re
from typing import Literal

Language = Literal["zh", "en", "none"]

# 好 㐀 豈 𠀀 〇: ideographs of the basic plane, extension A, compatibility forms, the supplementary planes.
_HAN = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf\uf900-\ufaff\U00020000-\U000323af\u3007]")

_LATIN_LETTER = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿＡ-Ｚａ-ｚ]")

# "good", "don't", "très", "ＷｉＦｉ": one run of Latin letters, apostrophes inside it included.
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿＡ-Ｚａ-ｚ]+(?:['’][A-Za-zÀ-ÖØ-öø-ɏḀ-ỿＡ-Ｚａ-ｚ]+)*")


def language_of(text: str) -> Language:
    """The language of a comment: the script with the larger part, a Chinese character counting as one word.

    A tie is Chinese, because borrowed Latin words (`WiFi 差`) are common in Chinese comments and the
    reverse is not. French, German and the like are "en"; Japanese kana, Cyrillic, digits, punctuation and
    emoji are no words at all.

    Args:
        text: the comment as the customer wrote it.

    Returns:
        "zh", "en", or "none" where there is neither a Chinese character nor a Latin word.

    >>> language_of("APP 很难用"), language_of("The 地铁 was very late"), language_of("👍 5!")
    ('zh', 'en', 'none')
    """
    if not _LATIN_LETTER.search(text):
        return "zh" if _HAN.search(text) else "none"  # most comments, and four times as fast as counting
    latin = len(_LATIN_WORD.findall(text))
    han = 0 if text.isascii() else len(_HAN.findall(text))
    if not han and not latin:
        return "none"
    return "zh" if han >= latin else "en"
