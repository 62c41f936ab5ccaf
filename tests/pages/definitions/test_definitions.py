"""The page 口径: every metric of the catalog as a form, and the targets and promises of the week."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from servq.metrics.catalog import METRICS
from servq.metrics.readings import EXCLUSIONS
from servq.records import STATES

Page, Said = Callable[..., AppTest], Callable[[AppTest], str]


@pytest.mark.parametrize("link", [{}, {"lang": "English"}])
def test_every_metric_has_its_whole_form(link: dict[str, str], empty: SimpleNamespace, page: Page, said: Said) -> None:
    text = said(page("definitions", **link))
    for metric in METRICS.values():
        for label in (metric.label, metric.question, metric.formula, metric.reference):
            assert (label.en if link else label.zh) in text, metric.name
        assert metric.name in text


def test_the_index_leads_to_every_form(empty: SimpleNamespace, page: Page, drawn: Said) -> None:
    sent = drawn(page("definitions"))
    for name in METRICS:
        assert sent.count(f'href="#{name}"') == sent.count(f'id="{name}"') == 1


def test_targets_and_promises_of_the_week_with_the_day_they_began(
    full: SimpleNamespace, page: Page, said: Said
) -> None:
    text = " ".join(said(page("definitions")).split())
    assert "净推荐值 NPS ≥ 35 点 2026-01-01" in text
    assert "首次响应中位数 ≤ 2 小时 2026-01-01" in text
    assert "小程序 30 分钟内响应 30 分钟 2026-01-01" in text


def test_a_week_before_the_targets_has_none(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    # the week of this warehouse is in 2025, the standards hold from 2026 on
    text = said(page("definitions"))
    assert "本周没有设定目标" in text
    assert "没有公开承诺，按默认时限" in text


def test_a_figure_stands_beside_its_definition(one_team: SimpleNamespace, page: Page, said: Said) -> None:
    text = " ".join(said(page("definitions")).split())
    assert "40 点 · n = 40" in text
    assert "没有神秘访客检查 · n = 0" in text


def test_every_form_says_what_was_left_out_and_up_to_which_load(
    one_team: SimpleNamespace, page: Page, said: Said
) -> None:
    text = " ".join(said(page("definitions")).split())
    assert text.count("载入编号") == text.count("未计入") == len(METRICS)
    assert f"载入编号 {one_team.snapshot().load_id}" in text


def test_a_figure_that_is_opened_shows_its_definition_above_its_rows(
    one_team: SimpleNamespace, page: Page, said: Said
) -> None:
    app = page("weekly")
    text = " ".join(said(next(b for b in app.button if b.label == "查看这 40 份答卷 ›").click().run()).split())
    formula, _, rest = text.partition("7–8 分只计入分母")[2].partition("载入编号")
    assert "分母 n = 40" in formula
    assert "未计入 无" in formula
    assert rest.strip().startswith(str(one_team.snapshot().load_id))


def test_the_words_of_a_judgement_are_all_there(empty: SimpleNamespace, page: Page, said: Said) -> None:
    text = said(page("definitions"))
    assert all(label.zh in text for label in (*STATES.values(), *EXCLUSIONS.values()))


def test_no_metric_is_indicative_where_it_is_judged_already(empty: SimpleNamespace, page: Page, said: Said) -> None:
    text = said(page("definitions"))
    for metric in METRICS.values():
        between = f"{metric.shown_from}–{metric.judgeable_from - 1} 仅供参考"
        assert (between in text) == (metric.shown_from < metric.judgeable_from) or metric.unit == "count"


def test_the_balance_says_which_family_no_data_feed(full: SimpleNamespace, page: Page, said: Said) -> None:
    text = " ".join(said(page("definitions")).split())
    assert "五类指标：创新没有任何数据" in text
    assert "改进建议采纳率" in text


def test_a_metric_has_an_address_that_shows_it_alone(one_team: SimpleNamespace, page: Page, drawn: Said) -> None:
    sent = drawn(page("definitions", metric="nps"))
    assert shown_forms(sent) == ["nps"]
    assert "五类指标" not in sent
    assert 'href="definitions?week=2025-W10&amp;span=8&amp;metric=csat"' in drawn(page("definitions"))


def test_an_id_that_is_no_metric_says_so(one_team: SimpleNamespace, page: Page, said: Said, drawn: Said) -> None:
    app = page("definitions", metric="<b>nsp</b>")
    assert "没有与“<b>nsp</b>”有关的指标" in said(app)
    assert shown_forms(drawn(app)) == []


def test_what_is_typed_finds_metrics_by_name_id_and_words_and_all_come_back(
    one_team: SimpleNamespace, page: Page, drawn: Said
) -> None:
    app = page("definitions", metric="nps")
    box = app.text_input(key="term")
    assert shown_forms(drawn(box.set_value("净推荐").run()))[0] == "nps"
    assert shown_forms(drawn(box.set_value("REOPEN_RATE").run())) == ["reopen_rate"]
    assert shown_forms(drawn(box.set_value("90% percentile nobody").run())) == []
    assert app.button(key="all-metrics").click().run()
    assert shown_forms(drawn(app)) == list(METRICS)


def shown_forms(sent: str) -> list[str]:
    """The metrics whose forms a page shows, in their order."""
    return re.findall(r'<div class="sq-form" id="(\w+)"', sent)
