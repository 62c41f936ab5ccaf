"""A client without a browser: it speaks Streamlit's websocket, opens a page, chooses weeks, waits for each rerun."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Selectbox_pb2 import Selectbox
from websockets.asyncio.client import ClientConnection, connect

WEEK = re.compile(r"-week$")
"""A widget's id ends with its key; the filter bar's week has the key `week` on our pages and on the plain one."""


class Reader:
    """One session with a page. After `open`, `weeks` are the choices of its week filter."""

    def __init__(self, socket: ClientConnection, page: str) -> None:
        self._socket, self._page = socket, page
        self._script, self._query = "", ""
        self._kept: set[str] = set()
        self._filter: Selectbox | None = None
        self.charts = 0
        self.bytes_received = 0

    @property
    def weeks(self) -> list[str]:
        """The choices of its week filter, newest first."""
        if self._filter is None:
            raise RuntimeError("the page has no week filter")
        return list(self._filter.options)

    async def open(self) -> float:
        """Open the page; returns the seconds until it was there."""
        return await self._rerun(BackMsg())

    async def choose_week(self, week: str) -> float:
        """Choose a week in the filter bar; returns the seconds until the page was there."""
        message = BackMsg()
        assert self._filter is not None
        message.rerun_script.widget_states.widgets.add(id=self._filter.id, string_value=week)
        return await self._rerun(message)

    async def _rerun(self, message: BackMsg) -> float:
        state = message.rerun_script
        state.page_name, state.page_script_hash, state.query_string = self._page, self._script, self._query
        state.cached_message_hashes.extend(sorted(self._kept))
        state.context_info.timezone, state.context_info.locale = "Asia/Shanghai", "zh-CN"
        started, self.charts, self._kept, self.bytes_received = time.perf_counter(), 0, set(), 0
        await self._socket.send(message.SerializeToString())
        while True:
            data = await self._socket.recv()
            assert isinstance(data, bytes)
            self.bytes_received += len(data)
            answer = ForwardMsg()
            answer.ParseFromString(data)
            self._take(answer)
            if answer.WhichOneof("type") == "script_finished":
                return time.perf_counter() - started

    def _take(self, answer: ForwardMsg) -> None:
        """Remember what a browser would: which page this is, its query, what it need not be sent again."""
        kind = answer.WhichOneof("type")
        if kind == "navigation":
            self._script = answer.navigation.page_script_hash
        elif kind == "page_info_changed":
            self._query = answer.page_info_changed.query_string
        elif kind == "ref_hash":
            self._kept.add(answer.ref_hash)
        elif kind == "delta":
            if answer.metadata.cacheable:
                self._kept.add(answer.hash)
            element = answer.delta.new_element
            what = element.WhichOneof("type")
            if what == "exception":
                raise RuntimeError(f"the page failed: {element.exception.message}")
            if what == "selectbox" and WEEK.search(element.selectbox.id):
                self._filter = element.selectbox
            self.charts += what == "plotly_chart"


@asynccontextmanager
async def reading(port: int, page: str = "") -> AsyncIterator[Reader]:
    """A session with the page of this name (`""` is the first one); closed with the block."""
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with connect(address, subprotocols=["streamlit"], max_size=None, proxy=None) as socket:  # type: ignore[list-item]
        yield Reader(socket, page)
