"""Builders of workbooks as other programs write them, byte by byte."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d'
    '"/><numFmt numFmtId="165" formatCode="[h]:mm"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>'
)
"""Style 0 shows numbers, 1 and 2 moments, 3 durations."""


def write_book(
    path: Path,
    *sheets: str,
    names: Sequence[str] = (),
    texts: Sequence[str] = (),
    since_1904: bool = False,
    main: str = "xl/workbook.xml",
    more: Mapping[str, str | bytes] | None = None,
) -> Path:
    """A workbook whose sheets have this XML within `<worksheet>`; `texts` are the shared ones, as XML within `<si>`."""
    names = names or [f"Sheet{number}" for number in range(1, len(sheets) + 1)]
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(names, start=1))
    related = "".join(_related(f"r{n}", "worksheet", f"worksheets/s{n}.xml") for n in range(1, len(sheets) + 1))
    related += _related("x1", "styles", "styles.xml") + _related("x2", "sharedStrings", "/xl/shared.xml")
    folder, _, name = main.rpartition("/")
    shared = "".join(f"<si>{text}</si>" for text in texts)
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relations(_related("r1", "officeDocument", main)),
        main: f'<workbook xmlns="{_MAIN}" xmlns:r="{_KIND}"><workbookPr date1904="{int(since_1904)}"/>'
        f"<sheets>{listed}</sheets></workbook>",
        f"{folder}/_rels/{name}.rels": _relations(related),
        "xl/styles.xml": STYLES,
        "xl/shared.xml": f'<sst xmlns="{_MAIN}">{shared}</sst>',
    }
    for number, sheet in enumerate(sheets, start=1):
        parts[f"xl/worksheets/s{number}.xml"] = f'<worksheet xmlns="{_MAIN}">{sheet}</worksheet>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for part, content in (parts | dict(more or {})).items():
            package.writestr(part, content)
    return path


def rows_of(*rows: Sequence[str], first: int = 1) -> str:
    """Rows of inline text, as many a program writes them."""
    lines = []
    for number, cells in enumerate(rows, start=first):
        inline = "".join(f'<c t="inlineStr"><is><t xml:space="preserve">{cell}</t></is></c>' for cell in cells)
        lines.append(f'<row r="{number}">{inline}</row>')
    return f"<sheetData>{''.join(lines)}</sheetData>"


def _related(key: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{key}" Type="{_KIND}/{kind}" Target="{target}"/>'


def _relations(inner: str) -> str:
    return f'<Relationships xmlns="{_RELATIONS}">{inner}</Relationships>'
