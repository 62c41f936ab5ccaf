"""The menu: ten pages, the parts of each, the question that every part answers, and for whom a page stands there."""

from __future__ import annotations

from servq.records import Label

PAGES: dict[str, Label] = {
    "weekly": Label("每周得分", "Weekly scores"),
    "mystery": Label("神秘访客", "Mystery shopping"),
    "voices": Label("原声", "Verbatims"),
    "causes": Label("投诉根因", "Root causes"),
    "team": Label("班组", "Team"),
    "cards": Label("改进卡", "Improvement cards"),
    "consistency": Label("渠道一致性", "Channel consistency"),
    "journey": Label("客户旅程", "Customer journey"),
    "health": Label("数据健康", "Data health"),
    "definitions": Label("口径", "Definitions"),
}
"""Every page: file name in `pages/` -> its name."""

FIRST = "weekly"
"""The page that opens at /."""

PARTS: dict[str, tuple[str, ...]] = {name: (name,) for name in PAGES} | {
    "weekly": ("weekly", "drivers"),
    "causes": ("causes", "tree", "contradictions"),
    "consistency": ("consistency", "promises", "lenses"),
    "journey": ("journey", "silos"),
    "health": ("health", "upload"),
    "definitions": ("definitions", "model"),
}
"""Page -> its parts, the one that opens first in front. A part's name is its code in links (`?part=`)."""

TABS: dict[str, Label] = {
    "weekly": Label("得分", "Scores"),
    "drivers": Label("驱动因素", "Drivers"),
    "causes": Label("原因", "Causes"),
    "tree": Label("新说法与原因树", "New words, cause tree"),
    "contradictions": Label("反复与矛盾", "Repeats and contradictions"),
    "consistency": Label("一致性", "Consistency"),
    "promises": Label("承诺台账", "Promise register"),
    "lenses": Label("三源对照", "Three sources"),
    "journey": Label("旅程", "Journey"),
    "silos": Label("跨渠道客户识别", "Customers across channels"),
    "health": Label("现状", "Present state"),
    "upload": Label("载入文件", "Load a file"),
    "definitions": Label("指标", "Metrics"),
    "model": Label("模型说明", "The models"),
}
"""Part of a page of several -> what stands on its tab."""

QUESTIONS: dict[str, Label] = {
    "weekly": Label("本周真正变了什么，哪些只是波动？", "What really changed this week, and what is only noise?"),
    "drivers": Label(
        "哪一项服务与推荐意愿最相关，又做得如何？", "Which item goes with recommending most, and how well is it done?"
    ),
    "mystery": Label(
        "神秘访客看到了什么，能信到什么程度？", "What do mystery shoppers see, and how far can it be trusted?"
    ),
    "voices": Label("客户自己是怎么说的？", "What do customers say in their own words?"),
    "causes": Label("客户为什么投诉，哪个原因代价最大？", "Why do customers complain, and which cause costs most?"),
    "tree": Label(
        "客户有了哪些新说法，原因树认得出来吗？", "What do customers say that is new, and does the cause tree know it?"
    ),
    "contradictions": Label(
        "谁反复投诉，哪些分数与文字对不上？", "Who complains again, and which scores contradict their words?"
    ),
    "team": Label("这个班组强在哪里，弱在哪里？", "Where is this team strong, and where is it weak?"),
    "cards": Label("每个原因由谁、何时改正？", "Who mends which cause, and by when?"),
    "consistency": Label("每个渠道是否兑现同样的承诺？", "Does every channel keep the same promise?"),
    "promises": Label("我们承诺了什么，哪些兑现了？", "What have we promised, and what of it is kept?"),
    "lenses": Label(
        "问卷、投诉、神秘访客说的是同一回事吗？", "Do survey, complaints and mystery shopping tell the same?"
    ),
    "journey": Label("客户旅程在哪里断了？", "Where does the customer's journey break?"),
    "silos": Label("客户换了渠道，我们还认得吗？", "When customers change channel, do we still know them?"),
    "health": Label("数据齐全、对得上、够新吗？", "Are the data complete, adding up and fresh?"),
    "upload": Label("这份文件读得对吗，载入后多了什么？", "Is this file read rightly, and what does it bring?"),
    "definitions": Label("每个数字是怎么算出来的？", "How is each figure worked out?"),
    "model": Label("情感是怎么判的，什么时候不能信？", "How is sentiment told, and when must it not be trusted?"),
}
"""Part -> the question that it answers."""

GROUPS: dict[Label, tuple[str, ...]] = {
    Label("质量经理：本周", "Quality manager: this week"): ("weekly", "mystery", "voices"),
    Label("班组长：投诉", "Team lead: complaints"): ("causes", "team", "cards"),
    Label("管理层：各渠道", "Executive: channels"): ("consistency", "journey"),
    Label("数据与口径", "Data and definitions"): ("health", "definitions"),
}
"""The menu, reader by reader: each begins with the page that answers his or her question of Monday morning."""

PART = "part"
"""Under this name the link says which part of a page is open; the first part is in no link."""


def page_of(part: str) -> str:
    """The page that a part stands on.

    >>> page_of("promises"), page_of("team")
    ('consistency', 'team')
    """
    return next(page for page, parts in PARTS.items() if part in parts)


def place_of(page: str) -> str:
    """Where a page lives, as its neighbours name it in a link.

    >>> place_of("causes"), place_of("weekly")
    ('causes', './')
    """
    return "./" if page == FIRST else page


def path_of(part: str) -> str:
    """The address of a part, without anybody's filter.

    >>> path_of("promises"), path_of("consistency"), path_of("drivers")
    ('consistency?part=promises', 'consistency', './?part=drivers')
    """
    page = page_of(part)
    return place_of(page) if part == PARTS[page][0] else f"{place_of(page)}?{PART}={part}"


def called(part: str) -> Label:
    """What a part is called in a link to it: a page's first part like the page.

    >>> called("promises").zh, called("consistency").zh
    ('承诺台账', '渠道一致性')
    """
    return PAGES.get(part) or TABS[part]
