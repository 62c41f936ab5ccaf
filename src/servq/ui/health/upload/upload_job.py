"""A background load begun on a page: it continues when the reader leaves the page, and can be stopped.

Owns the thread. However it ends, the warehouse is as before or has all of the file, and the file is removed.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextvars import copy_context

from servq.errors import ServqError
from servq.ingest.load import Progress
from servq.records import LoadReport
from servq.text.masking.masking import mask, mask_name
from servq.text.visible import visible

_LOG = logging.getLogger("servq")

Work = Callable[[Progress], LoadReport]


class Job(threading.Thread):
    """One load under way: how many rows it has read, and in the end its report or what went wrong.

    Attributes:
        each: the reports of its files, where it has several.
    """

    def __init__(self, name: str, work: Work, expected: int | None = None) -> None:
        super().__init__(name=f"servq-load {name}")
        self.file = name
        self._expected = expected
        self.rows_read = 0
        self.report: LoadReport | None = None
        self.error: ServqError | None = None
        self.each: list[LoadReport] = []
        self._work: Work | None = work
        self._context = copy_context()  # who loads
        self._stop_asked = threading.Event()

    def run(self) -> None:
        """Run the load; called by the thread itself."""
        work = self._work
        assert work is not None
        try:
            self.report = self._context.run(work, self._count)
        except ServqError as error:
            _LOG.warning("upload %s: %s", visible(mask_name(self.file)), visible(mask(str(error))))
            self.error = error
        finally:
            self._work = None  # with it go the bytes that were sent
            if self.report is None and self.error is None:  # a fault: the thread's own log has the trace
                self.error = ServqError(
                    "载入意外中断，未载入任何内容",
                    "the load broke off; nothing was loaded",
                    where=self.file,
                    hint_zh="详情在看板的日志里",
                    hint_en="The dashboard's log has the details",
                )

    @property
    def share(self) -> float | None:
        """The share of the file that is read; None where the number of rows is not known."""
        return None if not self._expected else min(self.rows_read / self._expected, 1.0)

    def stop(self) -> None:
        """Ask it to stop at the next chunk and undo everything (a widget's callback)."""
        self._stop_asked.set()

    def _count(self, rows: int) -> None:
        self.rows_read = rows
        # a dashboard that is being ended does not wait for a long load, which can be begun again
        if self._stop_asked.is_set() or not threading.main_thread().is_alive():
            raise ServqError("已按要求停止，未载入任何内容", "stopped as asked; nothing was loaded", where=self.file)
