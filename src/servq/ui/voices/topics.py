"""Topics of the texts that the search finds, worked out when a reader asks; a click adds one to the search."""

from __future__ import annotations

import streamlit as st

from servq.query.customers.topics import TEXTS, Topics, TopicWord, topics_of
from servq.query.customers.verbatims import Search
from servq.records import Label
from servq.records.search_terms import with_word
from servq.ui.components.drill import words_only
from servq.ui.shell import shell
from servq.ui.shell.language import name_of, say
from servq.ui.shell.markup import draw, piece
from servq.ui.shell.view import View, kept_per_view
from servq.ui.voices.voices import LONGEST_SEARCH

_KINDS: dict[str, Label] = {
    "n": Label("名词", "Nouns"),
    "v": Label("动词", "Verbs"),
    "a": Label("形容词", "Adjectives"),
    "": Label("其他", "Others"),
}
"""First letter of a part of speech -> its line; "" is idioms and words in Latin letters."""


def offered(view: View, wanted: Search) -> None:
    """A switch; when it is on, the topics."""
    asked = st.toggle(
        say("主题词", "Topics"),
        key="topics",
        persist_state="session",
        help=say(
            "这些原声里权重最高的词；点一个即加入搜索。第一次要一两秒",
            "The words that weigh most in these texts; a click adds one to the search. The first time takes seconds",
        ),
    )
    if asked:
        _shown(wanted, _topics(view, wanted))


@kept_per_view
def _topics(view: View, wanted: Search) -> Topics:
    return topics_of(view.snapshot, wanted)


def _shown(wanted: Search, found: Topics) -> None:
    newest = say("最新的 ", "the newest ") if found.texts == TEXTS else ""
    shell.note(
        say(
            f"{newest}{found.texts:,} 条里权重最高的词（jieba，TF-IDF），后面是说到它的条数；"
            f"不足 {found.minimum} 位客户说到的不列；点一个即加入搜索",
            f"The words that weigh most in {newest}{found.texts:,} texts (jieba, TF-IDF), each with the texts that say "
            f"it; words of fewer than {found.minimum} customers are left out; a click adds one to the search",
        )
    )
    if not found.topics:
        shell.note(say("没有够得上的主题词。", "No topic is said often enough."))
    for first, name in _KINDS.items():
        some = [one for one in found.topics if (one.kind[:1] if one.kind[:1] in _KINDS else "") == first]
        if some:
            _line(wanted, first, name, some)


def _line(wanted: Search, first: str, name: Label, some: list[TopicWord]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"topics-{first or 'other'}"):
        draw(piece('<div class="sq sq-meta">{name}</div>', name=name_of(name)), width="content")
        for one in some:
            longer, word, n = with_word(wanted.words, one.word), words_only(one.word), one.n
            st.button(
                f"{word} {n:,}",
                key=f"topic-{one.word}",
                on_click=_search,
                args=(longer,),
                disabled=longer is None or len(longer) > LONGEST_SEARCH,
                type="tertiary",
            )


def _search(words: str) -> None:
    st.session_state["find"] = words
