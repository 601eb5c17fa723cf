"""Every compression and every answer of a reader, kept by what it depends on: a run that was interrupted goes on where
it stopped, and a run with one more system costs what that system costs."""

import json
import sqlite3
from pathlib import Path
from typing import Any

from .digest import of_value


class Cache:
    """A file that several runs may use at once. Keys are any JSON values; so are the values."""

    def __init__(self, path: Path):
        path.parent.mkdir(parents=True, exist_ok=True)
        self.database = sqlite3.connect(path, isolation_level=None, timeout=60)
        self.database.execute("CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")

    def get(self, key: Any) -> Any | None:
        row = self.database.execute("SELECT value FROM answers WHERE key = ?", (of_value(key),)).fetchone()
        return None if row is None else json.loads(row[0])

    def put(self, key: Any, value: Any) -> None:
        self.database.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)",
                              (of_value(key), json.dumps(value, ensure_ascii=False)))
