"""The properties that every source has; a new source joins by its rows in exports.py."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from servq.errors import FileRefused, UsageError
from servq.loaders.headers.headers import plain
from servq.loaders.maps.map import map_from_table
from servq.loaders.sources.catalog import SOURCES, get_source
from servq.measures import EXPECTED
from servq.records import NOT_GIVEN
from servq.settings import read_settings
from tests.loaders.exports import HEADERS, ROWS, load, write_csv, write_xlsx

if TYPE_CHECKING:
    from pathlib import Path

    from servq.loaders.sources.source import Source

each_source = pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
REQUIRED = [(source.name, column) for source in SOURCES.values() for column in source.required]


def test_an_unknown_source_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UsageError, match="Did you mean surveys"):
        get_source("survey")


@each_source
def test_no_header_may_mean_two_columns(source: Source) -> None:
    forms = [(plain(alias), column.name) for column in source.columns for alias in (column.name, *column.aliases)]
    owners: dict[str, set[str]] = {}
    for form, name in forms:
        owners.setdefault(form, set()).add(name)
    assert {form: names for form, names in owners.items() if len(names) > 1} == {}


@each_source
def test_every_column_has_headers_in_both_languages(source: Source) -> None:
    for column in source.columns:
        if column.mapped:
            assert column.aliases == (), "no header tells its scale"
            continue
        english = [alias for alias in column.aliases if alias.isascii()]
        assert len(english) >= 4, column.name
        assert len(column.aliases) - len(english) >= 4, column.name


@each_source
def test_the_source_speaks_only_of_its_own_columns(source: Source) -> None:
    named = {*source.key, *source.at_least_one, *(name for chain in source.time_order for name in chain)}
    named |= {name for pair in source.at_most for name in pair}
    assert named <= set(source.names)
    assert set(source.key) <= set(source.required)


@each_source
def test_the_headers_of_the_sample_match_one_to_one(source: Source, tmp_path: Path) -> None:
    headers = HEADERS[source.name].split(", ")
    row = dict.fromkeys(headers, "") | ROWS[source.name][0]
    facts = load(write_csv(tmp_path / "a.csv", [row]), source.name).facts
    assert sorted(facts.columns) == sorted(column.name for column in source.columns if not column.mapped)
    assert facts.unused == ()


@each_source
def test_canonical_names_load_as_well(source: Source, tmp_path: Path) -> None:
    chinese = load(write_csv(tmp_path / "zh.csv", ROWS[source.name]), source.name)
    names = {header: name for name, header in chinese.facts.columns.items()}
    rows = [{names[header]: cell for header, cell in row.items()} for row in ROWS[source.name]]
    english = load(write_csv(tmp_path / "en.csv", rows), source.name)
    pd.testing.assert_frame_equal(english.frame, chinese.frame)
    assert len(english.frame) == 2


@each_source
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "gbk"])
def test_the_same_export_in_another_encoding_gives_the_same_rows(source: Source, encoding: str, tmp_path: Path) -> None:
    one = load(write_csv(tmp_path / "a.csv", ROWS[source.name]), source.name)
    other = load(write_csv(tmp_path / "b.csv", ROWS[source.name], encoding), source.name)
    pd.testing.assert_frame_equal(other.frame, one.frame)
    assert other.facts.encoding == {"gbk": "gb18030"}.get(encoding, encoding)


@each_source
def test_csv_and_workbook_give_the_same_rows(source: Source, tmp_path: Path) -> None:
    rows = ROWS[source.name]
    text = load(write_csv(tmp_path / "a.csv", rows), source.name)
    book = load(write_xlsx(tmp_path / "a.xlsx", [list(rows[0]), *(list(row.values()) for row in rows)]), source.name)
    pd.testing.assert_frame_equal(book.frame, text.frame)


@each_source
def test_a_file_with_a_header_and_no_rows_is_read_and_empty(source: Source, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEADERS[source.name].replace(", ", ",") + "\n", encoding="utf-8")
    assert load(path, source.name).rows_read == 0


@pytest.mark.parametrize(("name", "column"), REQUIRED)
def test_a_missing_required_column_refuses_the_file_and_is_named(name: str, column: str, tmp_path: Path) -> None:
    whole = load(write_csv(tmp_path / "whole.csv", ROWS[name]), name)
    rows = [{key: cell for key, cell in row.items() if key != whole.facts.columns[column]} for row in ROWS[name]]
    with pytest.raises(FileRefused) as refused:
        load(write_csv(tmp_path / "a.csv", rows), name)
    assert column in refused.value.en
    assert SOURCES[name].column(column).label.zh in refused.value.zh
    assert all(header in refused.value.hint_en for header in rows[0])


DEMANDED = [pair for pair in REQUIRED if not SOURCES[pair[0]].column(pair[1]).filled]
MAY_BE_EMPTY = [pair for pair in REQUIRED if pair not in DEMANDED]


@pytest.mark.parametrize(("name", "column"), DEMANDED)
def test_an_empty_required_cell_sets_its_row_aside(name: str, column: str, tmp_path: Path) -> None:
    whole = load(write_csv(tmp_path / "whole.csv", ROWS[name]), name)
    header = whole.facts.columns[column]
    rows = [ROWS[name][0] | {header: "  "}, ROWS[name][1]]
    loaded = load(write_csv(tmp_path / "a.csv", rows), name)
    assert loaded.reasons == [(2, header, "missing_value")]
    assert loaded.frame["row"].tolist() == [3]


@pytest.mark.parametrize(("name", "column"), MAY_BE_EMPTY)
def test_a_row_that_does_not_say_its_channel_or_team_is_not_given_unless_a_map_demands_it(
    name: str, column: str, tmp_path: Path
) -> None:
    whole = load(write_csv(tmp_path / "whole.csv", ROWS[name]), name)
    header = whole.facts.columns[column]
    path = write_csv(tmp_path / "a.csv", [ROWS[name][0] | {header: "  "}, ROWS[name][1]])
    loaded = load(path, name)
    assert loaded.reasons == []
    assert loaded.frame[column].tolist() == [NOT_GIVEN, ROWS[name][1][header]]
    picks = dict(whole.facts.columns)
    demanding = {"source": name, "columns": picks | {column: {"from": header, "required": True}}}
    assert load(path, name, map_from_table(demanding, "m")).reasons == [(2, header, "missing_value")]


@each_source
def test_the_sample_loads_with_its_listed_bad_rows_and_no_other(source: Source) -> None:
    data = read_settings().data
    truths = tomllib.loads((data / "truths.toml").read_text(encoding="utf-8"))
    listed = [entry for entry in truths["bad_row"] if entry["file"] == source.sample]
    loaded = load(data / "sample" / source.sample, source.name)
    assert loaded.reasons == [(entry["row"], entry["header"], entry["reason"]) for entry in listed]
    assert all(rejected.also == () for rejected in loaded.rejected)
    never_asked = {"updated_at", *(EXPECTED if source.name == "surveys" else ())}
    never_asked |= {"csat_other", "effort", "effort_5", "nps_band"} & set(source.names)
    assert set(source.names) - set(loaded.facts.columns) == never_asked
