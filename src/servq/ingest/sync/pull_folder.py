"""Pull of a folder: each new or changed file in one transaction, oldest first.

Owns which files are new, which are still being written, and the stored state of each. Stores no file name: a keyed hash
identifies a file.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from hashlib import blake2b
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from servq.errors import FileRefused, SourceUnavailable, UsageError
from servq.ingest.load import Progress, load_file
from servq.loaders.feeds.feeds import Feed, Folder
from servq.records import LoadReport
from servq.text.masking.masking import mask_name, read_key
from servq.warehouse.books.sync_state import Pulled, forget_files, keep_pulled, pulled_files
from servq.warehouse.store.engine import Warehouse

_HALF_DONE = ("~$", ".")
"""The beginnings of file names that editors and copying programs use for unfinished files."""


class StillWritten(SourceUnavailable):
    """A file that changed while it was loaded; its load was rolled back."""


@dataclass(frozen=True)
class FolderFile:
    """A file with its size and times when the folder was listed."""

    path: Path
    id: str
    size: int
    changed: int

    @property
    def state(self) -> dict[str, Any]:
        """By what one sees that it was changed."""
        return {"size": self.size, "changed": self.changed}


@dataclass
class FolderPull:
    """One pull of one folder.

    Attributes:
        left: names of files that may still be written to, left for next time.
        waiting: how many files were refused earlier and did not change.
    """

    warehouse: Warehouse
    home: Path
    feed: Feed
    folder: Folder
    again: bool = False
    left: list[str] = field(default_factory=list)
    waiting: int = 0

    def run(self, progress: Progress | None = None) -> Iterator[LoadReport]:
        """Load the new files, one report per file; each is committed before its report is given, a refused one is
        recorded.

        Raises:
            SourceUnavailable: the folder cannot be read.
        """
        for found in self._new_files():
            try:
                yield self._load(found, progress)
            except StillWritten:
                self.left.append(mask_name(found.path.name))
            except (FileRefused, UsageError) as error:
                with self.warehouse.write() as connection:
                    self._keep(connection, 0, found, "refused")
                yield LoadReport(mask_name(found.path.name), self.feed.source, "refused", message=error.message)

    def _load(self, found: FolderFile, progress: Progress | None) -> LoadReport:
        def also(connection: Connection, load_id: int) -> None:
            if _seen_again(found) != found:
                raise StillWritten("文件还在写入", "the file is still being written", where=found.path.name)
            self._keep(connection, load_id, found, "loaded")

        return load_file(
            self.warehouse,
            self.home,
            found.path,
            self.feed.source,
            self.feed.map_,
            origin="sync",
            progress=progress,
            also=also,
        )

    def _keep(self, connection: Connection, load_id: int, found: FolderFile, outcome: str) -> None:
        keep_pulled(connection, f"{self.feed.name}/{found.id}", outcome, found.state | self._map, load_id)

    @property
    def _map(self) -> dict[str, str]:
        return {"map": self.feed.map_.sha256 if self.feed.map_ else ""}

    def _new_files(self) -> list[FolderFile]:
        """The files to load, oldest first; those still being written and those refused before are noted."""
        key = read_key(self.home)
        there = sorted(_files(self.folder, self.feed.name, key), key=lambda one: (one.changed, one.path))
        with self.warehouse.read() as connection:
            known = pulled_files(connection, self.feed.name)
        gone = known.keys() - {one.id for one in there}
        if gone:
            with self.warehouse.write() as connection:
                forget_files(connection, self.feed.name, gone)
        now = time.time()
        fresh = [one for one in there if self._is_new(one, known.get(one.id))]
        settled = [one for one in fresh if not 0 <= now - one.changed / 1e9 < self.folder.settle_seconds]
        self.left += [mask_name(one.path.name) for one in fresh if one not in settled]
        return settled

    def _is_new(self, found: FolderFile, before: Pulled | None) -> bool:
        """An unchanged file is new again only where it was refused and another map reads it now."""
        if self.again or before is None or before.watermark is None:
            return True
        changed = {name: before.watermark.get(name) for name in found.state} != found.state
        other_map = before.watermark.get("map") != self._map["map"]
        if before.outcome == "refused" and not changed and not other_map:
            self.waiting += 1
        return changed or (other_map and before.outcome == "refused")


def _files(folder: Folder, where: str, key: bytes) -> Iterator[FolderFile]:
    """Every file that is meant. Links are not followed: what lies in the folder is what was put there."""
    todo = [folder.path]
    while todo:
        try:
            with os.scandir(todo.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False) and folder.recursive:
                        todo.append(Path(entry.path))
                    elif entry.is_file(follow_symlinks=False) and _is_meant(entry.name, folder):
                        yield _found(Path(entry.path), folder.path, key)
        except OSError as error:
            raise SourceUnavailable(
                f"文件夹无法读取：{error.strerror}",
                f"the folder cannot be read: {error.strerror}",
                where=f"{where} {folder.path}",
            ) from error


def _is_meant(name: str, folder: Folder) -> bool:
    if name.startswith(_HALF_DONE):
        return False
    return any(fnmatchcase(name.casefold(), pattern.casefold()) for pattern in folder.pattern)


def _found(path: Path, folder: Path, key: bytes) -> FolderFile:
    about = path.stat(follow_symlinks=False)
    name = os.fsencode(path.relative_to(folder))
    return FolderFile(path, blake2b(name, digest_size=16, key=key).hexdigest(), about.st_size, about.st_mtime_ns)


def _seen_again(found: FolderFile) -> FolderFile | None:
    """The file in its present state."""
    try:
        about = found.path.stat(follow_symlinks=False)
    except OSError:
        return None
    return FolderFile(found.path, found.id, about.st_size, about.st_mtime_ns)
