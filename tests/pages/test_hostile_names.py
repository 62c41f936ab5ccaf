"""Hostile names of teams, channels, products, headers and files: text on every page and in every chart.

Each hostile name would do something if a page took it for more than text: draw a picture, open a link, set a formula,
turn the line around, hide itself.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from servq.ingest import load_file
from servq.ui.shell.menu import PARTS

EVERY_PART = [part for parts in PARTS.values() for part in parts]

PICTURE = "<img src=x onerror=alert(1)>"
NAMES = [
    PICTURE,
    "[点我](http://example.invalid/x)",
    "![图](http://example.invalid/i.png)",
    r"$\frac{1}{2}$",
    ":material/home: :red[红]",
    "**粗** `码` ~~删~~",
    "发票\u202efdp.组",
    "隐\u200b身\u2066组",
    "<a href='javascript:alert(1)'>班组</a>",
    "&lt;b&gt;实体&amp;",
]
STEERS = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\x1b\x9b]")

OURS = frozenset(
    re.findall(
        r"\w+",
        "style div p b span table thead tbody tr th td h1 h2 h3 ul ol li i a img mark br small details summary strong"
        " em dl dt dd section blockquote caption figure figcaption time code pre wbr abbr sub sup header article nav s"
        " button",
    )
)
"""The tags of our own templates. That a tag is one of these is not enough: its attributes are looked at too."""


class Tags(HTMLParser):
    """Every tag with its attributes, as a browser would find them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.fixture
def hostile(empty: SimpleNamespace) -> SimpleNamespace:
    """Ten teams and channels with hostile names, twelve answers and two complaints each, and a row in quarantine."""
    answers: list[list[object]] = [
        ["答卷编号", "提交时间", "渠道", "班组", "推荐意愿", "满意度", "评论", "产品", "客群"]
    ]
    complaints: list[list[object]] = [
        [
            "投诉单号",
            "受理时间",
            "首次响应时间",
            "办结时间",
            "渠道",
            "责任班组",
            "投诉类别",
            "投诉子类",
            "投诉内容",
            "产品",
        ]
    ]
    for place, name in enumerate(NAMES):
        for number in range(12):
            week = 3 + 7 * (number % 2)
            answers.append(
                [f"R{place}-{number}", f"2025-03-{week:02d} 10:00", name, name, number % 11, 4, name, name, name]
            )
        for number in range(2):
            moments = ["2025-03-10 10:00", "2025-03-10 12:00", "" if number else "2025-03-11 10:00"]
            complaints.append([f"C{place}-{number}", *moments, name, name, name, name, f"投诉 {name} \x1b[31m", name])
    answers.append(["R-bad", "2025-03-03 10:00", PICTURE, PICTURE, 99, 4, NAMES[6], "", ""])
    _load(empty, "surveys", f"{NAMES[7]} &lt;i&gt;.csv", answers)
    _load(empty, "complaints", "投诉.csv", complaints)
    return empty


def _load(found: SimpleNamespace, source: str, name: str, rows: list[list[object]]) -> None:
    path = found.home / name
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    load_file(found.warehouse, found.home, path, source)


def _labels(app: AppTest) -> Iterator[str]:
    """What stands on every widget: buttons and their like read Markdown, lists do not."""
    for kind in (
        "button",
        "multiselect",
        "selectbox",
        "checkbox",
        "toggle",
        "text_input",
        "expander",
        "download_button",
    ):
        for element in app.get(kind):
            proto = element.proto
            yield from (str(getattr(proto, part, "") or "") for part in ("label", "help", "placeholder"))


def _options(app: AppTest) -> Iterator[str]:
    for kind in ("multiselect", "selectbox"):
        for element in app.get(kind):
            yield from element.proto.options


def _specs(app: AppTest) -> Iterator[str]:
    for chart in app.get("plotly_chart"):
        yield from _texts(json.loads(chart.proto.spec))


def _texts(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        for name, value in part.items():
            if name != "template":
                yield from _texts(value)
    elif isinstance(part, list):
        for value in part:
            yield from _texts(value)
    elif isinstance(part, str):
        yield part


def _links(name: str) -> dict[str, str]:
    return {"focus": PICTURE} if name == "team" else {"team": NAMES[6]} if name == "voices" else {}


@pytest.mark.parametrize("name", EVERY_PART)
def test_a_page_shows_hostile_names_as_text(
    hostile: SimpleNamespace, page: Callable[..., AppTest], drawn: Callable[[AppTest], str], name: str
) -> None:
    app = page(name, week="2025-W11", **_links(name))
    sent = drawn(app)
    for tag, attributes in Tags(sent).found:
        assert tag in OURS, tag
        assert not [key for key in attributes if key.startswith("on")]
        for key in ("href", "src"):
            address = attributes.get(key) or ""
            assert not address.startswith(("http", "javascript", "//", "x")), address
    assert not STEERS.search(sent)
    for text in (*_specs(app), *_options(app), *_labels(app)):
        assert not STEERS.search(text), text
    for text in _specs(app):
        assert not re.search(r"<(?:img|a[ >]|script)", text), text
    for label in _labels(app):
        assert not re.search(r"(?<!\\)(?:\]\(|\$|\*\*|:material)|<img", label), label


def test_the_names_are_there_and_can_be_read(
    hostile: SimpleNamespace, page: Callable[..., AppTest], said: Callable[[AppTest], str]
) -> None:
    shown = said(page("weekly", week="2025-W11")) + said(page("causes", week="2025-W11"))
    for name in (PICTURE, NAMES[1], NAMES[3], r"发票\u202efdp.组", r"隐\u200b身\u2066组"):
        assert name in shown
    assert r"隐\u200b身\u2066组 &lt;i&gt;.csv" in said(page("health"))
