"""Builders of small exports, and a reader of whole batches."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd

from servq.loaders.read import open_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from servq.loaders.maps.map import Map
    from servq.records import FileFacts, Rejected

NOW = datetime(2026, 11, 1, tzinfo=UTC).timestamp()
"""The moment at which these tests read their files."""

ROWS: dict[str, list[dict[str, str]]] = {
    "surveys": [
        {"答卷编号": "0001", "提交时间": "2026-03-05 14:02:31", "渠道": "官网", "服务班组": "一组", "会员编号": "M007",
         "推荐意愿(0-10)": "9", "总体满意度(1-5)": "5", "您的意见和建议": "很好，\n下次再来"},
        {"答卷编号": "0002", "提交时间": "2026/3/5 14:02", "渠道": "OTA", "服务班组": "二组", "会员编号": "",
         "推荐意愿(0-10)": "", "总体满意度(1-5)": "4.5", "您的意见和建议": ""},
    ],
    "complaints": [
        {"投诉单号": "T1", "受理时间": "2026-03-05 09:00", "首次响应时间": "2026-03-05 09:30",
         "办结时间": "2026-03-06 10:00", "渠道": "APP", "责任班组": "一组", "投诉类别": "退款", "投诉内容": "退款太慢"},
        {"投诉单号": "T2", "受理时间": "2026年3月6日", "首次响应时间": "", "办结时间": "",
         "渠道": "门店", "责任班组": "二组", "投诉类别": "", "投诉内容": "没人理"},
    ],
    "visits": [
        {"访问编号": "V1", "访问时间": "2026-03-05", "渠道": "门店", "被访班组": "一组", "检查项": "问候",
         "得分": "4", "满分": "5"},
        {"访问编号": "V1", "访问时间": "2026-03-05", "渠道": "门店", "被访班组": "一组", "检查项": "着装",
         "得分": "0", "满分": "5"},
    ],
}  # fmt: skip
"""For each source two rows that are in order."""

HEADERS: dict[str, str] = {
    "surveys": "答卷编号, 提交时间, 渠道, 服务班组, 会员编号, 推荐意愿(0-10), 总体满意度(1-5), 服务态度, 响应时间, "
    "问题解决, 沟通效率, 期望的服务态度, 期望的响应时间, 期望的问题解决, 期望的沟通效率, "
    "办理轻松程度(1-7), 推荐类别, 30天内复购, 触点, 客群, "
    "调查方式, 产品, 合作方, 订单号, 您的意见和建议, 更新时间",
    "complaints": "投诉单号, 受理时间, 首次响应时间, 办结时间, 重开时间, 渠道, 责任班组, 投诉类别, 投诉子类, 严重程度, "
    "状态, 会员编号, 订单号, 产品, 合作方, 投诉内容, 处理结果, 更新时间",
    "visits": "访问编号, 访问时间, 渠道, 被访班组, 网点, 访客编号, 检查维度, 检查项, 得分, 满分, 备注, 更新时间",
}
"""The header of each sample file."""


@dataclass
class Loaded:
    """The whole result of one file."""

    facts: FileFacts
    frame: pd.DataFrame
    raw: pd.DataFrame
    rejected: list[Rejected] = field(default_factory=list)
    rows_read: int = 0
    unanswered: pd.DataFrame = field(default_factory=pd.DataFrame)
    noted: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)

    @property
    def reasons(self) -> list[tuple[int, str, str]]:
        return [(one.row, one.column, one.reason) for one in self.rejected]


def load(path: Path, source: str | None = None, map_: Map | None = None) -> Loaded:
    """The whole file, checked for every row leaving as exactly one of trusted, rejected and unanswered."""
    batch = open_file(path, source, map_, now=NOW)
    chunks = list(batch.chunks)
    for chunk in chunks:
        aside = len(chunk.rejected) + len(chunk.unanswered) + sum(chunk.left_out.values())
        assert chunk.rows_read == len(chunk.frame) + aside
        assert list(chunk.frame.index) == list(chunk.raw.index)
    frames = [chunk.frame for chunk in chunks] or [pd.DataFrame()]
    return Loaded(
        facts=batch.facts,
        frame=pd.concat(frames, ignore_index=True),
        raw=pd.concat([chunk.raw for chunk in chunks] or [pd.DataFrame()], ignore_index=True),
        rejected=[one for chunk in chunks for one in chunk.rejected],
        rows_read=sum(chunk.rows_read for chunk in chunks),
        noted=sum((Counter(chunk.noted) for chunk in chunks), Counter()),
        left_out=sum((Counter(chunk.left_out) for chunk in chunks), Counter()),
        unanswered=pd.concat([chunk.unanswered for chunk in chunks] or [pd.DataFrame()], ignore_index=True),
    )


def write_csv(
    path: Path, rows: Sequence[dict[str, str]], encoding: str = "utf-8", delimiter: str = ",", end: str = "\r\n"
) -> Path:
    """A CSV as a survey tool writes it: header and one record per row."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), delimiter=delimiter, lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_xlsx(path: Path, rows: Sequence[Sequence[Any]], sheet: str = "Sheet1", hidden_before: str = "") -> Path:
    """A workbook with one sheet, behind a hidden one where asked."""
    book = openpyxl.Workbook()
    active = book.active
    assert active is not None
    if hidden_before:
        active.title = hidden_before
        active.append(["do not read this"])
        active.sheet_state = "hidden"
        active = book.create_sheet(sheet)
        book.active = active
    active.title = sheet
    for row in rows:
        active.append(list(row))
    book.save(path)
    return path


def survey(**cells: str) -> dict[str, str]:
    """One valid survey row except for the named cells (canonical names)."""
    good = {"response_id": "1", "answered_at": "2026-03-05 10:00", "channel": "官网", "team": "一组", "likelihood": "9"}
    return good | cells


def complaint(**cells: str) -> dict[str, str]:
    """One valid complaint row except for the named cells (canonical names)."""
    good = {"complaint_id": "1", "opened_at": "2026-03-05 10:00", "channel": "官网", "team": "一组"}
    return good | cells


def visit(**cells: str) -> dict[str, str]:
    """One valid checklist item except for the named cells (canonical names)."""
    good = {"visit_id": "1", "visited_at": "2026-03-05", "channel": "门店", "team": "一组"}
    return good | {"item": "问候", "points": "4", "points_possible": "5"} | cells
