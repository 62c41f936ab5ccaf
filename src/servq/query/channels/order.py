"""The order of channels as readers expect it: online first, then by partners, then face to face."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

CHANNELS = ("官网", "APP", "小程序", "OTA", "社交媒体", "门店", "呼叫中心")
"""The channels that are known by name, in their order."""


def in_channel_order(channels: Iterable[str]) -> list[str]:
    """Channels as readers expect them; those not known by name follow, sorted.

    >>> in_channel_order(["展会", "门店", "官网"])
    ['官网', '门店', '展会']
    """
    known = list(CHANNELS)
    return sorted(channels, key=lambda channel: (known.index(channel) if channel in known else len(known), channel))
