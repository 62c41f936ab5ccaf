"""Forms of files with tables: old workbooks, .ods, web pages and tab-separated text named .xls, zips of CSV files.

`data/months.xls` was written by xlwt 1.3.0 (BIFF8): sheets 三月 (3 rows, ids 000007 as a number, A2, 1234567890123456),
四月 (2 rows, its columns in another order), 说明 (a note) and 隐藏 (hidden).
"""

from __future__ import annotations

import io
import random
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from servq.configuration import FileLimits
from servq.errors import FileRefused
from servq.loaders.books.joined_tables import FILES, SHEETS
from servq.loaders.maps.map import Map, map_from_table
from servq.loaders.read import open_file
from tests.loaders.exports import NOW, load, write_xlsx

MONTHS = Path(__file__).with_name("data") / "months.xls"
HEADER = ["答卷编号", "提交时间", "渠道", "服务班组", "总体满意度(1-5)", "您的意见和建议"]
ROW = ["007", "2026-03-05 14:02:31", "官网", "一组", "5", "很好"]
COLUMNS = {
    "response_id": "答卷编号", "answered_at": "提交时间", "channel": "渠道", "team": "服务班组",
    "csat": "总体满意度(1-5)", "comment": "您的意见和建议",
}  # fmt: skip


def map_of(sheet: str, **columns: object) -> Map:
    return map_from_table({"source": "surveys", "read": {"sheet": sheet}, "columns": COLUMNS | columns}, "m.toml")


def refused(path: Path, map_: Map | None = None, **limits: int) -> str:
    with pytest.raises(FileRefused) as error:
        list(open_file(path, "surveys", map_, now=NOW, limits=FileLimits(**limits)).chunks)
    return error.value.message


def put(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


class TestOldWorkbooks:
    def test_a_sheet_says_what_an_xlsx_would_say(self) -> None:
        loaded = load(MONTHS, "surveys", map_of("三月"))
        assert loaded.frame["response_id"].tolist() == ["000007", "A2"]
        assert loaded.frame["answered_at"].tolist() == [1772690551, 1772726400]
        assert loaded.frame["csat"].tolist() == [5.0, 4.5]
        assert loaded.frame["comment"].tolist()[0] == "很好，𠮷😀"
        assert loaded.reasons == [(4, "答卷编号", "digits_lost")]
        assert (loaded.facts.sheet, loaded.facts.calendar) == ("三月", 1900)
        assert loaded.facts.unread_sheets == ("四月", "说明", "隐藏（隐藏 hidden）")

    def test_several_sheets_that_would_do_are_named_and_the_way_to_read_all_is_told(self) -> None:
        said = refused(MONTHS)
        assert "三月, 四月" in said
        assert 'sheet = "*"' in said

    def test_every_sheet_is_read_by_the_names_of_its_columns(self) -> None:
        loaded = load(MONTHS, "surveys", map_of("*"))
        assert loaded.frame["response_id"].tolist() == ["000007", "A2", "B1", "B2"]
        assert loaded.frame["comment"].tolist()[2:] == ["好", "慢"]
        assert loaded.rows_read == 5
        assert loaded.facts.sheet == "三月, 四月"

    def test_the_name_of_a_file_says_nothing(self, tmp_path: Path) -> None:
        assert len(load(put(tmp_path / "a.csv", MONTHS.read_bytes()), "surveys", map_of("四月")).frame) == 2

    @pytest.mark.parametrize("kept", [600, 1_311, 3_000, 5_000])
    def test_one_that_was_cut_short_is_refused(self, kept: int, tmp_path: Path) -> None:
        assert "damaged" in refused(put(tmp_path / "a.xls", MONTHS.read_bytes()[:kept]), map_of("三月"))

    def test_wrong_bytes_are_refused_or_read_and_never_a_fault(self, tmp_path: Path) -> None:
        choice, whole = random.Random(12), MONTHS.read_bytes()
        for _ in range(150):
            content = bytearray(whole)
            for _ in range(choice.randrange(1, 6)):
                content[choice.randrange(8, len(whole))] = choice.choice([0, 1, 0x3C, 0x7F, 0xFE, 0xFF])
            with suppress(FileRefused):
                batch = open_file(put(tmp_path / "a.xls", bytes(content)), "surveys", map_of("三月"), now=NOW)
                list(batch.chunks)

    def test_a_chain_of_sectors_that_runs_in_a_circle_ends(self, tmp_path: Path) -> None:
        content = bytearray(MONTHS.read_bytes())
        table = 512 * (1 + int.from_bytes(content[76:80], "little"))
        content[table : table + 4] = (0).to_bytes(4, "little")  # the sector after the first is the first
        assert "damaged" in refused(put(tmp_path / "a.xls", bytes(content)), map_of("三月"))

    def test_limits_hold(self) -> None:
        assert "columns" in refused(MONTHS, map_of("三月"), columns=3)
        assert "characters" in refused(MONTHS, map_of("三月"), cell_chars=8)

    def test_what_else_lies_in_such_a_file_is_refused_by_its_name(self, tmp_path: Path) -> None:
        document = MONTHS.read_bytes().replace("Workbook".encode("utf-16-le"), "WordDocu".encode("utf-16-le"))
        assert "an old Office" in refused(put(tmp_path / "a.xls", document))


class TestEverySheet:
    def book(self, folder: Path, *sheets: tuple[str, list[list[object]]]) -> Path:
        import openpyxl

        book = openpyxl.Workbook()
        for place, (name, rows) in enumerate(sheets):
            sheet = book.active if not place else book.create_sheet()
            assert sheet is not None
            sheet.title = name
            for row in rows:
                sheet.append(row)
        book.save(folder / "a.xlsx")
        return folder / "a.xlsx"

    def test_rows_are_numbered_on_and_say_where_they_came_from(self, tmp_path: Path) -> None:
        bad = ["2", "no time", "官网", "一组", "5", "x"]
        path = self.book(
            tmp_path, ("三月", [["导出"], HEADER, ROW]), ("说明", [["x"]]), ("四月", [HEADER, bad, ["008", *ROW[1:]]])
        )
        loaded = load(path, "surveys", map_of("*"))
        assert loaded.frame["row"].tolist() == [3, 6]
        (rejected,) = loaded.rejected
        assert (rejected.row, rejected.raw[SHEETS[0]], rejected.raw[SHEETS[1]]) == (5, "四月", "2")
        assert loaded.facts.other_sheets == ("说明",)

    def test_a_map_may_take_the_sheets_name_for_a_column(self, tmp_path: Path) -> None:
        path = self.book(tmp_path, ("甲组", [HEADER, ROW]), ("乙组", [HEADER, ["008", *ROW[1:]]]))
        assert load(path, "surveys", map_of("*", team=SHEETS[0])).frame["team"].tolist() == ["甲组", "乙组"]

    def test_a_column_that_one_sheet_lacks_has_no_value_there(self, tmp_path: Path) -> None:
        path = self.book(tmp_path, ("三月", [HEADER, ROW]), ("四月", [[*HEADER, "产品"], ["008", *ROW[1:], "邮轮"]]))
        frame = load(path, "surveys", map_of("*", product="产品")).frame
        # 三月 does not have what this map takes, so it is told as not read
        assert frame["response_id"].tolist() == ["008"]
        frame = load(path, "surveys", map_of("*")).frame
        assert frame["response_id"].tolist() == ["007", "008"]

    def test_made_ids_do_not_depend_on_the_sheet_that_a_row_stands_in(self, tmp_path: Path) -> None:
        made = {"response_id": {"row_number": True}}
        one = load(self.book(tmp_path, ("三月", [HEADER, ROW])), "surveys", map_of("*", **made))
        two = load(self.book(tmp_path, ("说明", [["x"]]), ("其他", [HEADER, ROW])), "surveys", map_of("*", **made))
        assert one.frame["response_id"].tolist() == two.frame["response_id"].tolist()

    def test_one_sheet_is_read_as_if_it_were_named(self, tmp_path: Path) -> None:
        assert load(write_xlsx(tmp_path / "a.xlsx", [HEADER, ROW]), "surveys", map_of("*")).rows_read == 1


def ods(path: Path, table: str, styles: str = "", before: str = "") -> Path:
    """An OpenDocument spreadsheet with this table in it."""
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content{names}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        package.writestr("content.xml", content)
    return path


def texts(*cells: str, times: str = "") -> str:
    said = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in cells
    )
    return f"<table:table-row{times}>{said}</table:table-row>"


def value(kind: str, attribute: str, said: str, shown: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="{kind}" office:{attribute}="{said}"><text:p>{shown or said}</text:p>'
        "</table:table-cell>"
    )


class TestOpenDocument:
    def test_each_kind_of_cell_says_what_an_xlsx_would_say(self, tmp_path: Path) -> None:
        row = "".join([
            value("float", "value", "7", "000007"),
            value("date", "date-value", "2026-03-05T14:02:31", "5.3.2026"),
            '<table:table-cell office:value-type="string"><text:p>官网</text:p></table:table-cell>',
            '<table:table-cell office:value-type="string"><office:annotation><text:p>批注</text:p></office:annotation>'
            "<text:p>一组</text:p></table:table-cell>",
            value("float", "value", "4.5"),
            '<table:table-cell office:value-type="string"><text:p>很<text:s text:c="2"/>好</text:p><text:p>再来'
            "</text:p></table:table-cell>",
        ])  # fmt: skip
        empty = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
        rows = f"{texts(*HEADER)}<table:table-row>{row}</table:table-row>{empty}"
        table = f'<table:table table:name="三月">{rows}</table:table>'
        loaded = load(ods(tmp_path / "a.ods", table), "surveys")
        assert loaded.frame.iloc[0][["response_id", "team", "csat", "comment"]].tolist() == [
            "000007", "一组", 4.5, "很  好\n再来",
        ]  # fmt: skip
        assert loaded.frame["answered_at"].tolist() == [1772690551]
        assert loaded.facts.sheet == "三月"

    def test_a_failed_formula_is_an_error_and_no_answer(self, tmp_path: Path) -> None:
        failed = texts(*ROW).replace(
            '"string"><text:p>5<', '"float" office:value="0" table:formula="of:=1/0"><text:p>#DIV/0!<'
        )
        loaded = load(ods(tmp_path / "a.ods", f"<table:table>{texts(*HEADER)}{failed}</table:table>"), "surveys")
        assert loaded.reasons == [(2, "总体满意度(1-5)", "error_cell")]

    def test_a_hidden_sheet_is_told_and_not_read(self, tmp_path: Path) -> None:
        style = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
        hidden = f'<table:table table:name="旧" table:style-name="ta2">{texts(*HEADER)}{texts(*ROW)}</table:table>'
        shown = f'<table:table table:name="新">{texts(*HEADER)}{texts("008", *ROW[1:])}</table:table>'
        loaded = load(ods(tmp_path / "a.ods", hidden + shown, style), "surveys")
        assert (loaded.frame["response_id"].tolist(), loaded.facts.hidden_sheets) == (["008"], ("旧",))

    def test_repetition_bursts_nothing(self, tmp_path: Path) -> None:
        many = texts(*ROW, times=' table:number-rows-repeated="100000000"')
        assert "rows" in refused(ods(tmp_path / "a.ods", f"<table:table>{texts(*HEADER)}{many}</table:table>"))
        wide = texts("x").replace("<table:table-cell ", '<table:table-cell table:number-columns-repeated="16384" ')
        assert "columns" in refused(ods(tmp_path / "b.ods", f"<table:table>{texts(*HEADER)}{wide}</table:table>"))

    def test_a_document_type_refuses_it(self, tmp_path: Path) -> None:
        path = ods(tmp_path / "a.ods", "<table:table/>", before='<!DOCTYPE x [<!ENTITY a "b">]>')
        assert "DTD" in refused(path)

    def test_one_that_is_damaged_is_refused(self, tmp_path: Path) -> None:
        assert "damaged" in refused(ods(tmp_path / "a.ods", "<table:table>"))


def page(*rows: list[str], tag: str = "td", more: str = "") -> str:
    said = "".join("<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in row) + "</tr>" for row in rows)
    return (
        f"<html><head><meta charset=gb2312><style>td{{x}}</style></head><body>{more}<table>{said}</table></body></html>"
    )


class TestUnderTheNameXls:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
    def test_a_web_page_is_read_as_its_table(self, encoding: str, tmp_path: Path) -> None:
        row = ["007", "2026-03-05 14:02:31", "官网", "一组", "5", "很&nbsp;好<br>再来 &amp; &lt;b&gt;"]
        path = put(tmp_path / "导出.xls", page(HEADER, row, more="<p>报表</p>").encode(encoding))
        loaded = load(path, "surveys")
        assert loaded.frame["response_id"].tolist() == ["007"]
        assert loaded.frame["comment"].tolist() == ["很 好\n再来 & <b>"]
        assert loaded.frame["row"].tolist() == [2]
        assert (loaded.facts.sheet, loaded.facts.encoding[:3]) == ("表格 1", encoding[:3].replace("gbk", "gb1"))

    def test_the_table_that_has_what_is_needed_is_taken_also_within_another(self, tmp_path: Path) -> None:
        inner = page(HEADER, ROW).split("<body>")[1].split("</body>")[0]
        outer = f"<!DOCTYPE html><table><tr><td>目录<td>{inner}</table>"
        loaded = load(put(tmp_path / "a.xls", outer.encode()), "surveys")
        assert (loaded.rows_read, loaded.facts.sheet) == (1, "表格 2")

    def test_cells_over_several_columns_and_rows_push_no_value_under_another_header(self, tmp_path: Path) -> None:
        head = "<tr><th rowspan=2>答卷编号<th rowspan=2>提交时间<th colspan=2>谁<th rowspan=2>总体满意度(1-5)"
        rows = f"{head}<tr><th>渠道<th>服务班组<tr><td>007<td>2026-03-05<td>官网<td>一组<td>5"
        loaded = load(put(tmp_path / "a.xls", f"<table>{rows}</table>".encode()), "surveys")
        assert loaded.frame[["response_id", "channel", "team", "csat"]].values.tolist() == [
            ["007", "官网", "一组", 5.0]
        ]

    def test_a_page_without_a_table_is_refused_as_one(self, tmp_path: Path) -> None:
        assert "a web page" in refused(put(tmp_path / "a.xls", "<html>请先登录</html>".encode()))

    def test_a_page_that_bursts_is_refused(self, tmp_path: Path) -> None:
        assert "columns" in refused(put(tmp_path / "a.xls", b"<table><tr>" + b"<td>x" * 600))
        assert "characters" in refused(put(tmp_path / "b.xls", b"<table><tr><td>" + b"x" * 70_000))
        assert "characters" in refused(put(tmp_path / "c.xls", b"<table><tr><td " + b"x" * 3_000_000))
        assert "parts" in refused(put(tmp_path / "d.xls", b"<table><tr><td>" * 201))

    def test_a_script_is_no_text_and_a_declared_entity_no_page(self, tmp_path: Path) -> None:
        row = [*ROW[:5], "好<script>alert(1)</script>"]
        assert load(put(tmp_path / "a.xls", page(HEADER, row).encode()), "surveys").frame["comment"].tolist() == ["好"]
        content = b'<!DOCTYPE html [<!ENTITY a "b">]>' + page(HEADER, ROW).encode()
        assert "a web page or XML" in refused(put(tmp_path / "b.xls", content))

    @pytest.mark.parametrize("encoding", ["gbk", "utf-16"])
    def test_tab_separated_text_is_read_as_such(self, encoding: str, tmp_path: Path) -> None:
        lines = "\r\n".join("\t".join(row) for row in (HEADER, ROW))
        loaded = load(put(tmp_path / "导出.xls", lines.encode(encoding)), "surveys")
        assert (loaded.rows_read, loaded.facts.delimiter) == (1, "\t")


def zipped(path: Path, files: dict[str, bytes], gbk: bool = False) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, content)
    if gbk:  # as Windows writes them: the bytes of GBK, and no word of UTF-8
        content = path.read_bytes()
        for name in files:
            content = content.replace(name.encode(), name.encode("gbk").ljust(len(name.encode()), b"_"))
        path.write_bytes(content.replace(b"\x00\x08", b"\x00\x00"))
    return path


def csv_of(*rows: list[str], encoding: str = "utf-8") -> bytes:
    return "".join(",".join(row) + "\r\n" for row in rows).encode(encoding)


class TestZips:
    def test_its_files_are_one_table_each_read_in_its_own_way(self, tmp_path: Path) -> None:
        path = zipped(tmp_path / "a.zip", {
            "三月.csv": csv_of(HEADER, ROW, encoding="gbk"),
            "folder/四月.csv": csv_of([HEADER[5], *HEADER[:5]], ["慢", "008", *ROW[1:5]]).replace(b",", b";"),
            "__MACOSX/._三月.csv": b"\0\1",
            "说明.txt": "这是说明".encode(),
        })  # fmt: skip
        loaded = load(path, "surveys")
        assert loaded.frame["response_id"].tolist() == ["007", "008"]
        assert loaded.frame["comment"].tolist() == ["很好", "慢"]
        assert loaded.facts.other_sheets == ("说明.txt",)

    def test_a_row_that_waits_says_in_which_file_it_stood(self, tmp_path: Path) -> None:
        files = {"1.csv": csv_of(HEADER, ROW), "2.csv": csv_of(HEADER, ["9", "x", *ROW[2:]], ROW[:3])}
        loaded = load(zipped(tmp_path / "a.zip", files), "surveys")
        bad, narrow = loaded.rejected
        assert (bad.row, bad.raw[FILES[0]], bad.raw[FILES[1]]) == (4, "2.csv", "2")
        assert (narrow.row, narrow.reason) == (5, "wrong_width")

    def test_names_in_gbk_are_read(self, tmp_path: Path) -> None:
        path = zipped(tmp_path / "a.zip", {"三月.csv": csv_of(HEADER, ["9", "x", *ROW[2:]], ROW)}, gbk=True)
        (bad,) = load(path, "surveys").rejected
        assert bad.raw[FILES[0]].startswith("三月.csv")

    @pytest.mark.parametrize("name", ["../a.csv", "/etc/a.csv", "x/../../a.csv", "..\\a.csv", "C:\\a.csv"])
    def test_a_path_that_leads_out_refuses_it(self, name: str, tmp_path: Path) -> None:
        assert "leads out of it" in refused(zipped(tmp_path / "a.zip", {name: csv_of(HEADER, ROW)}))

    def test_nothing_is_unpacked_onto_the_disk(self, tmp_path: Path) -> None:
        load(zipped(tmp_path / "a.zip", {"a.csv": csv_of(HEADER, ROW)}), "surveys")
        assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]

    def test_a_bomb_is_refused_by_what_it_says_and_by_what_it_is(self, tmp_path: Path) -> None:
        path = zipped(tmp_path / "a.zip", {"a.csv": csv_of(HEADER, ROW) + b"\n" * 30_000_000})
        assert "packed size" in refused(path)
        assert "unpacked" in refused(path, inflated_bytes=1_000_000)
        lying = path.read_bytes().replace((30_000_000 + len(csv_of(HEADER, ROW))).to_bytes(4, "little"), b"\x10\0\0\0")
        said = refused(put(tmp_path / "b.zip", lying))
        assert "packed size" in said or "damaged" in said

    def test_what_is_no_csv_is_refused_by_its_name(self, tmp_path: Path) -> None:
        book = write_xlsx(tmp_path / "b.xlsx", [HEADER, ROW]).read_bytes()
        assert "b.xlsx is no CSV" in refused(zipped(tmp_path / "a.zip", {"b.xlsx": book}))
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w") as package:
            package.writestr("a.csv", "x")
        assert "is no CSV" in refused(zipped(tmp_path / "c.zip", {"d.zip": inner.getvalue()}))

    def test_two_files_of_one_name_or_none_refuse_it(self, tmp_path: Path) -> None:
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as package:
            package.writestr("a.csv", "x")
            with pytest.warns(UserWarning, match="Duplicate"):
                package.writestr("a.csv", "y")
        assert "two of one name" in refused(tmp_path / "a.zip")

    def test_a_zip_of_one_file_is_no_workbook_whose_short_rows_are_filled_up(self, tmp_path: Path) -> None:
        loaded = load(zipped(tmp_path / "a.zip", {"a.csv": csv_of(HEADER, ROW[:3])}), "surveys")
        assert [reason for _, _, reason in loaded.reasons] == ["wrong_width"]
