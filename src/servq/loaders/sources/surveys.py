"""Survey answers as a source: one row is one answered questionnaire.

Owns the columns and the headers under which real survey tools and in-house systems export them.
"""

from __future__ import annotations

from servq.loaders.sources.source import UPDATED_AT, Column, Source, column
from servq.measures import EASY_FROM, EXPECTED, ITEMS, OTHER_SCALE
from servq.records import NOT_GIVEN, Label


def _expected(name: str, label: Label, zh: str, en: str) -> Column:
    """The customer's expectation of an item, asked beside it (SERVQUAL); the item itself is the experience."""
    return Column(
        f"{name}_expected",
        label,
        "score",
        (
            *(f"期望的{zh}", f"期望{zh}", f"{zh}期望", f"{zh}期望值"),
            *(f"Expected {en}", f"{en} expected", f"{en} expectation", f"Expectation of {en}"),
        ),
        low=1,
        high=5,
    )


def _item(name: str, label: Label, zh: tuple[str, ...], en: tuple[str, ...]) -> Column:
    """A rated answer from 1 to 5; decimals are allowed (4.8 of 5 is a real answer)."""
    return Column(name, label, "score", zh + en, low=1, high=5)


_WHO_AND_WHEN = (
    column(
        "response_id",
        Label("答卷编号", "Response"),
        "id",
        ("答卷编号", "答卷序号", "答卷ID", "问卷编号", "回复编号", "序号"),
        ("Response ID", "Respondent ID", "Submission ID", "Answer ID", "Response number"),
        required=True,
    ),
    column(
        "answered_at",
        Label("提交时间", "Answered at"),
        "time",
        ("提交时间", "提交答卷时间", "结束答题时间", "答题时间", "答卷时间", "完成时间", "填写时间", "评价时间"),
        ("Answered at", "Submitted at", "Submit date", "Date submitted", "Recorded date", "Timestamp"),
        required=True,
    ),
    column(
        "channel",
        Label("渠道", "Channel"),
        "name",
        ("渠道", "渠道名称", "服务渠道", "来源渠道", "接触渠道"),
        ("Channel", "Channel name", "Service channel", "Contact channel"),
        required=True,
        filled=NOT_GIVEN,
    ),
    column(
        "team",
        Label("班组", "Team"),
        "name",
        ("服务班组", "班组", "班组名称", "所属班组", "责任班组", "服务团队"),
        ("Team", "Team name", "Service team", "Crew", "Assigned team"),
        required=True,
        filled=NOT_GIVEN,
    ),
    column(
        "customer_id",
        Label("会员编号", "Customer"),
        "id",
        ("会员编号", "会员号", "会员卡号", "客户编号", "客户ID", "用户ID", "旅客编号"),
        ("Customer ID", "Member ID", "Client ID", "User ID", "Passenger ID"),
    ),
)

_ANSWERS = (
    column(
        "likelihood",
        Label("推荐意愿", "Likelihood to recommend"),
        "score",
        ("推荐意愿", "推荐可能性", "推荐分", "推荐度", "NPS评分", "NPS得分", "您有多大可能向朋友或同事推荐我们"),
        ("NPS", "NPS score", "NPS rating", "Likelihood to recommend", "How likely are you to recommend us", "LTR"),
        low=0,
        high=10,
        whole=True,
    ),
    _item(
        "csat",
        Label("总体满意度", "Overall satisfaction"),
        ("总体满意度", "整体满意度", "满意度", "满意度评分", "总体评价", "综合评分"),
        ("Overall satisfaction", "Satisfaction", "CSAT score", "Satisfaction score", "Overall rating"),
    ),
    _item(
        "attitude",
        Label("服务态度", "Attitude"),
        ("服务态度", "态度", "态度评分", "服务态度评分", "员工态度"),
        ("Staff attitude", "Service attitude", "Courtesy", "Friendliness"),
    ),
    _item(
        "responsiveness",
        Label("响应速度", "Responsiveness"),
        ("响应时间", "响应速度", "响应及时性", "响应时效", "及时性"),
        ("Response time", "Response speed", "Speed of response", "Timeliness"),
    ),
    _item(
        "resolution",
        Label("问题解决", "Resolution"),
        ("问题解决", "问题解决情况", "解决能力", "解决效果", "问题处理"),
        ("Problem resolution", "Issue resolution", "Problem solving", "Resolution quality"),
    ),
    _item(
        "communication",
        Label("沟通效率", "Communication"),
        ("沟通效率", "沟通", "沟通能力", "沟通效果", "沟通评分"),
        ("Communication efficiency", "Communication skills", "Clarity", "Clarity of communication"),
    ),
    Column(OTHER_SCALE, Label("满意度（其他量表）", "Satisfaction (other scale)"), "score", (), mapped=True),
    Column(
        "effort",
        Label("办理轻松程度", "Ease (CES)"),
        "score",
        (
            *("办理轻松程度", "轻松程度", "轻松度", "办理便捷程度", "便捷程度", "容易程度"),
            *("CES", "CES评分", "CES得分", "CES score", "Customer effort score", "Ease", "Ease of service"),
            *("How easy was it", "Made it easy"),
        ),
        low=1,
        high=7,
        unclear=(
            *("费力度", "费力程度", "客户费力度", "客户费力程度", "费力度评分"),
            *("Effort", "Effort rating", "Effort level", "Customer effort", "How much effort"),
        ),
    ),
    Column("effort_5", Label("办理轻松程度（五分制）", "Ease on five points"), "score", (), low=1, high=5, mapped=True),
    column(
        "nps_band",
        Label("推荐类别", "NPS category"),
        "band",
        ("推荐类别", "NPS类别", "NPS分类", "NPS分组", "推荐者类型"),
        ("NPS category", "NPS group", "NPS type", "NPS segment", "Promoter type"),
        low=-1,
        high=1,
        whole=True,
    ),
    _expected("attitude", Label("服务态度：期望", "Attitude expected"), "服务态度", "attitude"),
    _expected("responsiveness", Label("响应速度：期望", "Responsiveness expected"), "响应时间", "response time"),
    _expected("resolution", Label("问题解决：期望", "Resolution expected"), "问题解决", "problem resolution"),
    _expected("communication", Label("沟通效率：期望", "Communication expected"), "沟通效率", "communication"),
    column(
        "repurchased",
        Label("是否复购", "Bought again"),
        "flag",
        (
            *("是否复购", "是否再次购买", "是否回购", "是否再次下单", "是否再次预订", "复购标记", "复购标识"),
            *(f"{span}内复购" for span in ("30天", "60天", "90天", "180天", "365天", "半年", "一年")),
        ),
        ("Repurchased", "Repurchase flag", "Bought again", "Purchased again", "Rebooked", "Booked again"),
        low=0,
        high=1,
        whole=True,
    ),
    column(
        "comment",
        Label("意见和建议", "Comment"),
        "text",
        ("您的意见和建议", "意见和建议", "意见与建议", "意见建议", "评论", "评价内容", "客户原声"),
        ("Comments", "Feedback", "Verbatim", "Suggestions", "Open comment"),
    ),
)

_CIRCUMSTANCES = (
    column(
        "touchpoint",
        Label("触点", "Touchpoint"),
        "name",
        ("触点", "服务触点", "接触点", "旅程阶段", "服务环节"),
        ("Touch point", "Journey stage", "Service stage", "Stage"),
    ),
    column(
        "segment",
        Label("客群", "Segment"),
        "name",
        ("客群", "客户类型", "客户分群", "旅客类型", "会员等级", "客户等级"),
        ("Customer segment", "Customer type", "Customer group", "Member tier"),
    ),
    column(
        "survey_mode",
        Label("调查方式", "Survey mode"),
        "name",
        ("调查方式", "调研方式", "问卷方式", "回收方式", "填写方式"),
        ("Survey method", "Collection mode", "Mode", "Collector"),
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
        ("合作方", "合作伙伴", "合作商", "供应商", "服务商", "承运方"),
        ("Partner name", "Supplier", "Vendor", "Carrier"),
    ),
    column(
        "order_id",
        Label("订单号", "Order"),
        "id",
        ("订单号", "订单编号", "订单ID", "预订单号", "预订号"),
        ("Order ID", "Order number", "Order no", "Booking ID", "Booking reference"),
    ),
)

SURVEYS = Source(
    name="surveys",
    label=Label("满意度问卷", "Surveys"),
    columns=(*_WHO_AND_WHEN, *_ANSWERS, *_CIRCUMSTANCES, UPDATED_AT),
    key=("response_id",),
    # any answer is an answer: a survey may ask the items alone, or what was expected, or whether somebody bought again
    at_least_one=(
        *("likelihood", "nps_band", "csat", OTHER_SCALE, *EASY_FROM),
        *(*ITEMS, *EXPECTED, "repurchased", "comment"),
    ),
    sample="surveys.csv",
    things=Label("份答卷", "responses"),
    numbering=("序号", "答卷序号", "行号", "No", "No.", "#", "Row", "Row number", "Index", "Response number"),
)
