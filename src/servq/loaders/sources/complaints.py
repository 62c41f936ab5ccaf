"""Complaints as a source: one row is one complaint as its log has it now.

Owns the columns and the headers under which complaint and ticket systems export them.
"""

from __future__ import annotations

from servq.loaders.sources.source import UPDATED_AT, Source, column
from servq.records import NOT_GIVEN, Label

_CLOCKS = (
    column(
        "opened_at",
        Label("受理时间", "Opened at"),
        "time",
        ("受理时间", "投诉时间", "登记时间", "创建时间", "进线时间"),
        ("Opened at", "Created at", "Created date", "Date opened", "Received at"),
        required=True,
    ),
    column(
        "first_response_at",
        Label("首次响应时间", "First response at"),
        "time",
        ("首次响应时间", "首响时间", "首次回复时间", "首次联系时间", "首次处理时间"),
        ("First response at", "First responded at", "First reply at", "First response time", "First contact at"),
    ),
    column(
        "resolved_at",
        Label("办结时间", "Resolved at"),
        "time",
        ("办结时间", "解决时间", "结案时间", "关闭时间", "完结时间"),
        ("Resolved at", "Closed at", "Closed date", "Date closed", "Resolution date"),
    ),
    column(
        "reopened_at",
        Label("重开时间", "Reopened at"),
        "time",
        ("重开时间", "重新打开时间", "重启时间", "二次受理时间"),
        ("Reopened at", "Reopened date", "Date reopened", "Reopen time"),
    ),
)

_WHAT = (
    column(
        "category",
        Label("投诉类别", "Category"),
        "name",
        ("投诉类别", "投诉类型", "一级分类", "问题类型", "投诉大类"),
        ("Complaint type", "Category name", "Complaint category", "Issue type", "Level 1 category"),
    ),
    column(
        "subcategory",
        Label("投诉子类", "Subcategory"),
        "name",
        ("投诉子类", "投诉子类别", "二级分类", "问题子类", "投诉小类"),
        ("Sub-category", "Complaint subtype", "Descriptor", "Issue subtype", "Level 2 category"),
    ),
    column(
        "severity",
        Label("严重程度", "Severity"),
        "name",
        ("严重程度", "严重级别", "投诉级别", "优先级", "紧急程度"),
        ("Severity level", "Priority", "Urgency", "Impact"),
    ),
    column(
        "status",
        Label("状态", "Status"),
        "name",
        ("状态", "处理状态", "投诉状态", "工单状态", "当前状态"),
        ("Case status", "Ticket status", "State", "Complaint status"),
    ),
    column(
        "text",
        Label("投诉内容", "Complaint"),
        "text",
        ("投诉内容", "投诉详情", "问题描述", "内容描述", "客户诉求"),
        ("Complaint text", "Description", "Details", "Complaint details"),
    ),
    column(
        "resolution_text",
        Label("处理结果", "Outcome"),
        "text",
        ("处理结果", "处理意见", "解决方案", "办理结果", "处理情况"),
        ("Resolution description", "Outcome", "Resolution notes", "Solution"),
    ),
)

_WHO = (
    column(
        "complaint_id",
        Label("投诉单号", "Complaint"),
        "id",
        ("投诉单号", "投诉编号", "工单号", "工单编号", "受理单号"),
        ("Complaint ID", "Case ID", "Case number", "Ticket ID", "Ticket number"),
        required=True,
    ),
    column(
        "channel",
        Label("渠道", "Channel"),
        "name",
        ("渠道", "渠道名称", "投诉渠道", "受理渠道", "来源渠道"),
        ("Channel name", "Contact channel", "Complaint channel", "Source channel"),
        required=True,
        filled=NOT_GIVEN,
    ),
    column(
        "team",
        Label("责任班组", "Team"),
        "name",
        ("责任班组", "班组", "班组名称", "被投诉班组", "责任部门"),
        ("Team name", "Responsible team", "Assigned team", "Assignment group"),
        required=True,
        filled=NOT_GIVEN,
    ),
    column(
        "customer_id",
        Label("会员编号", "Customer"),
        "id",
        ("会员编号", "会员号", "会员卡号", "客户编号", "客户ID", "用户ID"),
        ("Customer ID", "Member ID", "Client ID", "User ID", "Passenger ID"),
    ),
    column(
        "order_id",
        Label("订单号", "Order"),
        "id",
        ("订单号", "订单编号", "订单ID", "预订单号", "预订号"),
        ("Order ID", "Order number", "Order no", "Booking ID", "Booking reference"),
    ),
    column(
        "product",
        Label("产品", "Product"),
        "name",
        ("产品", "产品名称", "产品类型", "线路", "线路名称"),
        ("Product name", "Product type", "Route", "Tour"),
    ),
    column(
        "partner",
        Label("合作方", "Partner"),
        "name",
        ("合作方", "合作伙伴", "合作商", "供应商", "服务商"),
        ("Partner name", "Supplier", "Vendor", "Carrier"),
    ),
)

COMPLAINTS = Source(
    name="complaints",
    label=Label("投诉记录", "Complaints"),
    columns=(*_WHO, *_CLOCKS, *_WHAT, UPDATED_AT),
    key=("complaint_id",),
    # A complaint may be reopened before or after it was first resolved, so reopening has a chain of its own.
    time_order=(("opened_at", "first_response_at", "resolved_at"), ("opened_at", "reopened_at")),
    sample="complaints.xlsx",
    things=Label("件投诉", "complaints"),
)
