"""Coder agreement: the clerk's category against the category of the text, as a matrix with clickable fields."""

from __future__ import annotations

from collections.abc import Mapping

from servq.query.causes.coder_agreement import Filed, filed_twice
from servq.records import UNATTRIBUTED, Label, Picked
from servq.text.causes.finder import shipped_tree
from servq.text.causes.labels import cause_label
from servq.ui.causes.causes import nothing
from servq.ui.charts import canvas
from servq.ui.charts.canvas import plain
from servq.ui.charts.grids.board import Field, Tint, board
from servq.ui.components.figures import reading
from servq.ui.shell import shell
from servq.ui.shell.language import name_of, say, shown
from servq.ui.shell.theme import GREY
from servq.ui.shell.view import View, kept_per_view

MOST_ROWS = 20


def both_ways(view: View) -> None:
    """The share of complaints whose clerk's category is the text's main category; a field opens its complaints."""
    if not reading(view, "complaints", view.period).n:
        shell.section(say("受理分类与客户原文", "The clerk's category and the customer's words"))
        shell.note(nothing(view))
        return
    found = _filed(view)
    shell.section(_finding(found), _explained(found))
    if not found.cells:
        shell.note(say("这些投诉没有受理分类或没有原文。", "These complaints have no category, or no words."))
        return
    canvas.show(_matrix(view), "clerks", wide=True)
    rows = len({clerk for clerk, _ in found.cells})
    shell.left_out(rows - MOST_ROWS, Label("受理分类", "category of the clerk"))


def _finding(found: Filed) -> str:
    agreed = found.agreed
    if agreed.share is None:
        return say("受理分类与客户原文没有可比的投诉", "No complaint has both a category and a cause in its words")
    kappa = "" if agreed.kappa is None else say("，", ", ") + f"κ = {agreed.kappa:.2f}"
    return say(
        f"受理分类与客户原文：{agreed.share:.0%} 说的是同一类（n = {agreed.n:,}{kappa}）",
        f"Clerk and customer name the same category in {agreed.share:.0%} (n = {agreed.n:,}{kappa})",
    )


def _explained(found: Filed) -> str:
    silent = sum(len(ids) for (_, words), ids in found.cells.items() if words == UNATTRIBUTED)
    unknown = sorted({clerk for clerk, _ in found.cells} - set(found.same))
    zh = f"行：受理人选的类；列：原文说得最多的类；深格为一致；两者都保留，谁也不改谁；另有 {silent:,} 件原文未归因"
    en = (
        "Rows: as the clerk filed it; columns: what the words speak of most; shaded: the same; both are kept; "
        f"{silent:,} more name no cause"
    )
    if found.without:
        zh += f"，{found.without:,} 件缺分类或缺原文"
        en += f", {found.without:,} have no category or no words"
    if unknown:
        zh += f"；原因树没有的分类不参与一致率：{'、'.join(map(shown, unknown))}"
        en += f"; not in the tree, not compared: {', '.join(map(shown, unknown))}"
    return say(zh, en)


@kept_per_view
def _filed(view: View) -> Filed:
    return filed_twice(view.snapshot, view.period)


@kept_per_view
def _matrix(view: View) -> canvas.Chart:
    found = _filed(view)
    order = [category.code for category in shipped_tree().categories] + [UNATTRIBUTED]
    used = [code for code in order if any(words == code for _, words in found.cells)]
    totals: dict[str, int] = {}
    for (clerk, _), ids in found.cells.items():
        totals[clerk] = totals.get(clerk, 0) + len(ids)
    clerks = sorted(totals, key=lambda clerk: (order.index(found.same.get(clerk, UNATTRIBUTED)), -totals[clerk]))
    names = {code: name_of(cause_label(code)) for code in used}
    fields = [_field(view, found, key, ids, totals, names) for key, ids in found.cells.items()]
    return board(fields, [shown(clerk) for clerk in clerks[:MOST_ROWS]], list(names.values()))


def _field(
    view: View,
    found: Filed,
    key: tuple[str, str],
    ids: tuple[str, ...],
    totals: Mapping[str, int],
    names: Mapping[str, str],
) -> Field:
    clerk, words = key
    share = f"{len(ids) / totals[clerk]:.0%}"
    why = Label(f"受理：{clerk}；原文：{cause_label(words).zh}", f"filed: {clerk}; words: {cause_label(words).en}")
    return Field(
        shown(clerk),
        names[words],
        f"<b>{len(ids):,}</b><br><span style='font-size:11px;color:{GREY}'>{share}</span>",
        f"{plain(clerk)} · {plain(names[words])}<br>n = {len(ids):,}<br>"
        + say(f"占此受理分类 {share}", f"{share} of this category of the clerk"),
        Tint.SAME if found.same.get(clerk) == words else Tint.PLAIN,
        (Picked(why, ids), view.period),
    )
