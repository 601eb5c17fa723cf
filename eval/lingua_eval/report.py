"""Remakes every table and plot of docs/quality.md from the summaries in eval/results, and touches nothing else of it.

A table stands between `<!-- eval NAME -->` and `<!-- end -->`; NAME is an experiment, or "goals". Plots are made as
docs/images/quality/NAME-DATASET-READER.svg, and as PNG beside it."""

import re
from pathlib import Path

from . import goals, places, plots, records, summary, tables

DOCUMENT = places.REPOSITORY / "docs" / "quality.md"
IMAGES = places.REPOSITORY / "docs" / "images" / "quality"
MARKED = re.compile(r"(<!-- eval ([\w-]+) -->\n).*?(<!-- end -->)", re.S)


def remake(document: Path = DOCUMENT, results: Path = summary.RESULTS, images: Path = IMAGES) -> None:
    published = {path.stem: records.read_lines(path) for path in sorted(results.glob("*.jsonl"))}

    def block(name: str) -> str:
        if name == "goals":
            return goals.table({name: rows for name, (_, *rows) in published.items()})
        if name not in published:
            raise ValueError(f"{document} wants the experiment '{name}', but {results} has no {name}.jsonl; "
                             f"`eval/run run {name}` measures it and `eval/run publish {name}` writes it")
        head, *rows = published[name]
        figures = "".join(f"![{title}]({image.relative_to(document.parent)})\n\n"
                          for title, image in plots.draw(head, rows, images))
        half = f"the {head['half']} half" if head["half"] else "all"
        return f"{tables.markdown(rows)}\n\n{figures}Measured on {half} of the data, commit {head['commit']}."

    text = document.read_text(encoding="utf-8")
    document.write_text(MARKED.sub(lambda match: f"{match[1]}\n{block(match[2])}\n\n{match[3]}", text),
                        encoding="utf-8")
