"""Results as pictures. matplotlib is installed on the first call, into the cache folder."""

import subprocess
import sys
from pathlib import Path

from .places import CACHE, ROOT


def pyplot():
    folder = CACHE / "bench" / "matplotlib-3.10.8"
    try:
        import matplotlib
    except ImportError:
        if not folder.exists():
            subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes",
                            "--target", folder, "-r", ROOT / "bench" / "requirements" / "plot.txt"], check=True)
        sys.path.append(str(folder))
        import matplotlib
    matplotlib.use("Agg")
    matplotlib.rcParams.update({"svg.hashsalt": "lingua", "font.size": 10, "axes.spines.top": False,
                                "axes.spines.right": False})
    from matplotlib import pyplot
    return pyplot


def rates(entries: list) -> tuple:
    """Lengths, and tokens/s of SmolLM2 by program and length."""
    speeds = {}
    for entry in entries:
        if entry.get("key", "").startswith("scoring/smollm2/") and "ours" in entry:
            for side in ("ours", "theirs"):
                name = entry[side]["name"] + (" (same file)" if side == "ours" and entry["key"].endswith("same") else "")
                speeds.setdefault(name, {})[entry["tokens"]] = entry["tokens"] / entry[side]["median"]
    speeds = {name: by_length for name, by_length in speeds.items() if "same file" not in name}
    return sorted({tokens for by_length in speeds.values() for tokens in by_length}), speeds


def speed(entries: list, target: Path) -> None:
    """Tokens per second by length, a group of bars for each; written as `target`.svg and .png."""
    plt = pyplot()
    lengths, speeds = rates(entries)
    if not speeds:
        return
    figure, axes = plt.subplots(figsize=(7.5, 3.4), layout="constrained")
    width = 0.8 / len(speeds)
    ours = iter(["#1f5fa8", "#5b9bd5", "#9cc3e6"])
    theirs = iter(["#8c8c8c", "#bdbdbd", "#d9d9d9"])
    for i, (name, by_length) in enumerate(sorted(speeds.items(), key=lambda item: "llama.cpp" in item[0])):
        places = [k + i * width for k, tokens in enumerate(lengths) if tokens in by_length]
        bars = axes.bar(places, [by_length[tokens] for tokens in lengths if tokens in by_length], 0.92 * width,
                        label=name, color=next(theirs if "llama.cpp" in name else ours))
        axes.bar_label(bars, fmt="%.0f", fontsize=8)
    axes.set_xticks([k + 0.4 - width / 2 for k in range(len(lengths))], [f"N = {tokens}" for tokens in lengths])
    axes.set_ylabel("tokens scored per second, median")
    axes.set_title("SmolLM2-135M on 2 cores", loc="left")
    axes.legend(frameon=False, fontsize=8)
    target.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(target.with_suffix(".svg"), metadata={"Date": None})
    figure.savefig(target.with_suffix(".png"), dpi=120, metadata={"Software": None})
