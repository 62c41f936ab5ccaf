"""The page 载入文件: the preview, its problems, a map made by choosing, and the load itself."""

from __future__ import annotations

import json
import re
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from servq.errors import ServqError
from servq.exports import csv_bytes
from servq.ingest.load import Progress, load_file
from servq.ingest.look_through import MORE_CHUNKS
from servq.ingest.preview import LOOKED_AT
from servq.loaders.cells.chunks import CHUNK_ROWS
from servq.loaders.maps.map_writer import kept_maps
from servq.records import LoadReport
from servq.ui.health import quarantine
from servq.ui.health.upload import upload_drop, upload_report
from servq.ui.health.upload.upload_file import private_file
from servq.ui.health.upload.upload_job import Job
from tests.cli.test_desk_and_review_exports import BOOKING, DESK, TICKETS
from tests.cli.test_known_exports import SAMPLES

Page, Said = Callable[..., AppTest], Callable[[AppTest], str]

HEADERS = "答卷编号,提交时间,渠道,班组,推荐意愿(0-10),满意度,您的意见和建议,会员编号,内部备注"
GOOD = "007,2025-03-04 10:00,官网,一组,9,5,我的电话 13812345678,V1001,x"
BAD = "008,2025-03-04 11:00,官网,一组,11,5,,V1002,x"
FOREIGN = "单号;点评日期;打分;内容\n0012;发表于05-03-26;4分;房间干净\n0013;发表于06-03-26;暂无;等了很久\n"
EVERYTHING = dict.fromkeys(("response_id", "answered_at", "channel", "team", "comment"), "from:单号")
SURVEY = "\n".join([HEADERS, GOOD, BAD, ""])


def flat(text: str) -> str:
    return " ".join(text.split())


def sent(app: AppTest, name: str, content: str | bytes, encoding: str = "utf-8") -> AppTest:
    """The page after a file was dropped on it."""
    app.file_uploader[0].upload(name, content if isinstance(content, bytes) else content.encode(encoding))
    app.run()
    assert not app.exception
    return app


def clicked(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click()
    app.run()
    if upload_report.JOB in app.session_state and app.session_state[upload_report.JOB].is_alive():
        app.session_state[upload_report.JOB].join()
        app.run()
    assert not app.exception
    return app


def chosen(app: AppTest, **columns: str) -> None:
    """Say in the form where columns come from."""
    for column, value in columns.items():
        app.selectbox(key=f"map-surveys-{column}-from").set_value(value)
    app.run()


def told(app: AppTest, **options: str) -> None:
    """Fill in the fields of the form that belong to columns: csat_scale="1-5"."""
    for name, text in options.items():
        column, _, option = name.rpartition("_")
        app.text_input(key=f"map-surveys-{column}-{option}").set_value(text)


def left_behind(home: Path) -> list[Path]:
    return [path for path in (home / "uploads").rglob("*") if path.is_file()]


class TestBeforeAFile:
    def test_it_says_what_such_a_file_should_have(self, empty: SimpleNamespace, page: Page, said: Said) -> None:
        text = flat(said(page("upload")))
        assert "载入一份文件" in text
        assert "答卷编号 response_id 必填" in text
        assert "投诉单号 complaint_id 必填" in flat(said(page("upload", source="complaints")))

    def test_the_size_is_the_smaller_of_the_two_limits(self, empty: SimpleNamespace, page: Page) -> None:
        assert upload_drop.most_mib() == st.get_option("server.maxUploadSize") == 200
        (empty.home / "servq.toml").write_text("[limits]\nfile_bytes = 3145728\n", encoding="utf-8")
        uploader = page("upload").file_uploader[0]
        assert uploader.proto.max_upload_size_mb == 3
        assert "不超过 3 MB" in uploader.label

    def test_where_others_can_open_it_and_nobody_signs_in_nothing_can_be_loaded(
        self, empty: SimpleNamespace, page: Page, said: Said
    ) -> None:
        usual = st.get_option("server.address")
        st._config.set_option("server.address", "0.0.0.0", "test")
        try:
            app = page("upload")
        finally:
            st._config.set_option("server.address", usual, "test")
        assert "这里不能载入文件" in said(app)
        assert not app.file_uploader


class TestAFileThatFits:
    def test_shows_how_it_is_understood(self, empty: SimpleNamespace, page: Page, said: Said) -> None:
        text = flat(said(sent(page("upload"), "导出.csv", SURVEY, "gb18030")))
        assert "读懂了：2 行，8 列已对应，其中 1 行要隔离" in text
        assert "编码 gb18030 分隔符 , 表头在第 1 行" in text
        assert "推荐意愿(0-10) → 推荐意愿 likelihood 9" in text
        assert "没有用到的列：内部备注" in text
        assert "3 推荐意愿(0-10) 11 超出允许范围" in text

    def test_of_a_long_one_no_more_is_said_than_was_seen(self, empty: SimpleNamespace, page: Page, said: Said) -> None:
        good = (f"g{i},2025-03-04 10:00,官网,一组,9,5,,,x" for i in range(11_500))
        text = flat(said(sent(page("upload"), "长.csv", "\n".join([HEADERS, BAD, *good, ""]))))
        assert re.search(r"读懂了：约 11,\d{3} 行，8 列已对应，前 11,000 行中 1 行要隔离", text)

    def test_one_that_will_be_refused_for_its_rows_says_so_before_the_click(
        self, empty: SimpleNamespace, page: Page, said: Said
    ) -> None:
        bad = "\n".join([HEADERS, *(f"b{i},someday,官网,一组,9,5,,,x" for i in range(4)), ""])
        app = sent(page("upload"), "坏.csv", bad)
        text = flat(said(app))
        assert "这份文件还不能载入" in text
        assert "4 行中有 4 行不可信" in text
        assert "--max-bad-share" not in text
        assert str(empty.home) not in text
        assert "someday" in text, "an example of what stands there"
        assert "（没有值） " not in text
        assert not [button for button in app.button if button.key == "upload-load"]

    def test_shows_nobodys_personal_data(self, empty: SimpleNamespace, page: Page, drawn: Said) -> None:
        text = drawn(sent(page("upload"), "回访13812345678.csv", SURVEY))
        assert "我的电话 [手机]" in text
        assert "13812345678" not in text
        assert "V1001" not in text
        assert "V1002" not in text

    def test_is_text_whatever_it_contains(self, empty: SimpleNamespace, page: Page, drawn: Said) -> None:
        hostile = SURVEY.replace("内部备注", "<img src=x>").replace("官网", "<script>1</script>")
        text = drawn(sent(page("upload"), "<b>a</b>.csv", hostile))
        assert "<img" not in text
        assert "<script" not in text
        assert "<b>a" not in text

    def test_is_stored_only_when_somebody_confirms(self, empty: SimpleNamespace, page: Page, said: Said) -> None:
        app = sent(page("upload"), "导出.csv", SURVEY)
        assert empty.count("SELECT count(*) FROM load_log") == 0
        text = flat(said(clicked(app, "upload-load")))
        assert "载入完成：新增 1，隔离 1" in text
        assert "2 读取 = 1 新增 + 0 更新 + 0 重复 + 0 冲突 + 1 隔离 核对一致 ✓" in text
        assert "1 超出允许范围" in text
        assert empty.count("SELECT count(*) FROM response") == 1
        assert empty.count("SELECT count(*) FROM load_log WHERE origin = 'upload'") == 1

    def test_leaves_nothing_of_itself_behind(self, empty: SimpleNamespace, page: Page) -> None:
        app = sent(page("upload"), "回访13812345678.csv", SURVEY)
        assert left_behind(empty.home) == []
        clicked(app, "upload-load")
        assert left_behind(empty.home) == []
        assert empty.count("SELECT count(*) FROM load_log WHERE file_name LIKE '%13812345678%'") == 0
        assert not app.file_uploader[0].value

    def test_loaded_again_is_said_to_be_in_already(self, empty: SimpleNamespace, page: Page, said: Said) -> None:
        clicked(sent(page("upload"), "a.csv", SURVEY), "upload-load")
        assert "已经载入过，没有变化" in said(clicked(sent(page("upload"), "b.csv", SURVEY), "upload-load"))
        assert empty.count("SELECT count(*) FROM load_log") == 1

    def test_its_figures_are_there_at_once(self, empty: SimpleNamespace, page: Page, said: Said) -> None:
        clicked(sent(page("upload"), "a.csv", SURVEY), "upload-load")
        assert "n = 1" in flat(said(page("weekly")))


class TestAFileThatIsRefused:
    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"MZ\x90\x00\x03" + bytes(range(256)), "文件内容不是 CSV 或 XLSX"),
            (b"", "文件是空的"),
            (HEADERS.encode(), "文件只有表头"),
            (b"a,b\n1,2\n", "缺少必需列"),
        ],
        ids=["a program", "empty", "no rows", "other columns"],
    )
    def test_says_so_and_offers_no_load(
        self, empty: SimpleNamespace, page: Page, said: Said, content: bytes, sentence: str
    ) -> None:
        app = sent(page("upload"), "report.csv", content)
        assert "这份文件还不能载入" in said(app)
        assert sentence in said(app)
        assert "upload-load" not in [button.key for button in app.button]
        assert left_behind(empty.home) == []

    def test_shows_nobodys_data_where_it_has_no_header(self, empty: SimpleNamespace, page: Page, drawn: Said) -> None:
        rows = "张三,13812345678,很好\n李四,13912345678,一般\n"
        app = clicked(sent(page("upload"), "名单.csv", rows), "upload-by-hand")
        assert not [part for part in ("13812345678", "13912345678") if part in drawn(app)]
        shown = app.selectbox(key="map-surveys-comment-from").options
        assert "[手机]" in shown
        assert "13812345678" not in shown

    def test_shows_no_example_of_a_person(self, empty: SimpleNamespace, page: Page, drawn: Said) -> None:
        app = sent(page("upload"), "a.csv", "客户姓名,会员编号,打分\n王小明,V1001,5\n")
        text = drawn(clicked(app, "upload-by-hand"))
        chosen(app, team="from:客户姓名")
        text += drawn(app)
        assert "[姓名]" in text
        assert "王小明" not in text
        assert "V1001" not in text

    def test_at_its_end_is_said_before_the_click_as_far_as_the_look_goes(
        self, empty: SimpleNamespace, page: Page, said: Said
    ) -> None:
        app = sent(page("upload"), "a.csv", self.broken_after(30_000))
        assert "这份文件还不能载入" in said(app)
        assert "第 30002 行" in said(app)
        assert "upload-load" not in [button.key for button in app.button]
        assert empty.count("SELECT count(*) FROM response") == 0

    def test_only_behind_the_look_loads_nothing(self, empty: SimpleNamespace, page: Page, said: Said) -> None:
        """The look ends after some hundred thousand rows; what is broken behind them stops the load."""
        app = sent(page("upload"), "a.csv", self.broken_after((LOOKED_AT + MORE_CHUNKS + 1) * CHUNK_ROWS))
        assert "读懂了：约" in said(app)
        assert "没有载入任何内容" in said(clicked(app, "upload-load"))
        assert empty.count("SELECT count(*) FROM response") == 0
        assert left_behind(empty.home) == []

    @staticmethod
    def broken_after(count: int) -> str:
        rows = [f"{i},2025-03-04 10:00,官网,一组,9,5,,,x" for i in range(count)]
        return "\n".join([HEADERS, *rows, '9,2025-03-04 10:00,官网,一组,9,5,"broken'])


class TestAKnownExport:
    @pytest.mark.parametrize(
        "name",
        [
            "wjx",
            "typeform",
            "surveymonkey",
            "qualtrics",
            "google_forms_zh",
            "chatwoot",
            "jinshuju",
            "delighted",
            "ctrip",
        ],
    )
    def test_fills_in_the_form_and_asks_for_what_it_lacks(
        self, empty: SimpleNamespace, page: Page, said: Said, name: str
    ) -> None:
        app = sent(page("upload"), f"{name}.csv", SAMPLES[name][0])
        app = clicked(app, "upload-known")
        told(app, channel_constant="官网", team_constant="一组")
        app = clicked(app, "map-surveys-apply")
        assert "读懂了" in said(app)
        clicked(app, "upload-load")
        assert empty.count("SELECT count(*) FROM response WHERE channel = '官网' AND team = '一组'") == 2
        assert empty.count("SELECT count(likelihood) + count(csat) FROM response") >= 2

    def test_of_ten_points_shows_its_scale_and_where_satisfied_begins_in_the_form(
        self, empty: SimpleNamespace, page: Page, said: Said
    ) -> None:
        app = clicked(sent(page("upload"), "booking.csv", BOOKING), "upload-known")
        assert app.text_input(key="map-surveys-csat_other-scale").value == "1-10"
        assert app.text_input(key="map-surveys-csat_other-satisfied_from").value == "7"
        assert app.text_input(key="map-surveys-comment-join").value == "Negative review"
        app.text_input(key="map-surveys-csat_other-satisfied_from").set_value("8")
        told(app, channel_constant="Booking", team_constant="前厅")
        assert "读懂了" in said(clicked(app, "map-surveys-apply"))
        clicked(app, "upload-load")
        assert empty.count("SELECT count(*) FROM response WHERE csat_satisfied_from = 8 AND csat_scale = '1–10'") == 3
        assert empty.count("SELECT sum(csat_other_satisfied) FROM survey_cell") == 1  # 7, 6 and 10: only the 10

    @pytest.mark.parametrize(("source", "text"), [("complaints", TICKETS), ("surveys", TICKETS), ("complaints", DESK)])
    def test_of_a_help_desk_lacks_nothing(
        self, empty: SimpleNamespace, page: Page, said: Said, source: str, text: str
    ) -> None:
        app = sent(page("upload", source=source), "tickets.csv", text)
        app = clicked(clicked(app, "upload-known"), f"map-{source}-apply")
        assert "读懂了" in said(app)
        clicked(app, "upload-load")
        table, rows = ("complaint", 3) if source == "complaints" else ("response", 2)  # one was not rated
        assert empty.count(f"SELECT count(*) FROM {table}") == rows

    def test_after_another_one_keeps_nothing_of_how_that_was_read(
        self, empty: SimpleNamespace, page: Page, said: Said
    ) -> None:
        app = clicked(sent(page("upload"), "q.csv", SAMPLES["qualtrics"][0]), "upload-known")
        app.selectbox(key="upload-how-surveys").set_value("by-name").run()
        app.file_uploader[0].set_value([])
        app = clicked(sent(app, "t.csv", SAMPLES["typeform"][0]), "upload-known")
        told(app, channel_constant="官网", team_constant="一组")
        assert "读懂了" in said(clicked(app, "map-surveys-apply"))


class TestAMapMadeByChoosing:
    @pytest.fixture
    def form(self, empty: SimpleNamespace, page: Page) -> AppTest:
        """The form after a foreign file was dropped."""
        app = sent(page("upload"), "点评.csv", FOREIGN, "gb18030")
        return clicked(app, "upload-by-hand")

    def test_reads_a_foreign_file(self, form: AppTest, empty: SimpleNamespace, said: Said) -> None:
        taken = {"response_id": "单号", "answered_at": "点评日期", "csat": "打分", "comment": "内容"}
        chosen(form, **{name: f"from:{header}" for name, header in taken.items()}, channel="constant", team="constant")
        told(form, response_id_prefix="site-", answered_at_format="发表于%d-%m-%y", csat_missing="暂无、-")
        told(form, csat_scale="1-5", csat_words="满分=5、及格=3", channel_constant="OTA", team_constant="平台组")
        text = flat(said(clicked(form, "map-surveys-apply")))
        assert "读懂了：2 行，6 列已对应，没有发现问题" in text
        assert "2 site-0012 2026-03-05 00:00 OTA 平台组 4 房间干净" in text
        clicked(form, "upload-load")
        assert empty.count("SELECT count(*) FROM response WHERE csat IS NULL AND channel = 'OTA'") == 1
        assert json.loads(_map_of_last_load(empty))["columns"]["team"] == {"constant": "平台组"}

    def test_shows_an_example_of_what_is_chosen(self, form: AppTest, said: Said) -> None:
        chosen(form, answered_at="from:点评日期")
        assert "例：发表于05-03-26" in said(form)

    def test_that_makes_no_sense_says_why(self, form: AppTest, said: Said) -> None:
        assert "映射缺少必需列" in said(clicked(form, "map-surveys-apply"))
        chosen(form, csat="from:打分")
        told(form, csat_scale="一到五")
        assert "“['一到五']”在这里没有意义" in said(clicked(form, "map-surveys-apply"))

    def test_is_kept_for_the_next_file(self, form: AppTest, empty: SimpleNamespace, page: Page, said: Said) -> None:
        chosen(form, **EVERYTHING)
        clicked(form, "map-surveys-apply")
        form.text_input(key="map-surveys-name").set_value("携程 点评")
        assert "已保存为映射“携程-点评”" in said(clicked(form, "map-surveys-keep"))
        assert list(kept_maps(empty.home, "surveys")) == ["携程-点评"]
        again = sent(page("upload"), "点评.csv", FOREIGN, "gb18030")
        again.selectbox(key="upload-how-surveys").set_value("携程-点评")
        again.run()
        assert "5 列已对应" in said(again)

    def test_says_when_it_is_not_what_the_form_says_any_more(self, form: AppTest, said: Said) -> None:
        chosen(form, **EVERYTHING)
        assert "还没有用于预览" not in said(clicked(form, "map-surveys-apply"))
        chosen(form, team="from:内容")
        assert "选择有改动，还没有用于预览和载入" in said(form)

    def test_says_how_the_file_is_read(self, form: AppTest, said: Said) -> None:
        form.selectbox(key="map-surveys-delimiter").set_value(",")
        form.run()
        assert "分隔符 ," in flat(said(form))


def _map_of_last_load(found: SimpleNamespace) -> str:
    with found.warehouse.read() as connection:
        return str(connection.exec_driver_sql("SELECT map_text FROM load_log ORDER BY load_id DESC").scalar())


class TestThePrivateFile:
    def test_is_its_owners_alone_and_gone_afterwards(self, tmp_path: Path) -> None:
        with private_file(b"abc", "../../x.csv", tmp_path) as path:
            assert path.read_bytes() == b"abc"
            assert path.name == "x.csv"
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
            assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert left_behind(tmp_path) == []

    def test_is_gone_after_an_error_too(self, tmp_path: Path) -> None:
        with pytest.raises(ServqError), private_file(b"abc", "x.csv", tmp_path):
            raise ServqError("x", "x")
        assert left_behind(tmp_path) == []

    def test_two_of_one_name_are_two(self, tmp_path: Path) -> None:
        with private_file(b"1", "x.csv", tmp_path) as one, private_file(b"2", "x.csv", tmp_path) as other:
            assert (one.read_bytes(), other.read_bytes()) == (b"1", b"2")

    def test_what_a_killed_process_left_is_cleared_away(self, tmp_path: Path) -> None:
        nobody = int(Path("/proc/sys/kernel/pid_max").read_text()) + 1
        (tmp_path / "uploads" / f"{nobody}-abc").mkdir(parents=True)
        (tmp_path / "uploads" / f"{nobody}-abc" / "x.csv").write_text("abc")
        with private_file(b"1", "x.csv", tmp_path):
            assert [path.read_text() for path in left_behind(tmp_path)] == ["1"]


class TestALoadUnderWay:
    REPORT = LoadReport("x.csv", "surveys", "loaded")

    def test_tells_how_far_it_is_and_ends_with_its_report(self) -> None:
        def work(progress: Callable[[int], None]) -> LoadReport:
            progress(50)
            return self.REPORT

        job = Job("x.csv", work, expected=200)
        job.start()
        job.join()
        assert (job.report, job.error, job.share) == (self.REPORT, None, 0.25)

    def test_stops_when_it_is_asked_to(self) -> None:
        asked = threading.Event()

        def work(progress: Callable[[int], None]) -> LoadReport:
            asked.wait(60)
            progress(1)
            return self.REPORT

        job = Job("x.csv", work)
        job.start()
        job.stop()
        asked.set()
        job.join()
        assert job.report is None
        assert job.error is not None
        assert "按要求停止" in job.error.zh

    @pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
    def test_a_fault_of_ours_is_said_without_its_trace(self) -> None:
        def work(progress: Callable[[int], None]) -> LoadReport:
            raise RuntimeError("secret")

        job = Job("x.csv", work)
        job.start()
        job.join()
        assert job.error is not None
        assert "意外中断" in job.error.zh
        assert "secret" not in job.error.message


def test_a_long_load_says_how_far_it_is_and_can_be_stopped(empty: SimpleNamespace, page: Page, said: Said) -> None:
    read, go_on = threading.Event(), threading.Event()

    def work(progress: Progress) -> LoadReport:
        progress(1_000)
        read.set()
        go_on.wait(60)
        progress(2_000)
        return LoadReport("x.csv", "surveys", "loaded")

    job = Job("x.csv", work, expected=4_000)
    job.start()
    read.wait(60)
    app = page("upload")
    app.session_state[upload_report.JOB] = job
    app.run()
    assert "正在载入…" in said(app)
    assert [bar.proto.value for bar in app.get("progress")] == [25]
    assert not app.file_uploader, "one at a time"
    app.button(key="upload-stop").click()
    app.run()
    go_on.set()
    job.join()
    app.run()
    assert "没有载入任何内容" in said(app)
    assert "按要求停止" in said(app)


def test_two_loads_at_once_end_as_one_after_the_other_would(empty: SimpleNamespace) -> None:
    def load(place: int) -> Callable[[Progress], LoadReport]:
        def work(progress: Progress) -> LoadReport:
            rows = [f"{place}-{i},2025-03-04 10:00,官网,一组,9,5,,,x" for i in range(50)]
            with private_file("\n".join([HEADERS, *rows]).encode(), "a.csv", empty.home) as path:
                return load_file(empty.warehouse, empty.home, path, "surveys", progress=progress)

        return work

    jobs = [Job("a.csv", load(place)) for place in range(3)]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join()
    assert [job.report and job.report.loaded for job in jobs] == [50, 50, 50], [job.error for job in jobs]
    assert empty.count("SELECT count(*) FROM response") == 150


class TestACorrectedQuarantineFile:
    def test_is_known_by_its_ids_and_tried_again(self, empty: SimpleNamespace, page: Page, said: Said) -> None:
        clicked(sent(page("upload"), "a.csv", SURVEY), "upload-load")
        mended = quarantine.file_of(empty.snapshot(), csv_bytes).decode("utf-8-sig").replace(",11,5,", ",10,5,")
        app = sent(page("upload"), "servq-quarantine.csv", mended)
        assert "更正过的隔离区：1 行等待重试，其中 1 行有改动" in said(app)
        assert "载入完成：新增 1" in said(clicked(app, "upload-retry"))
        assert empty.count("SELECT likelihood FROM response WHERE response_id = '008'") == 10
        assert empty.count("SELECT count(*) FROM quarantine WHERE state = 'waiting'") == 0

    def test_with_ids_of_another_warehouse_is_refused(self, empty: SimpleNamespace, page: Page, said: Said) -> None:
        app = sent(page("upload"), "x.csv", "隔离编号 quarantine_id,答卷编号\n77,1\n")
        assert "隔离区里没有编号 77" in said(app)


def test_headers_of_the_readers_language_are_named_first(empty: SimpleNamespace, page: Page, said: Said) -> None:
    assert "answered_at 必填 提交时间 · " in flat(said(page("upload")))
    assert "answered_at needed Answered at · Submitted at · " in flat(said(page("upload", lang="English")))


class TestSeveralFilesAtOnce:
    OTHER = "\n".join([HEADERS, GOOD.replace("007", "107"), ""])

    def dropped(self, page: Page) -> AppTest:
        app = page("upload")
        uploader = app.file_uploader[0]
        uploader.upload("三月.csv", SURVEY.encode())
        uploader.upload("四月.csv", self.OTHER.encode("gb18030"))
        uploader.upload("说明.pdf", b"%PDF-1.7")
        app.run()
        assert not app.exception
        return app

    def test_each_is_looked_at_and_nothing_is_loaded(self, empty: SimpleNamespace, page: Page, said: Said) -> None:
        text = flat(said(self.dropped(page)))
        assert "3 份文件，2 份可以载入" in text
        assert "三月.csv 读懂了：2 行，8 列已对应，看到 1 行要隔离" in text
        assert "四月.csv 读懂了：1 行，8 列已对应" in text
        assert "说明.pdf 不能载入：文件内容不是 CSV 或 XLSX，而是PDF 文档" in text

    def test_one_button_loads_them_and_one_report_tells_of_each(
        self, empty: SimpleNamespace, page: Page, said: Said
    ) -> None:
        text = flat(said(clicked(self.dropped(page), "upload-load-all")))
        assert "载入完成：新增 2，隔离 1" in text
        assert "3 读取 = 2 新增 + 0 更新 + 0 重复 + 0 冲突 + 1 隔离 核对一致 ✓" in text
        assert "三月.csv 已载入 2 1 0 0 0 1" in text
        assert "四月.csv 已载入 1 1 0 0 0 0" in text
        assert left_behind(empty.home) == []

    def test_what_is_in_already_is_told_and_counted_once(self, empty: SimpleNamespace, page: Page, said: Said) -> None:
        clicked(self.dropped(page), "upload-load-all")
        text = flat(said(clicked(self.dropped(page), "upload-load-all")))
        assert "没有变化 2 份文件 → 满意度问卷 · 3 行" in text
        assert "三月.csv 已经载入过，没有变化" in text


class TestTheFormSaysWhatAMapCan:
    FILE = "单号;日期;时间;渠道;组;分;状态\n1;2025-03-05;14:02;1;一组;9;有效\n2;2025-03-05;14:03;2;一组;8;无效\n"

    def test_rows_left_out_columns_joined_and_codes_named(self, empty: SimpleNamespace, page: Page, said: Said) -> None:
        form = clicked(sent(page("upload"), "a.csv", self.FILE), "upload-by-hand")
        columns = {"response_id": "单号", "answered_at": "日期", "channel": "渠道", "team": "组", "likelihood": "分"}
        assert form.selectbox(key="map-surveys-rows-0-from").value == ""
        chosen(form, **{name: f"from:{header}" for name, header in columns.items()})
        form.selectbox(key="map-surveys-rows-0-from").set_value("状态")
        form.text_input(key="map-surveys-rows-0-values").set_value("无效、测试")
        form.run()
        told(form, answered_at_join="时间", channel_names="1=官网、2=门店")
        text = flat(said(clicked(form, "map-surveys-apply")))
        assert "1 行按规则排除" in text
        table = form.session_state["map-surveys-table"]
        assert table["rows"] == [{"from": "状态", "leave_out": ["无效", "测试"]}]
        assert table["columns"]["answered_at"] == {"join": ["日期", "时间"]}
        assert table["columns"]["channel"] == {"from": "渠道", "names": {"1": "官网", "2": "门店"}}
