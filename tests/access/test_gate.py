"""Sessions on both stores: begun, used, ended by time, by sign-out, by another password, with their account."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from servq.access import accounts
from servq.access.accounts import LOCAL
from servq.access.gate import Gate, hash_of
from servq.access.passwords import hashed, matches
from servq.access.roles import Role
from servq.access.viewer import NotSignedIn, Scope
from servq.configuration import Access
from servq.errors import UsageError
from servq.records.account import Account
from servq.warehouse.books import accounts as book
from servq.warehouse.books.audit import newest
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.tables.access_tables import session
from servq.warehouse.upkeep.backup import take_backup
from servq.warehouse.upkeep.restore import restore
from tests.access.conftest import PASSWORD

Wait = Callable[[int], None]


def anna(gate: Gate) -> Account:
    with gate.warehouse.read() as connection:
        found = book.find(connection, LOCAL, "anna")
    assert found is not None
    return found


def begin(gate: Gate) -> str:
    """A session of anna's; the hash of its token."""
    return hash_of(gate.begin(anna(gate), "local", "192.0.2.1"))


def test_a_session_names_its_viewer_with_role_and_scope(gate: Gate) -> None:
    found = gate.viewer(begin(gate))
    assert (found.who, found.role, found.scope, found.way) == ("anna", Role.QUALITY, Scope.EVERYTHING, "local")


def test_only_the_hash_of_the_token_is_stored_and_a_token_has_256_random_bits(gate: Gate) -> None:
    tokens = {gate.begin(anna(gate), "local", "192.0.2.1") for _ in range(3)}
    with gate.warehouse.read() as connection:
        stored = set(connection.scalars(select(session.c.token_hash)))
    assert stored == {hash_of(token) for token in tokens}
    assert {len(token) for token in tokens} == {43}, "43 characters of base64 are 256 bits"


@pytest.mark.parametrize("token_hash", ["", "none", "0" * 64])
def test_no_session_is_an_error_and_never_everybody(gate: Gate, token_hash: str) -> None:
    with pytest.raises(NotSignedIn):
        gate.viewer(token_hash)


def test_a_session_that_is_not_used_ends_after_the_idle_time_and_use_prolongs_it(gate: Gate, wait: Wait) -> None:
    kept = begin(gate)
    for _ in range(3):
        wait(9 * 60)
        assert gate.session(kept) is not None
    wait(10 * 60 + 1)
    assert gate.session(kept) is None


def test_a_session_ends_at_its_longest_time_however_much_it_is_used(gate: Gate, wait: Wait) -> None:
    kept = begin(gate)
    for _ in range(14):
        wait(8 * 60)
        assert gate.session(kept) is not None  # 112 minutes
    wait(8 * 60)
    assert gate.session(kept) is None


def test_signing_out_ends_this_session_and_no_other(gate: Gate) -> None:
    first, second = begin(gate), begin(gate)
    gate.end(gate.viewer(first))
    assert gate.session(first) is None
    assert gate.session(second) is not None


def test_a_session_that_the_browser_had_before_ends_when_another_begins(gate: Gate) -> None:
    first = begin(gate)
    second = hash_of(gate.begin(anna(gate), "local", "192.0.2.1", before=first))
    assert (gate.session(first), gate.session(second) is not None) == (None, True)


def test_an_account_that_is_switched_off_has_no_session_and_gets_none_back_with_it(gate: Gate) -> None:
    kept = begin(gate)
    accounts.disable(gate.warehouse, "anna", "test")
    assert gate.session(kept) is None
    accounts.enable(gate.warehouse, "anna", "test")
    assert gate.session(kept) is None


def test_another_password_ends_every_session(gate: Gate) -> None:
    kept = [begin(gate), begin(gate)]
    accounts.set_password(gate.warehouse, "anna", "four unrelated words now", "test")
    assert [gate.session(one) for one in kept] == [None, None]


def test_another_role_counts_at_once(gate: Gate) -> None:
    kept = begin(gate)
    assert gate.viewer(kept).may("action:promise")
    accounts.set_role(gate.warehouse, "anna", Role.READER, "test")
    assert not gate.viewer(kept).may("action:promise")


def test_one_process_sees_what_another_revoked(gate: Gate) -> None:
    kept, other = begin(gate), Gate(gate.access, Warehouse(gate.warehouse.url.render_as_string(hide_password=False)))
    other.end(other.viewer(kept))
    assert gate.session(kept) is None
    other.warehouse.close()


def test_a_session_is_found_while_a_load_writes_and_on_postgresql_one_begins_too(gate: Gate, wait: Wait) -> None:
    kept = begin(gate)
    wait(120)  # its use would be written down
    with gate.warehouse.write():
        assert gate.session(kept) is not None
        if gate.warehouse.url.get_backend_name() == "postgresql":
            assert gate.session(begin(gate)) is not None


def test_a_session_that_was_open_when_a_backup_was_taken_is_not_after_it_is_restored(
    gate: Gate, tmp_path: Path
) -> None:
    kept = begin(gate)
    take_backup(gate.warehouse, tmp_path / "backup.sqlite")
    gate.end(gate.viewer(kept))
    restore(gate.warehouse, tmp_path / "backup.sqlite", replace=True)
    assert gate.session(kept) is None
    assert gate.session(begin(gate)) is not None, "the account is there again"


def test_who_did_what_to_an_account_is_in_the_audit_trail_without_any_password(gate: Gate) -> None:
    accounts.set_role(gate.warehouse, "Anna", Role.LEAD, "root")
    accounts.set_password(gate.warehouse, "anna", "four unrelated words now", "root")
    gate.end(gate.viewer(begin(gate)))
    gate.record("anna", "local", "", "exported", "drill", 12)
    with gate.warehouse.read() as connection:
        lines = newest(connection, 0)
    told = [(line.who, line.action, line.what, line.rows) for line in lines]
    assert told == [
        ("anna", "exported", "drill", 12),
        ("anna", "signed_out", "", None),
        ("anna", "signed_in", "lead", None),
        ("root", "password_changed", "local:anna", None),
        ("root", "role_changed", "local:anna lead", None),
        ("test", "account_added", "local:anna quality", None),
    ]
    assert "unrelated" not in repr(lines)


def test_a_person_has_one_account_for_each_way_in(gate: Gate) -> None:
    with pytest.raises(UsageError, match="已有账号 anna"):
        accounts.add(gate.warehouse, LOCAL, " ANNA ", "", Role.READER, PASSWORD, "test")
    accounts.add(gate.warehouse, accounts.PROXY, "anna", "", Role.READER, None, "test")
    with pytest.raises(UsageError, match="有两个账号"):
        accounts.set_role(gate.warehouse, "anna", Role.LEAD, "test")
    assert accounts.set_role(gate.warehouse, "proxy:anna", Role.LEAD, "test").issuer == accounts.PROXY


@pytest.mark.parametrize("name", ["", "a b", "a/b", "<script>", "x" * 65])
def test_a_name_that_is_none_is_refused(gate: Gate, name: str) -> None:
    with pytest.raises(UsageError):
        accounts.add(gate.warehouse, LOCAL, name, "", Role.READER, PASSWORD, "test")


def test_a_password_needs_twelve_characters_and_is_kept_as_argon2id() -> None:
    with pytest.raises(UsageError, match="12 至 200"):
        hashed("eleven char")
    stored = hashed(PASSWORD)
    assert stored.startswith("$argon2id$")
    assert matches(PASSWORD, stored)
    assert not matches(f"{PASSWORD} ", stored)


def test_nobody_has_the_password_of_a_name_that_does_not_exist() -> None:
    assert not matches("nobody has this password", None)


def test_the_default_ends_a_session_after_two_idle_hours_and_twelve_in_all() -> None:
    assert (Access().idle_minutes, Access().longest_hours) == (120, 12)
