"""Damaged files: each gives a batch whose rows add up, or a refusal in two languages, and nothing else."""

from __future__ import annotations

import random
import zipfile
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from servq.configuration import FileLimits
from servq.errors import FileRefused, ServqError, UsageError
from servq.loaders.maps.map import read_map
from servq.loaders.read import open_file
from tests.loaders.exports import NOW, ROWS, write_csv, write_xlsx
from tests.loaders.workbooks import rows_of, write_book

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SEED = 20260305
ROUNDS = {"csv": 200, "xlsx": 400, "part": 250, "toml": 600}
"""Mutations of each file; each changes one to four places."""

NASTY = (
    b"\0",
    b'"',
    b"\xff\xfe",
    b"\r",
    b"\x1a",
    b"<!ENTITY",
    b"&#0;",
    b"]]>",
    b"9" * 400,
    b"\xa1",
    b"_xD800_",
    b"1e999",
)
"""What parsers stumble over."""

LIMITS = FileLimits(file_bytes=1 << 20, inflated_bytes=4 << 20, seconds=60)
MAP = """
source = "surveys"
on_change = "replace"
[read]
encoding = "utf-8"
header_row = 1
timezone = "Asia/Shanghai"
[columns]
response_id = { row_number = true }
answered_at = { from = "提交时间", format = "%Y-%m-%d %H:%M:%S" }
csat = { from = "总体满意度(1-5)", scale = [1, 5], words = { "满意" = 4 }, missing = ["无"] }
channel = { constant = "OTA" }
team = { from = "服务班组", strip = ["组"], prefix = "班" }
"""


def mutated(content: bytes, draw: random.Random) -> bytes:
    """The bytes with some of them changed, cut out, doubled, or replaced by sequences that break parsers."""
    bad = bytearray(content)
    for _ in range(draw.randint(1, 4)):
        place, much = draw.randrange(len(bad) + 1), draw.randint(1, 12)
        nasty = draw.choice(NASTY)
        chosen = draw.randrange(8)
        if chosen == 0:
            bad[place : place + 1] = bytes([draw.randrange(256)])
        elif chosen == 1:
            del bad[place : place + much]
        elif chosen == 2:
            bad[place:place] = bad[place : place + much]
        elif chosen == 3 and draw.random() < 0.3:
            bad = bad[: max(place, 1)]
        else:
            bad[place:place] = nasty
    return bytes(bad)


def judged(act: Callable[[], object]) -> str:
    """`read` or the exit code of a refusal in two languages; anything else that is raised ends the test."""
    try:
        act()
    except (FileRefused, UsageError) as error:
        refused: ServqError = error
    else:
        return "read"
    assert refused.zh
    assert refused.en
    return f"exit {refused.exit_code}"


def walk(path: Path, source: str) -> None:
    """The whole file, counted."""
    for chunk in open_file(path, source, now=NOW, limits=LIMITS).chunks:
        assert chunk.rows_read == len(chunk.frame) + len(chunk.rejected)


def all_of(path: Path, content: bytes, rounds: int, act: Callable[[], object]) -> Counter[str]:
    """The result of the file in each of its mutations."""
    draw = random.Random(f"{SEED} {path.name}")
    found: Counter[str] = Counter()
    for _ in range(rounds):
        path.write_bytes(mutated(content, draw))
        found[judged(act)] += 1
    assert found.total() == rounds
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "big5", "utf-16", "utf-16-le"])
def test_broken_bytes_in_a_table(encoding: str, tmp_path: Path) -> None:
    rows = ROWS["complaints"] * 4
    if encoding == "big5":
        rows = [{"投訴單號": "T1", "內容": "乾淨"}] * 4
    path = write_csv(tmp_path / f"{encoding}.csv", rows, encoding)
    found = all_of(path, path.read_bytes(), ROUNDS["csv"], lambda: walk(path, "complaints"))
    assert found["exit 3"]


@pytest.mark.parametrize("source", ["surveys", "visits"])
def test_broken_bytes_in_the_package_of_a_workbook(source: str, tmp_path: Path) -> None:
    rows = ROWS[source]
    path = write_xlsx(tmp_path / f"{source}.xlsx", [list(rows[0]), *(list(row.values()) for row in rows)])
    assert all_of(path, path.read_bytes(), ROUNDS["xlsx"], lambda: walk(path, source))["exit 3"]


@pytest.mark.parametrize("part", ["xl/worksheets/s1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/shared.xml"])
def test_broken_bytes_in_a_part_of_a_workbook(part: str, tmp_path: Path) -> None:
    rows = ROWS["visits"]
    sheet = rows_of(list(rows[0]), *(list(row.values()) for row in rows))
    path = tmp_path / f"{part.replace('/', '-')}.xlsx"
    whole = _part(write_book(path, sheet, texts=["<t>a</t>"]), part)

    draw = random.Random(f"{SEED} {part}")
    found: Counter[str] = Counter()
    for _ in range(ROUNDS["part"]):
        write_book(path, sheet, texts=["<t>a</t>"], more={part: mutated(whole, draw)})
        found[judged(lambda: walk(path, "visits"))] += 1
    assert found.total() == ROUNDS["part"]
    assert found["exit 3"]


def _part(path: Path, name: str) -> bytes:

    with zipfile.ZipFile(path) as package:
        return package.read(name)


def test_broken_bytes_in_a_map(tmp_path: Path) -> None:
    path, export = tmp_path / "map.toml", write_csv(tmp_path / "a.csv", ROWS["surveys"])

    def act() -> None:
        for chunk in open_file(export, None, read_map(path), now=NOW, limits=LIMITS).chunks:
            assert chunk.rows_read == len(chunk.frame) + len(chunk.rejected)

    assert all_of(path, MAP.encode(), ROUNDS["toml"], act)["exit 2"]
