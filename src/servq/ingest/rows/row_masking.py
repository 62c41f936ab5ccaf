"""Masking of rows: personal data in free text becomes a mark, and ids of persons become keyed hashes.

Owns which columns are masked in which way; docs/privacy.md has the table. Nothing may be scored, stored or quarantined
before it is masked here.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from servq.loaders.headers.header_words import plain
from servq.loaders.sources.catalog import SOURCES
from servq.records.loading import SEVERAL
from servq.text.masking.masking import mask, mask_label, mask_name, pseudonym
from servq.text.masking.surnames import is_full_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from servq.errors import FileRefused
    from servq.loaders.maps.map import Map
    from servq.loaders.sources.source import Kind
    from servq.records import FileFacts, Rejected


def _named(kind: Kind) -> tuple[str, ...]:
    """The columns of this kind in any source."""
    columns = (column for source in SOURCES.values() for column in source.columns)
    return tuple(dict.fromkeys(column.name for column in columns if column.kind == kind))


FREE_TEXT = _named("text")
"""Columns in which people write freely: personal data is masked before anything else happens."""

LABELS = _named("name")
"""Columns of names that figures are told by: numbers and addresses of persons are masked, names are not (李师傅组)."""

_KEYS = tuple(source.key[0] for source in SOURCES.values())

_OF_PERSONS = (
    (
        "[姓名]",
        "姓名|联系人|昵称|称呼|(?:客户|顾客|乘客|旅客|客人|会员)名|^name$|(?:full|first|last|customer|guest|contact).?name",
    ),
    ("[手机]", "手机(?!型|品|系)|电话|^tel|phone|mobile"),
    ("[证件]", "身份证|证件|护照|passport|id.?card"),
    ("[银行卡]", "银行卡|卡号|card.?n"),
    ("[车牌]", "车牌"),
    ("[邮箱]", "邮箱|邮件地址|e-?mail"),
    ("[账号]", "微信|wechat|^qq"),
    ("[地址]", "地址|住址|address"),
)
_AGAIN = re.compile(r" \(\d+\)\Z")  # 会员编号 (2)
_PERSONAL = [(mark, re.compile(said, re.IGNORECASE)) for mark, said in _OF_PERSONS]


def hide_in_frame(frame: pd.DataFrame, key: bytes) -> pd.DataFrame:
    """The rows without personal data: free text masked, persons' ids replaced by keyed hashes."""
    hidden = {name: _mapped(frame[name], mask) for name in FREE_TEXT if name in frame}
    hidden |= {name: _mapped(frame[name], mask_label) for name in LABELS if name in frame}
    if "customer_id" in frame:
        hidden["customer_id"] = _mapped(frame["customer_id"], lambda value: pseudonym(value, key))
    if "shopper_id" in frame:
        hidden["shopper_id"] = _mapped(frame["shopper_id"], lambda value: shopper(value, key))
    if "raw" in frame:
        hidden["raw"] = frame["raw"].map(lambda cells: _hidden_cells(cells, key), na_action="ignore")
    return frame.assign(**hidden)


def shopper(shopper_id: str, key: bytes) -> str:
    """A shopper's number unchanged (S07); a name or a phone number as a keyed hash."""
    named = is_full_name(shopper_id.strip()) or mask(shopper_id) != shopper_id
    return pseudonym(shopper_id, key) if named else shopper_id


def hide_in_row(bad: Rejected, facts: FileFacts, key: bytes) -> Rejected:
    """An untrusted row without personal data, each cell masked as its column is; in a row of the wrong width all cells
    are."""
    ids = _may_be_ids(bad, facts)
    canonical = {} if bad.reason == "wrong_width" else {header: name for name, header in facts.columns.items()}
    raw = {
        header: pseudonym(text, key)
        if _once(bad, header) in ids
        else _hidden(canonical.get(_once(bad, header)), header, text, key)
        for header, text in bad.raw.items()
    }

    def told(column: str, value: str) -> str:
        return raw[column] if bad.raw.get(column) == value else mask(value)

    also = tuple((column, told(column, value), reason) for column, value, reason in bad.also)
    kept = bad.value if bad.reason == "wrong_width" else told(bad.column, bad.value)
    names = _hidden_headers([*facts.headers, *facts.unused, *_used(facts), *bad.raw])
    return replace(
        bad,
        column=names.get(bad.column, bad.column),
        value=kept,
        raw={names.get(header, header): text for header, text in raw.items()},
        also=tuple((names.get(column, column), value, reason) for column, value, reason in also),
    )


def _once(bad: Rejected, header: str) -> str:
    """The header of a value that an answer sheet says once more: 会员编号 (2) is a 会员编号."""
    return _AGAIN.sub("", header) if bad.reason in ("asked_twice", "lines_differ") else header


def hide_in_facts(facts: FileFacts) -> FileFacts:
    """The facts about a file with personal data masked: its name and its headers."""
    names = hidden_headers(facts)
    return replace(
        facts,
        name=mask_name(facts.name),
        columns={
            name: mask(header) if header.startswith(SEVERAL) else names.get(header, header)
            for name, header in facts.columns.items()
        },
        unused=tuple(names.get(header, header) for header in facts.unused),
        headers=tuple(names.get(header, header) for header in facts.headers),
    )


def hidden_headers(facts: FileFacts) -> dict[str, str]:
    """Header -> how it is told, of the headers that hold personal data; each stays one of its own.

    A file without a header has a person where headers are read, and the question of a matrix may name one.
    """
    return _hidden_headers([*facts.headers, *facts.unused, *_used(facts)])


def _hidden_headers(headers: Sequence[str]) -> dict[str, str]:
    taken, names = set(headers), dict[str, str]()
    for header in dict.fromkeys(headers):
        if (masked := _mask_once(header)) != header:
            shown, times = masked, 1
            while shown in taken:
                times += 1
                shown = f"{masked}{times}"
            taken.add(shown)
            names[header] = shown
    return names


@lru_cache(maxsize=4096)
def _mask_once(header: str) -> str:
    """A header masked; each is met in every row that waits."""
    return mask(header)


def _used(facts: FileFacts) -> list[str]:
    """The headers that a column is read from; constants and several headers of one column are none."""
    return [header for header in facts.columns.values() if not header.startswith(("= ", SEVERAL))]


def hide_in_map(map_: Map, facts: FileFacts) -> str:
    """The text of a map without personal data: headers as they are called in the rows that wait, names as stored."""
    names, text = hidden_headers(facts), map_.text
    said = {header: _as_in_file(header, facts, names) for header in map_.headers}
    for name, pick in map_.columns.items():
        if name in LABELS:
            labels = [*(one for _, one in (*pick.options, *pick.names)), *([pick.constant] if pick.constant else [])]
            said |= {one: mask_label(one) for one in labels if one not in said}
    for came, shown in said.items():
        if shown != came:
            text = text.replace(json.dumps(came), json.dumps(shown))
    return text


def _as_in_file(header: str, facts: FileFacts, names: Mapping[str, str]) -> str:
    """How the file's header that a map means is told; of one that is no whole header of it, itself masked."""
    if header.strip() in facts.headers:
        return names.get(header.strip(), header)
    alike = [one for one in facts.headers if plain(one) == plain(header)]
    return names.get(alike[0], header) if len(alike) == 1 else _mask_once(header)


def hide_in_refusal(refused: FileRefused, name: str) -> FileRefused:
    """The same refusal without personal data: the file's name, and what stood where headers should, are masked."""
    said = {part: getattr(refused, part) for part in ("zh", "en", "where", "hint_zh", "hint_en")}
    hidden = {part: mask(text.replace(name, mask_name(name))) for part, text in said.items()}
    return type(refused)(hidden.pop("zh"), hidden.pop("en"), **hidden)


def _mapped(column: pd.Series[Any], hide: Callable[[str], str]) -> pd.Series[Any]:
    """A column with its values hidden; each distinct one is looked at once."""
    values = column.to_numpy(dtype=object).tolist()
    hidden = {value: hide(value) if isinstance(value, str) else value for value in set(values)}
    # plain objects, as they are stored: pandas' own strings would go to Arrow and back
    return pd.Series(list(map(hidden.__getitem__, values)), index=column.index, dtype=object)


def _hidden(name: str | None, header: str, text: str, key: bytes) -> str:
    """A cell as its column is hidden; one that no column uses is a person's when its header says so."""
    if name == "order_id":
        return text
    if name in LABELS or name in _KEYS:
        return mask_label(text)
    if name == "shopper_id":
        return shopper(text, key)
    if name is None and text.strip():
        return next((mark for mark, said in _PERSONAL if said.search(header)), mask(text))
    return mask(text)


def _hidden_cells(cells: dict[str, str] | None, key: bytes) -> dict[str, str] | None:
    return cells and {name: _hidden(name, "", text, key) for name, text in cells.items()}


def _may_be_ids(bad: Rejected, facts: FileFacts) -> set[str]:
    """The headers of a row under which the customer's id may stand.

    In a row of the wrong width nobody knows where the cell is that was added or lost. With k too many or too few, a
    cell has slid by k places at most; `mask` does not know a member number when it sees one, so all of these count:

        team  customer_id  likelihood             k = 1, the id's place is 2: cells 1 to 3
        甲    x            VIP-7       9
    """
    customer = facts.columns.get("customer_id", "")
    if facts.turned is not None and facts.turned.anything and customer:  # it may be the answer to any question
        return set(bad.raw) if bad.reason == "wrong_width" else {customer, *facts.turned.anything}
    if bad.reason != "wrong_width" or customer not in facts.headers:
        return {customer}
    slid = abs(int(bad.value) - len(facts.headers))
    beyond = [name for name in bad.raw if name not in facts.headers]
    place = facts.headers.index(customer)
    return set([*facts.headers, *beyond][max(0, place - slid) : place + slid + 1])
