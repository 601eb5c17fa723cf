"""What was measured: rows with goal and result, kept as lines of JSON."""

import json
import statistics
from pathlib import Path


def summary(times: list) -> dict:
    return {"n": len(times), "median": statistics.median(times), "minimum": min(times)}


def row(key: str, what: str, goal: str, unit: str, median: float, best: float, n: int, **details) -> dict:
    """`goal` is a comparison such as ">= 2.5", empty without one; `best` the same figure from the fastest passes."""
    return {"key": key, "what": what, "goal": goal, "unit": unit, "median": median, "best": best, "n": n, **details}


def skipped(key: str, what: str, goal: str, reason: str) -> dict:
    return {"key": key, "what": what, "goal": goal, "skipped": str(reason)}


def reached(entry: dict) -> bool:
    sign, value = entry["goal"].split()
    return entry["median"] >= float(value) if sign == ">=" else entry["median"] <= float(value)


class Record:
    """Prints rows as they come and appends them to a file."""

    def __init__(self, path: Path, conditions: dict):
        path.parent.mkdir(parents=True, exist_ok=True)
        self.file = path.open("w")
        self.add({"conditions": conditions})

    def add(self, *entries: dict) -> None:
        for entry in entries:
            print(json.dumps(entry), file=self.file, flush=True)
            print(self.line(entry), flush=True)

    def note(self, text: str) -> None:
        """Something that explains what is missing or was chosen."""
        self.add({"note": text})

    @staticmethod
    def line(entry: dict) -> str:
        if "conditions" in entry or "kind" in entry:
            return json.dumps(entry)
        if "note" in entry:
            return f"({entry['note']})"
        if "skipped" in entry:
            return f"{entry['what']}: skipped, {entry['skipped']}"
        goal = f", goal {entry['goal']}: {'reached' if reached(entry) else 'NOT reached'}" if entry["goal"] else ""
        return (f"{entry['what']}: {entry['median']:.3g} {entry['unit']} (best {entry['best']:.3g}, "
                f"n = {entry['n']}){goal}")


def read(path: Path) -> list:
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
