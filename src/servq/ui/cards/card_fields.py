"""The editable fields of an improvement card, for a new card and for a change."""

from __future__ import annotations

import streamlit as st

from servq.ingest.edits.improvement_cards import LONGEST
from servq.records.improvement_card import CARD_STATES, WHYS, Plan
from servq.ui.shell.language import name_of, say


def fields(key: str, plan: Plan) -> Plan:
    """Draw the fields with the plan's values; returns their present content."""
    whys = tuple(
        st.text_input(
            say(f"第 {place + 1} 层：为什么？", f"Level {place + 1}: why?"),
            plan.whys[place] if place < len(plan.whys) else "",
            key=f"{key}-why-{place}",
            max_chars=LONGEST,
            placeholder=say("可留空", "may stay empty"),
        )
        for place in range(WHYS)
    )
    action = st.text_area(
        say("措施（必填）", "Action (required)"),
        plan.action,
        key=f"{key}-action",
        max_chars=LONGEST,
        placeholder=say("做什么，做到什么程度", "What will be done, and how far"),
        height=80,
    )
    owner, due, state = st.columns(3)
    return Plan(
        whys,
        action,
        owner.text_input(
            say("负责人", "Owner"),
            plan.owner,
            key=f"{key}-owner",
            max_chars=60,
            placeholder=say("岗位或姓名", "role or name"),
        ),
        due.date_input(say("期限", "Due"), plan.due_on, key=f"{key}-due", format="YYYY-MM-DD"),
        state.selectbox(
            say("状态", "State"),
            list(CARD_STATES),
            index=list(CARD_STATES).index(plan.state),
            key=f"{key}-state",
            format_func=lambda code: name_of(CARD_STATES[code]),
        ),
    )
