"""Remakes every table and plot of docs/quality.md and the table of the README from the summaries in eval/results, and
touches nothing else of them.

A table stands between `<!-- eval NAME -->` and `<!-- end -->`; NAME is an experiment, "goals" or "headline". Plots are
made as docs/images/quality/NAME-DATASET-READER.svg, and as PNG beside it."""

import re
from pathlib import Path

from . import goals, headline, places, plots, records, summary, tables

DOCUMENTS = (places.REPOSITORY / "docs" / "quality.md", places.REPOSITORY / "README.md")
IMAGES = places.REPOSITORY / "docs" / "images" / "quality"
MARKED = re.compile(r"(<!-- eval ([\w-]+) -->\n).*?(<!-- end -->)", re.S)
SUMMARIES = {"goals": goals.table, "headline": headline.table}  # of all results


def remake_all() -> None:
    for document in DOCUMENTS:
        remake(document)


def remake(document: Path, results: Path = places.PUBLISHED, images: Path = IMAGES) -> None:
    published = {path.stem: records.read_lines(path) for path in sorted(results.glob("*.jsonl"))}

    def block(name: str) -> str:
        if name in SUMMARIES:
            return SUMMARIES[name]({experiment: rows for experiment, (_, *rows) in published.items()})
        if name not in published:
            raise ValueError(f"{document} wants the experiment '{name}', but {results} has no {name}.jsonl; "
                             f"`eval/run run {name}` measures it and `eval/run publish {name}` writes it")
        head, *rows = published[name]
        figures = "".join(f"![{title}]({image.relative_to(document.parent)})\n\n"
                          for title, image in plots.draw(head, rows, images))
        half = f"the {head['half']} half" if head["half"] else "all"
        commits = ", ".join(tables.unique(row["commit"] for row in rows))
        return f"{tables.markdown(rows)}\n\n{figures}Measured on {half} of the data, commit {commits}."

    text = document.read_text(encoding="utf-8")
    document.write_text(MARKED.sub(lambda match: f"{match[1]}\n{block(match[2])}\n\n{match[3]}", text),
                        encoding="utf-8")
