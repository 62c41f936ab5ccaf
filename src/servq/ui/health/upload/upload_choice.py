"""A file chosen on the page for loading, with its source, its map and its preview."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from servq.ingest.preview import FilePreview
from servq.loaders.maps.map import Map
from servq.ui.health.upload.upload_file import harmless

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile


@dataclass(frozen=True)
class Wanted:
    """A file chosen for loading, with its source and map."""

    file: UploadedFile
    source: str
    how: str
    map_: Map | None
    look: FilePreview

    @property
    def name(self) -> str:
        """The file's name as shown everywhere."""
        return harmless(self.file.name)
