"""Undecodable bytes: the line of the first one, and the meanings that a map gives them.

    [read]
    encoding = "gb18030"
    undecodable = { "80" = "€" }      Windows writes the euro so in GBK; no standard has it

Owns the codec error handlers that do exactly what a map lists, and nothing beyond it.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

STRICT = "strict"


class Stop(NamedTuple):
    """The place where decoding stops: bytes before it, line of the file, the byte itself in hexadecimal."""

    place: int
    line: int
    byte: str


def errors_of(meaning: Mapping[int, str]) -> str:
    """The name of the error handler that decodes these bytes, and only these, as a map says."""
    if not meaning:
        return STRICT
    name = "servq-" + "-".join(f"{byte:02x}.{text.encode().hex()}" for byte, text in sorted(meaning.items()))

    def handle(error: UnicodeError) -> tuple[str, int]:
        if isinstance(error, UnicodeDecodeError) and error.object[error.start] in meaning:
            return meaning[error.object[error.start]], error.start + 1
        raise error

    codecs.register_error(name, handle)
    return name


def stops_at(blocks: Iterable[bytes], encoding: str, errors: str = STRICT) -> Stop | None:
    """The first undecodable place in these bytes; None where there is none."""
    decoder = codecs.getincrementaldecoder(encoding)(errors=errors)
    place = line = 0
    for block, last in _with_last(blocks):
        held = len(decoder.getstate()[0])
        try:
            line += decoder.decode(block, final=last).count("\n")
        except UnicodeDecodeError as error:
            known = error.object[: error.start].decode(encoding, errors="ignore")
            byte = error.object[error.start]
            return Stop(place - held + error.start, line + known.count("\n") + 1, f"{byte:02X}")
        except UnicodeError:  # a codec that names no place
            return Stop(place, line + 1, "")
        place += len(block)
    return None


def _with_last(blocks: Iterable[bytes]) -> Iterable[tuple[bytes, bool]]:
    for block in blocks:
        yield block, False
    yield b"", True
