"""The pages: what each is called, the question that it answers, and for whom it stands in the menu."""

from __future__ import annotations

from servq.records import Label

PAGES: dict[str, Label] = {
    "weekly": Label("每周得分", "Weekly scores"),
    "causes": Label("投诉根因", "Root causes"),
    "consistency": Label("渠道一致性", "Channel consistency"),
    "lenses": Label("三个镜头", "Three lenses"),
    "silos": Label("数据割裂", "Data silos"),
    "journey": Label("客户旅程", "Customer journey"),
    "promises": Label("承诺台账", "Promise register"),
    "team": Label("班组", "Team"),
    "drivers": Label("驱动因素", "Drivers"),
    "mystery": Label("神秘访客", "Mystery shopping"),
    "voices": Label("原声", "Verbatims"),
    "tree": Label("新说法与原因树", "New words, cause tree"),
    "contradictions": Label("反复与矛盾", "Repeats and contradictions"),
    "cards": Label("因果卡", "Cause cards"),
    "health": Label("数据健康", "Data health"),
    "upload": Label("载入文件", "Load a file"),
    "definitions": Label("口径", "Definitions"),
    "model": Label("模型说明", "The models"),
}
"""Every page: file name in `pages/` -> its name."""

QUESTIONS: dict[str, Label] = {
    "weekly": Label("本周真正变了什么，哪些只是波动？", "What really changed this week, and what is only noise?"),
    "causes": Label("客户为什么投诉，哪个原因代价最大？", "Why do customers complain, and which cause costs most?"),
    "consistency": Label("每个渠道是否兑现同样的承诺？", "Does every channel keep the same promise?"),
    "lenses": Label(
        "问卷、投诉、神秘访客说的是同一回事吗？", "Do survey, complaints and mystery shopping tell the same?"
    ),
    "silos": Label("客户换了渠道，我们还认得吗？", "When customers change channel, do we still know them?"),
    "journey": Label("客户旅程在哪里断了？", "Where does the customer's journey break?"),
    "promises": Label("我们承诺了什么，哪些兑现了？", "What have we promised, and what of it is kept?"),
    "team": Label("这个班组强在哪里，弱在哪里？", "Where is this team strong, and where is it weak?"),
    "drivers": Label(
        "哪一项服务与推荐意愿最相关，又做得如何？", "Which item goes with recommending most, and how well is it done?"
    ),
    "mystery": Label(
        "神秘访客看到了什么，能信到什么程度？", "What do mystery shoppers see, and how far can it be trusted?"
    ),
    "voices": Label("客户自己是怎么说的？", "What do customers say in their own words?"),
    "tree": Label(
        "客户有了哪些新说法，原因树认得出来吗？", "What do customers say that is new, and does the cause tree know it?"
    ),
    "contradictions": Label(
        "谁反复投诉，哪些分数与文字对不上？", "Who complains again, and which scores contradict their words?"
    ),
    "cards": Label("每个原因由谁、何时改正？", "Who mends which cause, and by when?"),
    "health": Label("数据齐全、对得上、够新吗？", "Are the data complete, adding up and fresh?"),
    "upload": Label("这份文件读得对吗，载入后多了什么？", "Is this file read rightly, and what does it bring?"),
    "definitions": Label("每个数字是怎么算出来的？", "How is each figure worked out?"),
    "model": Label("情感是怎么判的，什么时候不能信？", "How is sentiment told, and when must it not be trusted?"),
}

GROUPS: dict[Label, tuple[str, ...]] = {
    Label("质量经理：本周", "Quality manager: this week"): ("weekly", "drivers", "mystery", "voices"),
    Label("班组长：投诉", "Team lead: complaints"): ("causes", "team", "tree", "contradictions", "cards"),
    Label("管理层：各渠道", "Executive: channels"): ("consistency", "promises", "journey", "lenses", "silos"),
    Label("数据与口径", "Data and definitions"): ("health", "upload", "definitions", "model"),
}
"""The menu, reader by reader: each begins with the page that answers his or her question of Monday morning."""
