"""One load, measured from inside its own process: `python -m benchmarks.one_load servq|pandas FILE HOME`."""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from pathlib import Path

import pandas as pd

from benchmarks.process import peak_memory_mb
from servq.ingest import load_file
from servq.warehouse.store.engine import Warehouse
from servq.warehouse.store.migrate import migrate

COLUMNS = {
    "答卷编号": "response_id", "提交时间": "answered_at", "渠道": "channel", "服务班组": "team",
    "会员编号": "customer_id", "推荐意愿(0-10)": "likelihood", "总体满意度(1-5)": "csat", "服务态度": "attitude",
    "响应时间": "responsiveness", "问题解决": "resolution", "沟通效率": "communication", "触点": "touchpoint",
    "客群": "segment", "调查方式": "survey_mode", "产品": "product", "合作方": "partner", "订单号": "order_id",
    "30天内复购": "repurchased", "您的意见和建议": "comment",
}  # fmt: skip


def main(way: str, export: Path, home: Path) -> None:
    """Load the file the given way and print the cost as JSON."""
    warehouse = Warehouse(f"sqlite:///{home / 'servq.sqlite'}")
    migrate(warehouse)
    started, clock = time.process_time(), time.perf_counter()
    rows = _servq(warehouse, export, home) if way == "servq" else _pandas(home / "servq.sqlite", export)
    took = {"cpu": time.process_time() - started, "wall": time.perf_counter() - clock}
    warehouse.engine.dispose()
    print(json.dumps({"rows": rows, **took, "peak_mb": peak_memory_mb()}))


def _servq(warehouse: Warehouse, export: Path, home: Path) -> int:
    return load_file(warehouse, home, export, "surveys").loaded


def _pandas(database: Path, export: Path) -> int:
    """What one writes in ten minutes: everything is believed."""
    read = pd.read_excel if export.suffix == ".xlsx" else pd.read_csv
    frame = read(export, dtype={"答卷编号": str}).rename(columns=COLUMNS)
    moments = pd.to_datetime(frame["answered_at"]).dt.tz_localize("Asia/Shanghai")
    days = moments.dt.tz_localize(None).dt.normalize()
    mondays = days - pd.to_timedelta(days.dt.day_of_week, unit="D")
    frame["answered_at"] = (moments - pd.Timestamp(0, tz="UTC")) // pd.Timedelta(seconds=1)
    frame["repurchased"] = frame["repurchased"].map({"是": 1, "否": 0})
    frame = frame.assign(week=mondays.dt.strftime("%Y-%m-%d"), load_id=1, row_hash="")
    plain = frame.astype(object).where(frame.notna(), None)
    insert = f"INSERT INTO response ({', '.join(plain)}) VALUES ({', '.join('?' * len(plain.columns))})"
    with sqlite3.connect(database) as connection:
        connection.executemany(insert, plain.itertuples(index=False, name=None))
    connection.close()
    return len(frame)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
