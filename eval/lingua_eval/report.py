"""Remakes every table and plot of docs/quality.md from the summaries in eval/results, and touches nothing else of it.

A table stands between `<!-- eval NAME -->` and `<!-- end -->`; NAME is an experiment. Plots are made as
docs/images/quality/NAME-DATASET-READER.svg, and as PNG beside it."""

import re
from pathlib import Path

from . import places, plots, summary, tables

DOCUMENT = places.REPOSITORY / "docs" / "quality.md"
IMAGES = places.REPOSITORY / "docs" / "images" / "quality"
MARKED = re.compile(r"(<!-- eval ([\w-]+) -->\n).*?(<!-- end -->)", re.S)


def remake(document: Path = DOCUMENT, results: Path = summary.RESULTS, images: Path = IMAGES) -> None:
    def replaced(match: re.Match[str]) -> str:
        path = results / f"{match[2]}.jsonl"
        if not path.exists():
            raise ValueError(f"{document} wants the experiment '{match[2]}', but there is no {path}; "
                             f"`eval/run run {match[2]}` measures it")
        head, *rows = summary.read(path)
        figures = "".join(f"![{name}]({image.relative_to(document.parent)})\n\n"
                          for name, image in plots.draw(head, rows, images))
        half = f"the {head['half']} half" if head["half"] else "all"
        return f"{match[1]}\n{tables.markdown(rows)}\n\n{figures}Measured on {half} of the data, commit " \
               f"{head['commit']}.\n\n{match[3]}"

    text = document.read_text(encoding="utf-8")
    document.write_text(MARKED.sub(replaced, text), encoding="utf-8")
