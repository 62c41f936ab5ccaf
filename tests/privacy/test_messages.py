"""Messages about files, persons and faults: reports, refusals, the log and the pages hold no personal data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from servq.cli import run
from servq.text.masking.masking import pseudonym, read_key

ROOT = Path(__file__).resolve().parents[2]
PHONE = "13812345678"
SECRET = "这句话只有一个人说过"
SURVEYS = f"""答卷编号,提交时间,渠道,班组,会员编号,推荐意愿,评论
r1,2026-04-29 10:00,OTA,甲,VIP-7,3,{SECRET}
r2,2026-04-29 11:00,OTA,甲,VIP-8,9,很好
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An initialised home."""
    monkeypatch.setenv("SERVQ_HOME", str(tmp_path / "home"))
    assert run(["init"]) == 0
    return tmp_path / "home"


def written(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def everything_in(home: Path) -> bytes:
    return b"".join(path.read_bytes() for path in home.iterdir() if path.is_file())


def test_a_phone_number_in_a_files_name_reaches_neither_the_books_nor_the_screen(
    home: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["load", "surveys", str(written(tmp_path, f"回访{PHONE}.csv", SURVEYS))]) == 0
    assert run(["loads"]) == 0
    said = capfd.readouterr()
    assert "回访[手机].csv" in said.out
    assert PHONE not in said.out + said.err
    assert PHONE.encode() not in everything_in(home)


def test_a_refused_file_does_not_say_whose_number_stood_where_a_header_should(
    home: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    headless = written(tmp_path, "a.csv", f"r1,王女士,{PHONE},3\nr2,李先生,{PHONE},4\n")
    assert run(["load", "surveys", str(headless)]) == 3
    assert run(["load", "surveys", "--json", str(headless)]) == 3
    said = capfd.readouterr()
    assert PHONE not in said.out + said.err


def test_the_log_of_a_fault_holds_no_argument_and_no_personal_data(
    home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(f"王先生 {PHONE}")

    monkeypatch.setattr("servq.warehouse.upkeep.erase.forget", fail)
    monkeypatch.setattr("sys.argv", ["servq", "forget", "VIP-7", "--yes"])
    assert run(["forget", "VIP-7", "--yes"]) == 1
    log = (home / "servq.log").read_text(encoding="utf-8")
    assert "RuntimeError: [姓名]先生 [手机]" in log
    assert "forget\n" in log
    assert "VIP-7" not in log
    assert PHONE not in capfd.readouterr().err


def test_a_statement_in_an_error_comes_without_its_values(home: Path) -> None:
    from sqlalchemy import text

    from servq.warehouse.store.engine import Warehouse

    warehouse = Warehouse(f"sqlite:///{home / 'servq.sqlite'}")
    with warehouse.read() as connection, pytest.raises(Exception, match="nowhere") as failed:
        connection.execute(text("SELECT * FROM nowhere WHERE x = :x"), {"x": "VIP-7"})
    warehouse.close()
    assert "VIP-7" not in str(failed.value)


@pytest.fixture
def page() -> Iterator[Callable[[str], str]]:
    """What a page draws, as it is sent."""

    def opened(name: str) -> str:
        app = AppTest.from_file(str(ROOT / "pages" / f"{name}.py"), default_timeout=300).run()
        assert not app.exception, app.exception
        return "\n".join(element.proto.body for element in app.get("html"))

    st.cache_resource.clear()
    yield opened
    st.cache_resource.clear()


def test_a_running_dashboard_stops_showing_the_words_of_somebody_who_is_forgotten(
    home: Path, tmp_path: Path, page: Callable[[str], str]
) -> None:
    assert run(["load", "surveys", str(written(tmp_path, "a.csv", SURVEYS))]) == 0
    assert SECRET in page("voices")
    assert run(["forget", "VIP-7", "--yes"]) == 0
    after = page("voices")
    assert SECRET not in after
    assert "很好" in after


def test_what_is_said_after_forgetting_names_nobody(
    home: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["load", "surveys", str(written(tmp_path, "a.csv", SURVEYS))]) == 0
    capfd.readouterr()
    assert run(["forget", "VIP-7", "--yes"]) == 0
    said = capfd.readouterr()
    assert "VIP-7" not in said.out + said.err
    assert pseudonym("VIP-7", read_key(home)) not in said.out + said.err
