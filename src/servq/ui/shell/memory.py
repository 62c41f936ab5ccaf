"""A bounded cache of results per view, which drops the oldest first.

Streamlit's own cache looks at the function's signature and hashes every argument on each call: at some fifty calls a
page that was a seventh of a rerun.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock, RLock
from typing import Any


class Memory:
    """Values by key, shared by all sessions; each is made once, also when several readers ask at the same time.

    >>> memory = Memory(most=2)
    >>> [memory.recall(key, lambda: key.upper()) for key in "abac"]
    ['A', 'B', 'A', 'C']
    >>> memory.recall("a", lambda: "kept: not made again"), memory.recall("b", lambda: "forgotten: made again")
    ('A', 'forgotten: made again')
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Hashable, Any] = OrderedDict()
        self._making: dict[Hashable, RLock] = {}
        self._guard = Lock()

    def recall(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """The value of a key, made now when it is not cached. A failure is not cached."""
        with self._guard:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
            making = self._making.setdefault(key, RLock())
        with making:
            return self._make(key, make)

    def _make(self, key: Hashable, make: Callable[[], Any]) -> Any:
        with self._guard:
            if key in self._values:  # another reader was quicker
                return self._values[key]
        try:
            made = make()
            with self._guard:
                self._values[key] = made
                while len(self._values) > self._most:
                    self._values.popitem(last=False)
        finally:
            with self._guard:
                self._making.pop(key, None)
        return made
