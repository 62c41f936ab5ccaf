"""The operator's own words: one file, read once, given to jieba and to rjieba alike.

Owns the file's form and the segmenter with these words. The segmenter of the sentiment features and the masking is
another one: own words change no score and hide nothing.

    青龙卡                a word; its frequency is the least that keeps it whole
    值机柜台 1000 nz      with frequency and part of speech
    退款 0                cut apart from now on
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from servq.errors import UsageError
from servq.text.sentiment.features import segmented

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from servq.configuration import Configuration

    Cut = Callable[[str], list[str]]

USUAL_FILE = "words.txt"
"""The file in the data folder that is read where `servq.toml` names no other one."""

USUAL_KIND = "nz"
"""The part of speech of a word whose line says none: a name of something, so that it can be a keyword."""

_LINE = re.compile(r"(?P<word>\S+)(?:[ \t]+(?P<frequency>[0-9]{1,9}))?(?:[ \t]+(?P<kind>[a-z]{1,8}))?")


class OwnWord(NamedTuple):
    """One line; a frequency of None is chosen so that the word stays whole."""

    word: str
    frequency: int | None = None
    kind: str = USUAL_KIND


@dataclass(frozen=True)
class OwnWords:
    """All words of the file, in its order; equal contents are equal."""

    words: tuple[OwnWord, ...] = ()


NONE = OwnWords()


def configured_words(configuration: Configuration, data: Path) -> OwnWords:
    """The own words of an installation, as their file is now; none where there is no file and none was named.

    Raises:
        UsageError: `[text] words` names a file that is not there, or the file cannot be read.
    """
    named = configuration.text.words
    file = configuration.path.parent / named if named else data / USUAL_FILE
    try:
        state = file.stat()
    except OSError as error:
        if not named:
            return NONE
        raise UsageError(
            "自有词表不存在",
            "there is no such file of own words",
            where=f"{configuration.path} [text] words = {named}: {error.strerror}",
            hint_zh="相对路径从配置文件所在文件夹算起",
            hint_en="a relative path begins at the folder of the configuration",
        ) from error
    return _read(file, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=4)
def _read(file: Path, _changed: int, _size: int) -> OwnWords:
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        raise _unreadable(f"{file}: {error}") from error
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        read = _LINE.fullmatch(line.strip())
        if read is None:
            raise _unreadable(f"{file}:{number}: {line.strip()[:40]}")
        frequency = None if read["frequency"] is None else int(read["frequency"])
        found.append(OwnWord(read["word"], frequency, read["kind"] or USUAL_KIND))
    return OwnWords(tuple(found))


def _unreadable(where: str) -> UsageError:
    return UsageError(
        "自有词表无法读取",
        "the file of own words cannot be read",
        where=where,
        hint_zh="UTF-8，每行一词：词 [词频] [词性]",
        hint_en="UTF-8, one word a line: word [frequency] [part of speech]",
    )


def segmenter_with(own: OwnWords) -> Cut:
    """rjieba's cut without its hidden Markov model, with these words; the shared one where there are none."""
    return _segmenter(own)[0] if own.words else segmented


def as_added(own: OwnWords) -> tuple[OwnWord, ...]:
    """The words as both segmenters get them: as written and as phrases read them, each with its frequency."""
    return _segmenter(own)[1] if own.words else ()


@lru_cache(maxsize=2)
def _segmenter(own: OwnWords) -> tuple[Cut, tuple[OwnWord, ...]]:
    """A segmenter of its own, some 54 MB, and what was added to it.

    The frequency that keeps a word whole depends on the words before it, so that it is worked out once, here.
    """
    import rjieba

    from servq.text.causes.rules import read_alike

    inside = rjieba.Jieba()
    added = []
    for word, frequency, kind in own.words:
        for form in dict.fromkeys((word, read_alike(word))):
            often = inside.suggest_freq(form) if frequency is None else frequency
            inside.add_word(form, often, kind)
            added.append(OwnWord(form, often, kind))

    def cut(text: str) -> list[str]:
        found: list[str] = inside.cut(text, False)
        return found

    return cut, tuple(added)
