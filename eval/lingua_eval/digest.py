"""Names by content: SHA-256 of files and of values."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any


def of_value(value: Any) -> str:
    """Of anything that JSON can hold; the same for equal values."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def of_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
