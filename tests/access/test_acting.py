"""The name in the books: the signed-in person's, in this thread and in a load that it begins, nobody else's."""

from __future__ import annotations

import threading
from collections.abc import Callable

from servq.ingest.load import acting_as, who_runs
from servq.records import LoadReport
from servq.ui.health.upload.upload_job import Job


def in_thread(work: Callable[[], None]) -> None:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def test_the_books_name_who_is_signed_in_and_no_other_reader() -> None:
    usual, found = who_runs(), list[str]()

    def signed_in() -> None:
        acting_as("anna")
        found.append(who_runs())

    in_thread(signed_in)
    in_thread(lambda: found.append(who_runs()))
    assert found == ["anna", usual]
    assert usual not in ("", "anna")


def test_a_load_in_the_background_is_its_reader_s() -> None:
    found = list[str]()

    def load(_progress: object) -> LoadReport:
        found.append(who_runs())
        return LoadReport("x.csv", "surveys", "loaded")

    def begin() -> None:
        acting_as("leo")
        job = Job("x.csv", load)
        job.start()
        job.join()

    in_thread(begin)
    assert found == ["leo"]
