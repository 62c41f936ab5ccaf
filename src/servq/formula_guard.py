"""The apostrophe before a text that a spreadsheet would run: added on the way out, removed on the way in.

A text whose first character a spreadsheet would take for a formula gets an apostrophe before it, and so does a text
that starts with apostrophes followed by such a character; numbers stay numbers. `without_guard` takes exactly that
apostrophe away again, so every text comes back equal:

    as it came      in the file      read back
    =1+1            '=1+1            =1+1
    '=1+1           ''=1+1           '=1+1
    ＋86 138…       '＋86 138…       ＋86 138…
    -3 (number)     -3               -3
    it's fine       it's fine        it's fine
"""

from __future__ import annotations

import re

# "=SUM(A1)", "'@cmd", "＋86…": what a spreadsheet might run, and what would read back wrongly
_WOULD_RUN = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


def neutralised(text: str) -> str:
    """A text that no spreadsheet takes for a formula.

    >>> neutralised("=1+1"), neutralised("3 点的车")
    ("'=1+1", '3 点的车')
    """
    return f"'{text}" if _WOULD_RUN.match(text) else text


def without_guard(text: str) -> str:
    """The text as it was before `neutralised`.

    >>> without_guard("'=1+1"), without_guard("it's fine")
    ('=1+1', "it's fine")
    """
    return text[1:] if text[:1] == "'" and _WOULD_RUN.match(text) else text
