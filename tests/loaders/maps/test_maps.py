"""Maps: every option does what docs/maps.md says, and an invalid map is refused before the file is read."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from servq.errors import FileRefused, UsageError
from servq.loaders.maps.column_mapping import COLUMN_OPTIONS
from servq.loaders.maps.map import READ_OPTIONS, map_from_table, read_map
from servq.settings import read_settings
from tests.loaders.exports import Loaded, load, write_csv

GUIDE = (Path(__file__).parents[3] / "docs" / "maps.md").read_text(encoding="utf-8")
GOOD = """
response_id = "id"
answered_at = "when"
channel = { constant = "OTA" }
team = "crew"
csat = "stars"
"""
ROW = {"id": "1", "when": "2026-03-05 14:02", "crew": "一组", "stars": "4"}


def mapped(tmp_path: Path, columns: str, read: str = "", source: str = "surveys") -> Path:
    """A map file with these lines; later lines of `columns` win over earlier ones of the same name."""
    lines = {line.split("=")[0].strip(): line for line in columns.splitlines() if line.strip()}
    path = tmp_path / "map.toml"
    body = "\n".join(lines.values())
    path.write_text(f'source = "{source}"\n[read]\n{read}\n[columns]\n{body}\n', encoding="utf-8")
    return path


def loaded(tmp_path: Path, column: str, **cells: str) -> Loaded:
    """One row of the export, read through the good map with one column changed."""
    return load(write_csv(tmp_path / "a.csv", [ROW | cells]), None, read_map(mapped(tmp_path, GOOD + column)))


def test_a_map_renames_and_fills_in(tmp_path: Path) -> None:
    one = loaded(tmp_path, "")
    assert one.frame[["response_id", "channel", "team", "csat"]].iloc[0].tolist() == ["1", "OTA", "一组", 4.0]
    assert one.facts.columns["channel"] == "= OTA"
    assert one.facts.columns["csat"] == "stars"


def test_with_a_map_only_its_own_columns_are_used(tmp_path: Path) -> None:
    one = loaded(tmp_path, "", comment="很好")
    assert "comment" not in one.frame
    assert one.facts.unused == ("comment",)


def test_format_says_which_number_is_the_day(tmp_path: Path) -> None:
    one = loaded(tmp_path, 'answered_at = { from = "when", format = "发表于%d-%m-%y" }', when="发表于05-03-26")
    assert one.frame["answered_at"].tolist() == [int(datetime(2026, 3, 4, 16, tzinfo=UTC).timestamp())]


@pytest.mark.parametrize(("strip", "cell"), [('"分"', "4.8分"), ('["打分:", "分"]', "打分: 4.8 分"), ('"分"', "4.8")])
def test_strip_removes_what_stands_around_a_value(strip: str, cell: str, tmp_path: Path) -> None:
    one = loaded(tmp_path, f'csat = {{ from = "stars", strip = {strip} }}', stars=cell)
    assert one.frame["csat"].tolist() == [4.8]


def test_what_is_nothing_after_strip_is_missing(tmp_path: Path) -> None:
    one = loaded(tmp_path, 'response_id = { from = "id", strip = "No." }', id="No.")
    assert one.reasons == [(2, "id", "missing_value")]


def test_missing_markers_are_missing_and_never_a_score(tmp_path: Path) -> None:
    one = loaded(tmp_path, 'csat = { from = "stars", missing = ["5"] }\ncomment = "crew"', stars="5")
    assert one.frame["csat"].isna().tolist() == [True]


@pytest.mark.parametrize(("stars", "reasons"), [("1", []), ("5", []), ("0", [(2, "stars", "out_of_range")])])
def test_scale_bounds_the_answers(stars: str, reasons: list[tuple[int, str, str]], tmp_path: Path) -> None:
    assert loaded(tmp_path, 'csat = { from = "stars", scale = [1, 5] }', stars=stars).reasons == reasons


def test_prefix_comes_before_reading(tmp_path: Path) -> None:
    columns = 'answered_at = { from = "when", prefix = "2017-05-" }\nresponse_id = { from = "id", prefix = "sfo-" }'
    one = loaded(tmp_path, columns, when="4")
    assert one.frame["response_id"].tolist() == ["sfo-1"]
    assert one.frame["answered_at"].tolist() == [int(datetime(2017, 5, 3, 16, tzinfo=UTC).timestamp())]


def test_row_number_makes_an_id_of_what_the_row_says(tmp_path: Path) -> None:
    one = loaded(tmp_path, "response_id = { row_number = true }")
    assert re.fullmatch("[0-9a-f]{20}-1", one.frame["response_id"][0])
    assert one.facts.columns["response_id"] == "= row content"


def test_on_change_says_what_becomes_of_a_row_that_says_something_else(tmp_path: Path) -> None:
    path = mapped(tmp_path, GOOD)
    assert read_map(path).on_change == "conflict"
    path.write_text('on_change = "replace"\n' + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert read_map(path).on_change == "replace"
    path.write_text(path.read_text(encoding="utf-8").replace("replace", "guess"), encoding="utf-8")
    with pytest.raises(UsageError, match=r"For example conflict \| replace"):
        read_map(path)


def test_read_options_win_over_what_would_be_detected(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("Export\nid|when|crew|stars\n1|2026-03-05 14:02|équipe|4\n".encode("latin-1"))
    read = 'encoding = "latin-1"\ndelimiter = "|"\nheader_row = 2\ntimezone = "Europe/Paris"'
    one = load(path, "surveys", read_map(mapped(tmp_path, GOOD, read)))
    assert one.frame["team"].tolist() == ["équipe"]
    assert one.frame["row"].tolist() == [3]
    assert one.frame["answered_at"].tolist() == [int(datetime(2026, 3, 5, 13, 2, tzinfo=UTC).timestamp())]
    assert (one.facts.encoding, one.facts.delimiter, one.facts.header_row) == ("latin-1", "|", 2)


@pytest.mark.parametrize(
    ("columns", "read", "said"),
    [
        ('csatt = "stars"', "", "Did you mean csat?"),
        ('csat = { from = "stars", missin = ["5"] }', "", "Did you mean missing?"),
        ("", 'encodng = "utf-8"', "Did you mean encoding?"),
        ("", 'encoding = "klingon"', "'klingon' makes no sense here"),
        ("", 'encoding = "rot13"', "'rot13' makes no sense here"),
        ("", 'timezone = "Mars/Base"', "'Mars/Base' makes no sense here"),
        ("", 'delimiter = "||"', "makes no sense"),
        ("", "header_row = 0", "makes no sense"),
        ("", "header_row = 1\nheader_rows = 0", "makes no sense"),
        ("", "header_rows = 2", "makes no sense"),
        ('answered_at = { from = "when", format = "%Y-%m-%d %H:%H" }', "", "For example %Y-%m-%d"),
        ("", "header_row = true", "makes no sense"),
        ('csat = { from = "stars", constant = "5" }', "", "exactly one of from, first, join, constant, row_number"),
        ("csat = { missing = [] }", "", "exactly one of from, first, join, constant, row_number"),
        ("csat = 5", "", "makes no sense"),
        ("csat = { row_number = true }", "", "makes no sense"),
        ('csat = { from = "stars", scale = [1, 10] }', "", "never rescales"),
        ('csat = { from = "stars", scale = [0, 10] }', "", "map a satisfaction of another scale to csat_other"),
        ('csat = { from = "stars", scale = [0, 100] }', "", "with scale and satisfied_from"),
        ('csat = { from = "stars", satisfied_from = 4 }', "", "For example csat_other ="),
        ('csat_other = "stars"', "", "needs its scale and the answer from which on it is satisfied"),
        ('csat_other = { from = "stars", scale = [0, 10] }', "", "For example scale = [0, 10], satisfied_from = 8"),
        ('csat_other = { from = "stars", satisfied_from = 8 }', "", "needs its scale"),
        ('csat_other = { from = "stars", scale = [0, 10], satisfied_from = 11 }', "", "makes no sense"),
        ('csat_other = { from = "stars", scale = [0, 10], satisfied_from = 0 }', "", "makes no sense"),
        (
            'csat_other = { from = "stars", scale = [1, 5], satisfied_from = 4 }',
            "",
            "a satisfaction of five points is csat",
        ),
        ('effort = { from = "stars", scale = [1, 5] }', "", "map five points to effort_5"),
        ('csat = { from = "stars", scale = [1, 4] }', "", "never rescales"),
        ('likelihood = { from = "stars", scale = [1, 5] }', "", "never rescales"),
        ('csat = { from = "stars", scale = [5, 1] }', "", "never rescales"),
        ('team = { from = "crew", scale = [1, 5] }', "", "makes no sense"),
        ('csat = { from = "stars", format = "%Y" }', "", "makes no sense"),
        ('answered_at = { from = "when", format = "%H:%M" }', "", "makes no sense"),
        ('answered_at = { from = "when", format = "%Y-%m-%d %Q" }', "", "makes no sense"),
        ("team = { constant = true }", "", "makes no sense"),
        ('answered_at = { from = "when", format = "%m-%d" }', "", "makes no sense"),
    ],
)
def test_a_map_that_makes_no_sense_is_refused_with_file_key_and_hint(
    columns: str, read: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError) as refused:
        read_map(mapped(tmp_path, GOOD + columns, read))
    assert said in refused.value.message
    assert refused.value.where.startswith("map.toml")
    assert refused.value.hint_en or "exactly one" in refused.value.en


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("source = ", "not valid TOML"),
        ('[columns]\nteam = "a"', "the map has no source"),
        ('source = "surveys"', "the map has no columns"),
        ('source = "survey"\n[columns]', "Did you mean surveys"),
        ('source = "surveys"\n[columns]\nteam = "a"', "leaves out required columns: response_id, answered_at, channel"),
        ('source = "surveys"\nsheet = "x"\n[columns]', "no key named 'sheet'"),
    ],
)
def test_an_unfinished_map_is_refused(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=re.escape(said)):
        read_map(path)


def test_a_map_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be opened"):
        read_map(tmp_path / "none.toml")


def test_a_header_that_the_export_lacks_refuses_the_file(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="Did you mean 'stars'"):
        loaded(tmp_path, 'csat = "star"')


def test_a_constant_that_cannot_be_read_is_told_once_and_not_per_row(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"constant '9' of csat cannot be used \(out_of_range\)"):
        loaded(tmp_path, "csat = { constant = 9 }")


def test_a_map_for_another_source_is_refused(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [ROW])
    with pytest.raises(UsageError, match="the map is for surveys, not visits"):
        load(path, "visits", read_map(mapped(tmp_path, GOOD)))


def test_dates_and_numbers_of_toml_may_be_constants(tmp_path: Path) -> None:
    one = loaded(tmp_path, "answered_at = { constant = 2026-03-05 }\ncsat = { constant = 5 }")
    assert one.frame[["answered_at", "csat"]].iloc[0].tolist() == [1772640000, 5.0]


@pytest.mark.parametrize("path", sorted((read_settings().data / "maps").glob("*.toml")), ids=lambda path: path.stem)
def test_every_map_that_ships_can_be_read_and_says_what_it_is_for(path: Path) -> None:
    assert read_map(path).columns
    assert path.read_text(encoding="utf-8").startswith("# ")


# ---------------------------------------------------------------- docs in step


def example() -> str:
    found = re.search(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    assert found
    return found.group(1)


@pytest.mark.parametrize("option", COLUMN_OPTIONS)
def test_the_guide_explains_every_option_of_a_column(option: str) -> None:
    assert f"| `{option}` |" in GUIDE
    assert re.search(rf"\b{option} = ", example())


@pytest.mark.parametrize("option", READ_OPTIONS)
def test_the_guide_shows_every_option_of_reading(option: str) -> None:
    assert re.search(rf"^{option} = ", example(), re.MULTILINE)


def test_the_map_in_the_guide_reads_the_export_in_the_guide(tmp_path: Path) -> None:
    map_ = map_from_table(tomllib.loads(example()), "guide")
    table = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in GUIDE.splitlines() if line.startswith("| ")
    ]
    records = ["点评导出", "2026 年 3 月", *(";".join(cells) for cells in table[:3])]
    path = tmp_path / "a.csv"
    path.write_bytes("\n".join(records).encode("gbk"))
    one = load(path, "surveys", map_)
    assert one.rejected == []
    assert one.frame["response_id"].tolist() == ["site-0012", "site-0013"]
    assert one.frame["csat"].tolist()[0] == 4.8
    assert one.frame[["csat", "likelihood"]].isna().to_numpy().tolist() == [[False, False], [True, True]]
    assert one.frame["answered_at"].tolist()[0] == int(datetime(2026, 3, 4, 16, tzinfo=UTC).timestamp())
