"""The rule for addresses: without a configured way in only this machine is served."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import ip_address, ip_network

from servq.access.gate import Gate
from servq.configuration import Access, read_configuration
from servq.errors import UsageError
from servq.settings import read_settings
from servq.warehouse.store.engine import Warehouse


def is_loopback(address: str | None) -> bool:
    """Whether an address is reachable from this machine only; none at all means every address.

    >>> [is_loopback(one) for one in ("127.0.0.1", "127.8.8.8", "::1", "localhost", "0.0.0.0", "::", "192.0.2.7", "")]
    [True, True, True, True, False, False, False, False]
    >>> is_loopback("::ffff:127.0.0.1"), is_loopback("localhost.example.com"), is_loopback(None)
    (True, False, False)
    """
    if not address:
        return False
    if address == "localhost":
        return True
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return (getattr(found, "ipv4_mapped", None) or found).is_loopback


def is_among(address: str, peers: tuple[str, ...]) -> bool:
    """Whether an address is one of these addresses or networks.

    >>> is_among("10.1.2.3", ("10.1.0.0/16",)), is_among("10.2.2.3", ("10.1.0.0/16",)), is_among("unix", ("::1",))
    (True, False, False)
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False
    plain = getattr(found, "ipv4_mapped", None) or found
    return any(plain in ip_network(peer) for peer in peers)


def insist_on_a_way_in(access: Access, address: str | None, where: str) -> None:
    """Refuse to serve other machines while nobody signs in.

    Raises:
        UsageError: the address is not this machine's own, and no way in is configured.
    """
    if access.sign_in == "none" and not is_loopback(address):
        raise UsageError(
            f"其他机器能打开 {address or '所有地址'}，而没有设置登录，所以不启动",
            f"other machines reach {address or 'every address'} and nobody signs in, so this does not start",
            where=where,
            hint_zh='在 servq.toml 写 [access] sign_in = "local"，再运行 servq accounts add；或只监听 127.0.0.1',
            hint_en='Put [access] sign_in = "local" into servq.toml, then run servq accounts add; or listen to '
            "127.0.0.1 only",
        )


_started: list[Gate] = []
"""The gate that this process was started with; none where pages run without the server, as in tests."""


def install(gate: Gate) -> None:
    """Hold the process to one gate: what servq.toml says later counts from the next start."""
    _started[:] = [gate]


def gate_in_force() -> Gate:
    """The gate that the pages ask."""
    return _started[0] if _started else make_gate()


def make_gate() -> Gate:
    """The gate that the configuration of this machine asks for.

    Raises:
        UsageError: the configuration is faulty.
    """
    settings = read_settings()
    chosen = read_configuration(settings.home)
    return _gate(settings.database_url, chosen.loading.lock_seconds, chosen.access)


@lru_cache(maxsize=4)
def _gate(url: str, lock_seconds: int, access: Access) -> Gate:
    return Gate(access, Warehouse(url, lock_seconds))
