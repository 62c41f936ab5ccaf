"""The commands report list and make: a file with the figures of the pages, or a sentence why there is none."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from servq.query import Snapshot, measure
from servq.records import Slice
from servq.weeks import week_from_key
from tests.cli.conftest import Servq

WEEK = week_from_key("2026-W33")


@pytest.fixture
def of_sample(sample_home: Path, servq: Servq, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Servq:
    monkeypatch.setenv("SERVQ_HOME", str(sample_home))
    monkeypatch.chdir(tmp_path)
    return servq


def test_the_kinds_are_listed(servq: Servq) -> None:
    lines = json.loads(servq("report", "list", "--format", "json").out)
    assert [(line["kind"], line["pages"]) for line in lines] == [("weekly", 2), ("consistency", 1)]
    assert "质量周报" in servq("report", "list").out


def test_a_pdf_is_named_by_kind_week_and_load_and_lies_in_the_present_folder(
    of_sample: Servq, sample: Snapshot, tmp_path: Path
) -> None:
    said = of_sample("report", "make", "weekly", "--week", "2026-W33")
    name = f"servq-weekly-2026-W33-load{sample.load_id}.pdf"
    assert (said.code, said.out) == (0, "")
    assert name in said.err
    text = "".join("".join(page.extract_text().split()) for page in PdfReader(tmp_path / name).pages)
    assert "小程序首次响应达标率变差96.2%→23.1%" in text


def test_a_workbook_holds_the_figures_of_the_filter(of_sample: Servq, sample: Snapshot, tmp_path: Path) -> None:
    words = ("--week", "2026-W33", "--where", "channel=OTA", "--format", "xlsx", "--out", "ota.xlsx")
    assert of_sample("report", "make", "weekly", *words).code == 0
    sheet = openpyxl.load_workbook(io.BytesIO((tmp_path / "ota.xlsx").read_bytes()))["六个数字"]
    week = Slice.of(WEEK, week_from_key("2026-W34"), channel=["OTA"]).between(WEEK, WEEK.replace(day=WEEK.day + 6))
    found = measure(sample, "nps", (), week)[0].reading
    assert (sheet["C6"].value, sheet["F6"].value) == (pytest.approx(found.value), found.n)


def test_english_is_one_option_away(of_sample: Servq, tmp_path: Path) -> None:
    assert of_sample("report", "make", "weekly", "--language", "en", "--out", "en.pdf").code == 0
    assert "Weekly quality report" in " ".join(PdfReader(tmp_path / "en.pdf").pages[0].extract_text().split())


def test_a_week_without_data_makes_a_report_that_says_so(of_sample: Servq, tmp_path: Path) -> None:
    said = of_sample("report", "make", "weekly", "--week", "2020-W05", "--out", "old.pdf")
    assert said.code == 0
    assert "2020-W05 没有数据" in said.err
    assert "本周没有数据" in PdfReader(tmp_path / "old.pdf").pages[0].extract_text()


def test_a_place_that_cannot_be_written_is_named_and_nothing_is_left(of_sample: Servq, tmp_path: Path) -> None:
    said = of_sample("report", "make", "weekly", "--out", "no/such/folder/x.pdf")
    assert said.code == 2
    assert "no/such/folder/x.pdf" in said.err
    assert list(tmp_path.glob("**/*.part")) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("wekly",), "是否想用 weekly"),
        (("weekly", "--against", "month"), "没有名为“month”的对比"),
        (("weekly", "--where", "chanel=OTA"), "chanel"),
        (("weekly", "--format", "docx"), "docx"),
    ],
)
def test_what_does_not_exist_is_refused(of_sample: Servq, words: tuple[str, ...], told: str) -> None:
    said = of_sample("report", "make", *words)
    assert said.code == 2
    assert told in said.err
