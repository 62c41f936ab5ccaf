"""The uploaded bytes as a private temporary file under a harmless name, removed afterwards.

Owns its name; the folder in which it lies is ingest/uploads.py's. Never looks into the bytes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from servq.ingest.uploads import own_folder
from servq.text.masking.masking import mask_name

LONGEST_NAME = 60
_HARMLESS = re.compile(r"[^\w .()（）\[\]【】、，&+-]")  # slashes, quotes, line breaks, signs that turn text around


def harmless(name: str) -> str:
    """The name under which a file is read, shown and logged: no folders, no special characters, no personal data.

    >>> harmless("../../回访 13812345678<b>.csv"), harmless("…/"), harmless("CON\\\\x\\n.xlsx")
    ('回访 [手机]_b_.csv', 'upload', 'x_.xlsx')
    """
    last = re.split(r"[/\\]", name)[-1]
    stem, dot, ending = _HARMLESS.sub("_", mask_name(last)).strip(" .-_").rpartition(".")
    short = f"{stem[:LONGEST_NAME]}{dot}{ending[:LONGEST_NAME]}"
    return short or "upload"


@contextmanager
def private_file(content: bytes | memoryview, name: str, home: Path) -> Iterator[Path]:
    """The bytes as a file that only this user can read, removed at the end of the block in any case.

    Args:
        name: as the browser says; what the file is called is `harmless(name)`.
        home: the folder of the warehouse.
    """
    with own_folder(home) as own:  # a folder for each: two people may send files of the same name
        path = own / harmless(name)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
        yield path
