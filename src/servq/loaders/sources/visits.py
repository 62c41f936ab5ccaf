"""Mystery-shopping visits as a source: one row is one checklist item of one visit.

Owns the columns and the headers under which inspection sheets have them.
"""

from __future__ import annotations

from servq.loaders.sources.source import UPDATED_AT, Source, column
from servq.records import NOT_GIVEN, Label

VISITS = Source(
    name="visits",
    label=Label("神秘访客检查", "Visits"),
    key=("visit_id", "item"),
    at_most=(("points", "points_possible"),),
    sample="visits.xlsx",
    things=Label("次访问，每个检查项一行", "visits, a row per checklist item"),
    columns=(
        column(
            "visit_id",
            Label("访问编号", "Visit"),
            "id",
            ("访问编号", "检查编号", "暗访编号", "走访编号", "检查单号"),
            ("Visit ID", "Inspection ID", "Audit ID", "Visit number"),
            required=True,
        ),
        column(
            "visited_at",
            Label("访问时间", "Visited at"),
            "time",
            ("访问时间", "访问日期", "检查时间", "检查日期", "暗访时间"),
            ("Visited at", "Visit date", "Inspection date", "Audit date"),
            required=True,
        ),
        column(
            "channel",
            Label("渠道", "Channel"),
            "name",
            ("渠道", "渠道名称", "被访渠道", "服务渠道"),
            ("Channel name", "Service channel", "Audited channel", "Visited channel"),
            required=True,
            filled=NOT_GIVEN,
        ),
        column(
            "team",
            Label("被访班组", "Team"),
            "name",
            ("被访班组", "被检班组", "班组", "班组名称", "责任班组"),
            ("Team name", "Visited team", "Audited team", "Responsible team"),
            required=True,
            filled=NOT_GIVEN,
        ),
        column(
            "outlet",
            Label("网点", "Outlet"),
            "name",
            ("网点", "网点名称", "门店", "门店名称", "站点"),
            ("Outlet name", "Store", "Store name", "Branch", "Station"),
        ),
        column(
            "shopper_id",
            Label("访客编号", "Shopper"),
            "id",
            ("访客编号", "神秘访客", "神秘顾客编号", "检查员编号", "检查人"),
            ("Shopper ID", "Shopper", "Inspector ID", "Auditor ID"),
        ),
        column(
            "dimension",
            Label("检查维度", "Checklist dimension"),
            "name",
            ("检查维度", "维度", "检查类别", "检查大类", "指标类别"),
            ("Checklist dimension", "Section", "Checklist section", "Area"),
        ),
        column(
            "item",
            Label("检查项", "Checklist item"),
            "name",
            ("检查项", "检查项目", "检查内容", "检查指标", "评分项"),
            ("Checklist item", "Item name", "Question", "Criterion"),
            required=True,
        ),
        column(
            "points",
            Label("得分", "Points"),
            "number",
            ("得分", "实得分", "检查得分", "评分"),
            ("Score", "Points scored", "Points awarded", "Points earned"),
            required=True,
            low=0,
        ),
        column(
            "points_possible",
            Label("满分", "Points possible"),
            "number",
            ("满分", "应得分", "总分值", "分值", "标准分"),
            ("Points possible", "Max points", "Maximum points", "Max score"),
            required=True,
            above=0,
        ),
        column(
            "remark",
            Label("备注", "Remark"),
            "text",
            ("备注", "说明", "检查说明", "扣分原因", "情况描述"),
            ("Remarks", "Notes", "Note", "Observation"),
        ),
        UPDATED_AT,
    ),
)
