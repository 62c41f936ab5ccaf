"""The sample files of data/sample, read with csv, openpyxl and pandas only."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data" / "sample"
MONDAY = pd.Timestamp("2026-03-30")


def _read_toml(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


def _week_names(times: pd.Series) -> pd.Series:
    return times.dt.strftime("%G-W%V")


def _without(file: str, rows: list[list[Any]], truths: dict[str, Any]) -> list[list[Any]]:
    """The rows of a file (header first) without the listed bad and doubled ones."""
    left_out = {e["row"] for kind in ("bad_row", "duplicate_row") for e in truths[kind] if e["file"] == file}
    return [row for number, row in enumerate(rows, start=1) if number > 1 and number not in left_out]


def _sheet(name: str) -> list[list[Any]]:
    book = openpyxl.load_workbook(SAMPLE / name, read_only=True)
    rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    book.close()
    return rows


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def truths() -> dict[str, Any]:
    return _read_toml(ROOT / "data" / "truths.toml")


@pytest.fixture(scope="session")
def standards() -> dict[str, Any]:
    return _read_toml(ROOT / "data" / "standards.toml")


@pytest.fixture(scope="session")
def readme() -> str:
    return (ROOT / "data" / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def survey_rows() -> list[list[str]]:
    """Header and rows of surveys.csv; row n of the spreadsheet is item n - 1."""
    with (SAMPLE / "surveys.csv").open(encoding="gb18030", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture(scope="session")
def complaint_rows() -> list[list[Any]]:
    return _sheet("complaints.xlsx")


@pytest.fixture(scope="session")
def surveys(survey_rows: list[list[str]], truths: dict[str, Any]) -> pd.DataFrame:
    """Trusted answers once each: scores as numbers (missing NaN), `at` in local time, `week` by name."""
    frame = pd.DataFrame(_without("surveys.csv", survey_rows, truths), columns=survey_rows[0])
    for header in survey_rows[0][5:11]:
        frame[header] = pd.to_numeric(frame[header])
    frame["at"] = pd.to_datetime(frame["提交时间"], format="%Y/%m/%d %H:%M:%S")
    frame["week"], frame["nth"] = _week_names(frame["at"]), (frame["at"] - MONDAY).dt.days // 7
    return frame.rename(
        columns={"推荐意愿(0-10)": "likelihood", "总体满意度(1-5)": "csat", "您的意见和建议": "comment"}
    )


@pytest.fixture(scope="session")
def complaints(complaint_rows: list[list[Any]], truths: dict[str, Any]) -> pd.DataFrame:
    """Trusted complaints once each: `waited` is hours to the first response, `took` hours to the end."""
    frame = pd.DataFrame(_without("complaints.xlsx", complaint_rows, truths), columns=complaint_rows[0])
    for header in ("受理时间", "首次响应时间", "办结时间", "重开时间"):
        frame[header] = pd.to_datetime(frame[header])
    frame["waited"] = (frame["首次响应时间"] - frame["受理时间"]).dt.total_seconds() / 3600
    frame["took"] = (frame["办结时间"] - frame["受理时间"]).dt.total_seconds() / 3600
    frame["week"], frame["nth"] = _week_names(frame["受理时间"]), (frame["受理时间"] - MONDAY).dt.days // 7
    return frame


@pytest.fixture(scope="session")
def items() -> pd.DataFrame:
    """One row per checklist item."""
    rows = _sheet("visits.xlsx")
    return pd.DataFrame(rows[1:], columns=rows[0])


@pytest.fixture(scope="session")
def visits(items: pd.DataFrame) -> pd.DataFrame:
    """One row per visit: `score` in percent of the possible points."""
    by = ["访问编号", "访问时间", "渠道", "被访班组", "网点", "访客编号"]
    frame = items.groupby(by, dropna=False)[["得分", "满分"]].sum().reset_index()
    frame["score"], frame["day"] = 100 * frame["得分"] / frame["满分"], frame["访问时间"].dt.date
    return frame
