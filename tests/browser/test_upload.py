"""The upload in a real browser: a file is dropped, previewed, mapped, loaded and corrected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, TimeoutError, expect

from tests.browser.dashboard import PATIENCE, measured, running_dashboard, servq, settled
from tests.cli.test_desk_and_review_exports import BOOKING
from tests.stores import copied

pytestmark = pytest.mark.browser

HEADERS = "答卷编号,提交时间,渠道,班组,推荐意愿(0-10),满意度,您的意见和建议"
FOREIGN = ["单号;点评日期;打分;内容"] + [f"{i:04d};发表于{i:02d}-09-26;{1 + i % 5}分;房间干净" for i in range(1, 21)]


@pytest.fixture(scope="module")
def own_home(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    home = tmp_path_factory.mktemp("upload")
    copied(sqlite_template, home)
    return home


@pytest.fixture(scope="module")
def own_dashboard(own_home: Path) -> Iterator[str]:
    with running_dashboard(own_home, prepare=()) as found:
        yield found


def main_text(page: Page) -> str:
    return " ".join(page.locator('[data-testid="stMain"]').inner_text().split())


def drop(page: Page, address: str, file: Path, finding: str) -> None:
    """Drop a file on the page and wait for what is said about it."""
    page.goto(f"{address}/health?part=upload")
    settled(page)
    page.locator('[data-testid="stFileUploaderDropzoneInput"]').set_input_files(file)
    title(page, finding)


def title(page: Page, said: str) -> None:
    expect(page.locator('[data-testid="stMain"] .sq-title')).to_contain_text(said, timeout=PATIENCE)
    settled(page)


def to(page: Page, name: str, path: str) -> None:
    """Go to another page by the menu."""
    page.locator('[data-testid="stSidebarNav"] a', has_text=name).click()
    page.wait_for_url(lambda url: path in url)
    settled(page)


def responses(home: Path) -> int:
    rows = measured(home, "responses")
    return int(rows[0]["n"]) if rows else 0


def typed(page: Page, key: str, text: str) -> None:
    """Write into a field and leave it."""
    page.locator(f".st-key-{key} input").fill(text)
    page.keyboard.press("Enter")
    settled(page)


def pick(page: Page, column: str, option: str, comes: str) -> None:
    """Choose the header of a column, and wait for the fields that depend on the choice."""
    choice = page.get_by_role("option", name=option, exact=True)
    for _ in range(20):  # a page that is just being drawn anew closes the list again
        page.locator(f".st-key-map-surveys-{column}-from input").click()
        try:
            choice.click(timeout=10_000)
            break
        except TimeoutError:
            page.keyboard.press("Escape")
    page.locator(f".st-key-map-surveys-{column}-{comes}").wait_for()
    settled(page)


def survey_file(folder: Path, name: str, rows: list[str]) -> Path:
    path = folder / name
    path.write_bytes("\n".join([HEADERS, *rows, ""]).encode("gb18030"))
    return path


def test_a_file_is_looked_at_loaded_and_counted(own_home: Path, own_dashboard: str, tmp_path: Path, page: Page) -> None:
    rows = [
        f"{i},2026-09-{7 + i % 7:02d} 10:00,官网,一组,{9 if i % 2 else 3},5,打 1381234567{i % 10}" for i in range(40)
    ]
    rows[7] = "7,2026-09-09 10:00,官网,一组,11,5,"
    drop(
        page,
        own_dashboard,
        survey_file(tmp_path, "回访13812345678.csv", rows),
        "读懂了：40 行，7 列已对应，其中 1 行要隔离",
    )
    seen = main_text(page)
    assert "编码 gb18030" in seen
    assert "推荐意愿(0-10) → 推荐意愿 likelihood" in seen
    assert "13812345670" not in seen
    assert "9 推荐意愿(0-10) 11 超出允许范围" in seen
    before = responses(own_home)
    page.get_by_role("button", name="确认载入").click()
    title(page, "载入完成：新增 39，隔离 1")
    assert "40 读取 = 39 新增 + 0 更新 + 0 重复 + 0 冲突 + 1 隔离 核对一致 ✓" in main_text(page)
    assert responses(own_home) == before + 39
    assert not [path for path in (own_home / "uploads").rglob("*") if path.is_file()]
    to(page, "每周得分", "/?")
    assert "n = 39" in main_text(page)
    to(page, "数据健康", "/health")
    assert "回访[手机].csv" in main_text(page)


def test_a_row_is_mended_on_the_page(own_home: Path, own_dashboard: str, tmp_path: Path, page: Page) -> None:
    rows = [f"m{i},2026-08-0{i} 10:00,官网,一组,{11 if i == 2 else 9},5," for i in range(1, 5)]
    done = servq(own_home, "load", "surveys", str(survey_file(tmp_path, "八月.csv", rows)))
    assert done.returncode == 0, done.stderr
    before = responses(own_home)
    page.goto(f"{own_dashboard}/health")
    settled(page)
    page.locator('[class*="st-key-mend-bad"] input').fill("10")
    page.get_by_role("button", name="更正后重新载入").click()
    page.get_by_text("八月.csv 第 3 行：已载入，离开隔离区").wait_for()
    assert responses(own_home) == before + 1


def test_a_foreign_file_is_mapped_by_hand_and_its_map_kept(
    own_home: Path, own_dashboard: str, tmp_path: Path, page: Page
) -> None:
    file = tmp_path / "点评.csv"
    file.write_bytes("\n".join(FOREIGN).encode("gb18030"))
    drop(page, own_dashboard, file, "这份文件还不能载入")
    assert "缺少必需列" in main_text(page)
    page.get_by_role("button", name="逐列指定").click()
    page.wait_for_selector(".st-key-map-surveys-apply")
    say_which_is_which(page)
    page.get_by_role("button", name="用这个映射预览").click()
    title(page, "读懂了：20 行，6 列已对应，没有发现问题")
    typed(page, "map-surveys-name", "携程点评")
    page.get_by_role("button", name="保存，下次直接选用").click()
    page.get_by_text("已保存为映射“携程点评”").wait_for()
    kept = own_home / "maps" / "携程点评.toml"
    loaded = servq(own_home, "load", "surveys", str(file), "--map", str(kept))
    assert "新增 new 20" in loaded.stdout, loaded.stderr
    page.get_by_role("button", name="确认载入").click()
    title(page, "已经载入过，没有变化")


def say_which_is_which(page: Page) -> None:
    """Fill in the form for the foreign file."""
    for column, header in (("response_id", "单号"), ("answered_at", "点评日期"), ("csat", "打分"), ("comment", "内容")):
        pick(page, column, header, "how")
    for column, text in (("channel", "OTA"), ("team", "平台组")):
        pick(page, column, "固定值…", "constant")
        typed(page, f"map-surveys-{column}-constant", text)
    page.locator(".st-key-map-surveys-answered_at-how button").click()
    typed(page, "map-surveys-answered_at-format", "发表于%d-%m-%y")
    page.keyboard.press("Escape")


def test_a_program_called_csv_is_refused_in_the_words_of_the_command_line(
    own_home: Path, own_dashboard: str, tmp_path: Path, page: Page
) -> None:
    file = tmp_path / "report.csv"
    file.write_bytes(b"MZ\x90\x00\x03" + bytes(range(256)) * 40)
    drop(page, own_dashboard, file, "这份文件还不能载入")
    refused = servq(own_home, "load", "surveys", str(file))
    sentence = refused.stderr.splitlines()[0].removeprefix("report.csv: ").partition("。")[0]
    assert sentence in main_text(page)
    assert not page.get_by_role("button", name="确认载入").count()


def test_the_place_for_a_file_speaks_the_readers_language(own_dashboard: str, page: Page) -> None:
    button = '[data-testid="stFileUploaderDropzone"] button p'
    for link, word in (("/health?part=upload", "选择文件"), ("/health?part=upload&lang=English", "Choose a file")):
        page.goto(own_dashboard + link)
        settled(page)
        assert page.locator(button).evaluate("e => getComputedStyle(e, '::after').content") == f'"{word}"'
        assert page.locator(button).evaluate("e => getComputedStyle(e).fontSize") == "0px"
    assert "载入" not in main_text(page)


def test_a_matrix_question_and_several_answers_in_a_cell_are_read_and_filtered(
    page: Page, empty_home: Path, tmp_path: Path
) -> None:
    """Ten answers: all of 亲子, the even ones of 商务 too; the four items in the columns of one matrix question."""
    items = "7、请评价各项的满意程度：—服务态度,7、响应时间,7、问题解决,7、沟通效率"
    rows = [
        f"m{n},2026-09-0{1 + n % 7} 10:00,官网,一组,{n},5,4,3,2,{'商务┋亲子' if n % 2 == 0 else '亲子'}"
        for n in range(10)
    ]
    export = tmp_path / "矩阵.csv"
    export.write_text("\n".join([f"答卷编号,提交时间,渠道,班组,推荐意愿,{items},客群", *rows, ""]), encoding="utf-8")
    with running_dashboard(empty_home, prepare=()) as address:
        drop(page, address, export, "读懂了：10 行，10 列已对应")
        said = main_text(page)
        assert "7、请评价各项的满意程度：—服务态度 → 服务态度 attitude" in said
        assert "前 10 行会这样入库" in said
        page.get_by_role("button", name="确认载入").click()
        title(page, "载入完成：新增 10")
        page.goto(f"{address}/voices?segment=商务")
        settled(page)
        page.get_by_test_id("stPopoverButton").first.click()
        expect(page.get_by_text("客群（分组有重叠）").first).to_be_visible(timeout=PATIENCE)
    found = {row["segment"]: row["n"] for row in measured(empty_home, "nps", "--by", "segment")}
    assert found == {"商务": 5, "亲子": 10}
    assert measured(empty_home, "attitude")[0]["value"] == 5


def test_a_known_export_s_scale_stands_in_its_field_when_its_options_are_opened(
    own_dashboard: str, tmp_path: Path, page: Page
) -> None:
    file = tmp_path / "booking.csv"
    file.write_text(BOOKING, encoding="utf-8")
    drop(page, own_dashboard, file, "这份文件还不能载入")
    page.locator("button", has_text="像是 Booking.com").click()
    settled(page)
    page.locator("button", has_text="怎么读 · 2").first.click()
    scale, least = (
        page.locator(f".st-key-map-surveys-csat_other-{name} input") for name in ("scale", "satisfied_from")
    )
    expect(scale).to_have_value("1-10", timeout=PATIENCE)
    expect(least).to_have_value("7", timeout=PATIENCE)
