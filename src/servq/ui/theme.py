"""Colours and the style sheet: one accent, grey for context, colour only where a judgement is possible."""

from __future__ import annotations

from zlib import crc32

from markupsafe import Markup

from servq.ui.markup import draw

INK, GREY, FAINT, LINE, ACCENT = "#1E2326", "#6B7278", "#A9AEB2", "#E2E4E0", "#1F5673"
BETTER, WORSE = "#00715E", "#B3400A"
BETTER_TINT, WORSE_TINT, PLAIN_TINT = "#D5EBE5", "#F6DDD0", "#F1F2F0"

FONT = "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Noto Sans SC',system-ui,sans-serif"

_CHANNELS = {
    "官网": "#0072B2",
    "APP": "#E69F00",
    "小程序": "#D55E00",
    "OTA": "#009E73",
    "社交媒体": "#CC79A7",
    "门店": "#56B4E9",
    "呼叫中心": "#4D4D4D",
}
_OTHERS = ("#882255", "#44AA99", "#999933", "#332288", "#AA4499", "#117733", "#DDCC77")


def channel_colour(channel: str) -> str:
    """The colour of a channel, the same on every page; told apart by colour-blind readers (Okabe–Ito, then Tol)."""
    return _CHANNELS.get(channel) or _OTHERS[crc32(channel.encode()) % len(_OTHERS)]


def apply() -> None:
    """Put the style sheet on the page."""
    draw(Markup("<style>" + _SHEET + "</style>"))


_SHEET = """
.stMainBlockContainer{padding-top:2.2rem;padding-bottom:4rem;max-width:1320px}
[data-testid=stHeader]{background:transparent}
.sq{font-variant-numeric:tabular-nums;color:#1E2326}
.sq-ask{color:#6B7278;font-size:.86rem;margin:0 0 .15rem}
.sq-title{font-size:1.55rem;font-weight:700;line-height:1.35;margin:0;text-wrap:balance}
.sq-sub{color:#6B7278;font-size:.86rem;margin:.3rem 0 0}
.sq-section{border-top:2px solid #1E2326;padding-top:.45rem;margin-top:1.3rem}
.sq-section h2{font-size:1.06rem;font-weight:650;margin:0;padding:0;line-height:1.45}
.sq-section p{color:#6B7278;font-size:.84rem;margin:.1rem 0 0}
.sq-card{display:flex;flex-direction:column;gap:.28rem;min-height:10.6rem}
.sq-name{font-size:.86rem;color:#4A5157;display:flex;justify-content:space-between;gap:.5rem}
.sq-info{cursor:help;color:#A9AEB2}
.sq-line{display:flex;align-items:baseline;justify-content:space-between;flex-wrap:wrap;gap:.2rem .6rem}
.sq-value{font-size:1.85rem;font-weight:700;line-height:1.15;letter-spacing:-.01em}
.sq-value small{font-size:.88rem;font-weight:500;color:#6B7278;margin-left:.15rem}
.sq-value.none{font-size:1.15rem;color:#6B7278;font-weight:600;line-height:1.85}
.sq-chip{font-size:.8rem;white-space:nowrap;border-radius:3px;padding:.06rem .42rem;background:#F1F2F0;color:#4A5157}
.sq-chip.better{background:#D5EBE5;color:#00594A;font-weight:600}
.sq-chip.worse{background:#F6DDD0;color:#8F3206;font-weight:600}
.sq-foot{font-size:.8rem;color:#6B7278;line-height:1.5}
.sq-card img,.sq-small img{display:block;width:100%;height:auto}
.sq-list{margin:.2rem 0 0;padding:0;list-style:none}
.sq-list li{padding:.42rem 0;border-bottom:1px solid #E2E4E0;display:flex;gap:.7rem;align-items:baseline;font-size:.95rem}
.sq-list li b{font-weight:650}
.sq-list .mark{flex:none;min-width:3.6rem}
.sq-note{background:#F4F5F3;border-left:3px solid #A9AEB2;padding:.6rem .8rem;font-size:.92rem;line-height:1.6}
.sq-note.bad{border-color:#B3400A}
.sq-note b{font-weight:650}
.sq-scroll{overflow-x:auto}
.sq-table{border-collapse:collapse;width:100%;font-size:.86rem}
.sq-table th{font-weight:500;color:#6B7278;text-align:right;padding:.3rem .55rem;border-bottom:1px solid #A9AEB2;white-space:nowrap}
.sq-table td{text-align:right;padding:.36rem .55rem;border-bottom:1px solid #E2E4E0;white-space:nowrap}
.sq-table th:first-child,.sq-table td:first-child{text-align:left}
.sq-table td small{color:#6B7278}
.sq-table .left{text-align:left;white-space:normal}
.sq-quote{padding:.7rem 0 .75rem;border-bottom:1px solid #E2E4E0}
.sq-quote p{margin:0;line-height:1.65;font-size:.95rem;white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:isolate}
.sq-quote p.none{color:#A9AEB2}
.sq-meta{font-size:.78rem;color:#6B7278;margin-top:.22rem;display:flex;flex-wrap:wrap;gap:.1rem .8rem}
.sq-small{display:grid;grid-template-columns:repeat(auto-fill,minmax(15.5rem,1fr));gap:1rem 1.4rem;margin-top:.5rem}
.sq-small .head{display:flex;justify-content:space-between;font-size:.84rem}
.sq-steps{border-left:2px solid #1F5673;margin:.4rem 0 0 .4rem;padding:0 0 0 1rem}
.sq-steps div{padding:.25rem 0 .5rem;font-size:.9rem}
.sq-steps time{display:block;color:#6B7278;font-size:.8rem}
[data-testid=stBaseButton-tertiary]{font-size:.82rem;min-height:1.6rem;padding-top:0;padding-bottom:0}
@media (max-width:640px){.stMainBlockContainer{padding-left:.9rem;padding-right:.9rem}.sq-title{font-size:1.28rem}.sq-card{min-height:0}}
"""
