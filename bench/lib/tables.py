"""Results as tables of Markdown, each between the markers of its name in docs/performance.md."""

import re

from .record import reached


def figure(value: float, unit: str) -> str:
    if unit.startswith("of "):
        return f"{100 * value:.3g} %"
    if unit in ("s", "MB"):
        return f"{value:.2f} s" if unit == "s" else f"{value:.0f} MB"
    return f"{value:.2f}x"


def goal(entry: dict) -> str:
    if not entry["goal"]:
        return ""
    sign, value = entry["goal"].split()
    shown = figure(float(value), entry.get("unit", "x"))
    return {">=": "≥ ", "<=": "≤ "}[sign] + re.sub(r"\.?0+(?=x| s$)", "", shown)


def side(entry: dict, key: str) -> str:
    """Name and seconds of one side of a comparison: median (minimum)."""
    if key == "theirs" and "limit" in entry:
        return f"limit: {entry['limit'] / 1e9:,.0f} Gop/s"
    if key not in entry:
        return ""
    one = entry[key]
    return f"{one['name']}: {one['median']:.3g} s ({one['minimum']:.3g})"


def table(header: list, rows: list) -> list:
    return ["| " + " | ".join(cells) + " |" for cells in [header, ["---"] * len(header), *rows]]


def conditions(entry: dict) -> list:
    models = "; ".join(f"{name}, SHA-256 {digest[:16]}…" for name, digest in entry["models"].items())
    return [f"{entry['cpu']}, {entry['threads']} threads; commit {entry['commit']}. {models}."]


def speed(entries: list) -> list:
    """The promises: goal, what was reached, and the times behind it."""
    rows = []
    for entry in entries:
        if "skipped" in entry:
            rows.append([entry["what"], goal(entry), "not measured", "", "", entry["skipped"], ""])
        elif "what" in entry:
            met = "" if not entry["goal"] else "✓ " if reached(entry) else "✗ "
            rows.append([entry["what"], goal(entry), met + figure(entry["median"], entry["unit"]),
                         figure(entry["best"], entry["unit"]), str(entry["n"]), side(entry, "ours"), side(entry, "theirs")])
    header = ["what", "goal", "reached (medians)", "of minima", "n", "ours: median (minimum)", "theirs"]
    notes = [f"* {entry['note']}" for entry in entries if "note" in entry]
    return [*table(header, rows), "", *notes] if notes else table(header, rows)


def decisions(entries: list) -> list:
    rows = [[entry["model"], entry["compute"], entry["preset"], entry["set"], f"{entry['ratio']}x",
             str(entry["prompts"]), f"{entry['kept']:,}", f"{100 * entry['alike']:.2f} %",
             f"{entry['prompts_alike']} of {entry['prompts']}"]
            for entry in entries if entry.get("kind") == "decisions"]
    return table(["model", "type", "options", "texts", "target", "prompts", "tokens F32 keeps", "kept as well",
                  "prompts with the same result"], rows)


def surprisals(entries: list) -> list:
    rows = [[entry["model"], entry["program"], entry["language"], f"{entry['tokens']:,}", f"{entry['mean']:.4f}",
             f"{entry['largest']:.2f}"] for entry in entries if entry.get("kind") == "surprisals"]
    return table(["model", "program", "language", "tokens", "mean |Δ|", "largest"], rows)


def put(text: str, name: str, lines: list) -> str:
    """`text` with `lines` between the markers called `name`."""
    begin, end = f"<!-- {name}: made by bench/report -->", f"<!-- end of {name} -->"
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), flags=re.S)
    if not pattern.search(text):
        raise SystemExit(f"there are no markers '{begin}' and '{end}'")
    return pattern.sub(lambda _: "\n".join([begin, "", *lines, "", end]), text)


HIGHLIGHTS = {  # of the README: rows in the default compute type, in words
    "scoring/smollm2/2048/{}": "scoring 2,048 tokens",
    "python/cold/{}": "compressing eight worked examples of 2,691 tokens at 20x",
    "python/seen/{}": "the same, with another question",
    "start/{}": "start to first score",
}


def highlights(entries: list, compute: str) -> list:
    rows, by_key = [], {entry.get("key"): entry for entry in entries}
    for key, words in HIGHLIGHTS.items():
        entry = by_key.get(key.format(compute))
        if not entry or "skipped" in entry:
            continue
        seconds = entry["ours"]["median"] if "ours" in entry else entry["median"]
        compared = f"{entry['theirs']['name']}: {entry['theirs']['median']:.2g} s" if "theirs" in entry else ""
        faster = figure(entry["median"], "x") if compared else ""
        rows.append([words, f"{seconds:.2g} s", compared, faster])
    return table(["SmolLM2-135M, 2 cores, medians", "lingua", "compared with", "faster by"], rows)
