"""Takes the README's pictures from the running program: the sample in a fresh warehouse, a real browser.

make screenshots
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import ViewportSize

from tests.browser.dashboard import browser_page, running_dashboard, settled

PICTURES = {"weekly": "/", "causes": "/causes", "consistency": "/consistency"}
SIZE = ViewportSize(width=1440, height=1000)


def main() -> None:
    """Start the dashboard on the sample and photograph the three first pages."""
    folder = Path(__file__).parent / "pictures"
    folder.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home,
        running_dashboard(Path(home)) as address,
        browser_page(SIZE) as page,
    ):
        for name, path in PICTURES.items():
            page.goto(address + path)
            settled(page)
            page.screenshot(path=folder / f"{name}.png")
            print(folder / f"{name}.png")


if __name__ == "__main__":
    main()
