"""The five families of service quality, and which indicators stand for each: a scorecard must not rest on one leg.

Each metric of the catalog has one family. Indicators that a family should have and that no source of servq gives are
named too: a blank that is seen is worth more than a family that nobody misses.
"""

from __future__ import annotations

from enum import StrEnum

from servq.records import Label


class Family(StrEnum):
    """From what is done to what comes of it, and whether it gets better."""

    PROCESS = "process"
    RESULT = "result"
    PERCEPTION = "perception"
    EFFICIENCY = "efficiency"
    INNOVATION = "innovation"


FAMILIES: dict[Family, Label] = {
    Family.PROCESS: Label("过程", "process"),
    Family.RESULT: Label("结果", "result"),
    Family.PERCEPTION: Label("感知", "perception"),
    Family.EFFICIENCY: Label("效率", "efficiency"),
    Family.INNOVATION: Label("创新", "innovation"),
}

FAMILY_OF: dict[str, Family] = {
    name: family
    for family, names in {
        Family.PROCESS: "sla_attainment first_response_used first_response_median first_response_p90 "
        "visit_score visit_failed",
        Family.RESULT: "nps repurchase_promoters repurchase_passives repurchase_detractors promoters_lost "
        "detractors_bound complaints complaints_per_100 reopen_rate",
        Family.PERCEPTION: "csat attitude responsiveness resolution communication attitude_gap responsiveness_gap "
        "resolution_gap communication_gap negative_share mismatch_share high_score_negative low_score_positive "
        "responses",
        Family.EFFICIENCY: "resolution_median resolution_p90 open_complaints",
    }.items()
    for name in names.split()
}
"""Metric -> its family."""

MISSED: dict[Family, tuple[Label, ...]] = {
    Family.PROCESS: (),
    Family.RESULT: (Label("退款与赔付额", "refunds and compensation"),),
    Family.PERCEPTION: (),
    Family.EFFICIENCY: (Label("人均处理量", "cases per person"), Label("单件处理成本", "cost per case")),
    Family.INNOVATION: (
        Label("改进建议采纳率", "suggestions taken up"),
        Label("新服务使用率", "use of new services"),
        Label("改进措施按期完成率", "improvements done in time"),
    ),
}
"""Indicators that no source of servq gives."""
