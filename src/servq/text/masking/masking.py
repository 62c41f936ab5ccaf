"""Masking of personal data: in free text a mark takes its place, a customer id becomes a keyed hash.

Owns the order of the rules and the key of the hashes. Never keeps what it masked and cannot restore it. The patterns
are in patterns.py, accounts.py and names.py.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from functools import lru_cache
from operator import add
from typing import TYPE_CHECKING

from servq.errors import ServqError
from servq.text.masking.accounts import ACCOUNT_PAIRS, ACCOUNT_RULES
from servq.text.masking.folding import applied, replaced
from servq.text.masking.names import PAIRS as NAME_PAIRS
from servq.text.masking.names import name_places
from servq.text.masking.patterns import PROVINCES, RULES
from servq.text.visible import spelled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KEY_FILE = "customer.key"
KEY_BYTES = 32
NAME = "[姓名]"

_PSEUDONYM = re.compile(r"c_[0-9a-f]{24}")

# Six digits with little between them, an address, a plate: most comments hold none, and are not looked at further.
_DIGIT = re.compile("[0-9０-９@＠]")
_MAY_HOLD = re.compile(
    rf"[@＠]|(?:[0-9０-９][^0-9０-９]{{0,2}}){{5}}[0-9０-９]"
    rf"|[{PROVINCES}][A-Za-zＡ-Ｚａ-ｚ][^\n]?[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]{{3}}"
)

# somebody(at)example.com, somebody at example dot com
_SAYS_AT = re.compile(r"[(\[{（［｛ ]at[)\]}）］｝ ]", re.IGNORECASE)

# what takes no room and may stand between the digits of a number: spaces of no width, joiners, marks of direction
_UNSEEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+")
_MARKS = re.compile(r"(\[(?:手机|电话|证件|银行卡|车牌|邮箱|账号|姓名)\])")

_PAIRS = ACCOUNT_PAIRS | NAME_PAIRS


def mask(text: str) -> str:
    """The text with personal data replaced by typed marks; masking a masked text changes nothing.

    Marks: [手机] [电话] [证件] [银行卡] [车牌] [邮箱] [账号] [姓名]. Order, flight and train numbers, dates, amounts
    and 400 hotlines stay. Addresses, bare names and digits written as words (一三八…) are not found: docs/privacy.md
    says what is, and how surely.

    Args:
        text: any text; full-width digits and common separators are understood.

    Returns:
        The text with the marks; every other character is as it came.

    >>> mask("请打 138-1234-5678，订单 SQ20260405001234，航班 MU5101")
    '请打 [手机]，订单 SQ20260405001234，航班 MU5101'
    """
    return _until_nothing_more(_masked_once, text)


def mask_name(name: str) -> str:
    """A file's name without personal data, as it is stored and shown; its ending stays, and it is text (see `spelled`).

    >>> mask_name("回访_13812345678.xlsx"), mask_name("投诉2026年4月.xlsx")
    ('回访_[手机].xlsx', '投诉2026年4月.xlsx')
    """
    name = spelled(name)
    stem, dot, ending = name.rpartition(".")
    return f"{mask(stem)}{dot}{ending}" if stem and len(ending) <= 5 else mask(name)


def mask_path(path: Path) -> str:
    """A path as it is told: its name as `mask_name` says, its folders as they are; `.` and `/` have no name."""
    return spelled(str(path.with_name(mask_name(path.name)) if path.name else path))


def mask_label(text: str) -> str:
    """The text without numbers and addresses of persons; names stay, as those of teams and outlets are made of them.

    >>> mask_label("李经理组 13812345678")
    '李经理组 [手机]'
    """
    return _until_nothing_more(_without_numbers, text)


def without_marks(text: str) -> str:
    """A masked text with a blank for each mark, for a reader who counts its words.

    >>> without_marks("请打 [手机]，找[姓名]")
    '请打  ，找 '
    """
    return _MARKS.sub(" ", text)


def _until_nothing_more(hide: Callable[[str], str], text: str) -> str:
    """The text with everything hidden: a mark may set free what stood glued to the hidden part."""
    if not text.isascii() and _UNSEEN.search(text):
        seen = _UNSEEN.sub("", text)
        return _with_unseen(text, seen, _until_nothing_more(hide, seen))
    while (hidden := hide(text)) != text:
        text = hidden
    return text


def _with_unseen(text: str, seen: str, hidden: str) -> str:
    """The hidden text with what takes no room where it stood, but within what was hidden."""
    if hidden == seen:
        return text
    places = [place for place, char in enumerate(text) if not _UNSEEN.match(char)] + [len(text)]
    parts, at = _MARKS.split(hidden), 0
    found, last = [text[: places[0]]], len(parts) - 1
    for nth in range(0, len(parts), 2):
        kept = parts[nth]
        start = at if not nth else len(seen) - len(kept) if nth == last else seen.find(kept, at + 1)
        # an unseen character belongs to the one before it
        found.append("".join(text[places[place] : places[place + 1]] for place in range(start, start + len(kept))))
        at = start + len(kept)
        if nth < last:
            found.append(parts[nth + 1])
    return "".join(found)


def _may_hold(text: str) -> bool:
    """Whether a text has anything at which the rules need to look."""
    if _DIGIT.search(text) and _MAY_HOLD.search(text):
        return True
    return ("at" in text or "AT" in text) and _SAYS_AT.search(text) is not None  # hardly any Chinese comment has it


def _masked_once(text: str) -> str:
    if _may_hold(text):
        text = applied(RULES, text)
    if _PAIRS.isdisjoint(map(add, text, text[1:])):
        return text  # nearly every comment ends here
    if not ACCOUNT_PAIRS.isdisjoint(map(add, text, text[1:])):
        text = applied(ACCOUNT_RULES, text)
    names = name_places(text)
    return replaced(text, names, NAME) if names else text


def _without_numbers(text: str) -> str:
    if _may_hold(text):
        text = applied(RULES, text)
    if ACCOUNT_PAIRS.isdisjoint(map(add, text, text[1:])):
        return text
    return applied(ACCOUNT_RULES, text)


def pseudonym(customer_id: str, key: bytes) -> str:
    """The keyed hash that stands for a customer: the same id gives the same hash, and no hash gives an id back.

    Keyed BLAKE2b of 96 bits: among a hundred million customers two share a name with a chance of 10^-13.
    A name that this function gave is left as it is: rows that waited in quarantine come through here again.

    Args:
        customer_id: the id as the source wrote it; surrounding spaces do not count.
        key: from `read_key`; another key gives unrelated names.

    Returns:
        "c_" and 24 hexadecimal digits; "" for a blank id, which is nobody's.

    Raises:
        ValueError: the key is shorter than 16 bytes, so that names could be guessed back.

    Source:
        RFC 7693, keyed hashing.
    """
    if len(key) < 16:
        raise ValueError("the key of the pseudonyms must have at least 16 bytes")
    known = customer_id.strip()
    if not known or (known[:2] == "c_" and _PSEUDONYM.fullmatch(known)):
        return known
    digest = _begun(key).copy()
    digest.update(known.encode() if known.isascii() else known.encode("utf-8", "surrogatepass"))
    return "c_" + digest.hexdigest()


@lru_cache(maxsize=1)
def _begun(key: bytes) -> hashlib.blake2b:
    """The hash of a key before any input: copying it is quicker than starting over for each of many ids."""
    return hashlib.blake2b(digest_size=12, key=key)


def read_key(home: Path) -> bytes:
    """The key of this installation's pseudonyms, made on first use and stored beside the warehouse.

    Without the file every returning customer counts as a new one; with a copy anybody can test guesses.

    Args:
        home: servq's data folder; created where it is missing.

    Returns:
        32 random bytes, the same in every process.

    Raises:
        ServqError: the file is not a key of 32 bytes.
    """
    path = home / KEY_FILE
    if not path.exists():
        _make_key(path)
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise ServqError(
            "客户标识密钥文件已损坏",
            "the key file of the customer ids is damaged",
            where=str(path),
            hint_zh="请从备份恢复；换用新密钥会使所有老客户被算作新客户",
            hint_en="Restore it from a backup; with a new key every known customer counts as a new one",
        )
    return key


def _make_key(path: Path) -> None:
    """A new key, complete from the moment it is visible; where two processes make one, the first stays."""
    try:
        _write_key(path)
    except OSError as error:
        raise ServqError(
            f"客户标识密钥无法写入：{error.strerror}",
            f"the key of the customer ids cannot be written: {error.strerror}",
            where=str(path),
            hint_zh="请检查磁盘空间与权限",
            hint_en="Check the room on the disk, and the rights",
        ) from error


def _write_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{KEY_FILE}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)  # unlike rename, refuses to replace the other process's key
        except FileExistsError:
            return
    finally:
        draft.unlink(missing_ok=True)
