"""Creating a warehouse and bringing an older one up to date, through Alembic's numbered steps."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config

from servq.errors import WarehouseUnavailable
from servq.warehouse.engine import Warehouse


def migrate(warehouse: Warehouse) -> bool:
    """Create or migrate the warehouse; safe to run again.

    Returns:
        Whether anything had to be done.

    Raises:
        WarehouseUnavailable: when the file cannot be created, or is not a warehouse.
    """
    before = warehouse.schema_version()
    if warehouse.url.get_backend_name() == "sqlite" and warehouse.url.database:
        _make_folder(Path(warehouse.url.database).parent, warehouse.place)
    with warehouse.plainly(), warehouse.writing_connection() as connection, connection.begin():
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return before != warehouse.schema_version()


def _make_folder(folder: Path, place: str) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WarehouseUnavailable(
            f"无法建立文件夹 {folder}",
            f"the folder {folder} cannot be created",
            where=place,
            hint_zh="用 SERVQ_HOME 或 --database 指定可写的位置",
            hint_en="Give a writable place with SERVQ_HOME or --database",
        ) from error
