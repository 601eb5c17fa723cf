"""The few figures that the README shows: retained benefit at 3x, a column for each kind of text."""

from .goals import Results, found
from .tables import Row, interval, line

COLUMNS = {("conversations", "sharegpt"): "conversations", ("documents", "scientific_qa"): "questions about papers",
           ("few-shot", "gsm8k"): "worked examples"}
ROWS = {"lingua": "**lingua**", "tail": "the last third", "head": "the first third",
        "bm25": "sentences by BM25 to the question", "random-sentences": "random sentences",
        "paper": "words, the paper's parameters", "microsoft": "llmlingua 0.2.2"}
READER, TARGET = "smollm2", "3x"


def table(results: Results) -> str:
    cells = {}
    for experiment, dataset in COLUMNS:
        for row in found(results, [experiment], dataset=dataset, reader=READER, target=TARGET):
            if "benefit" in row and row["n"]:
                cells[row["system"], experiment] = row
    shown = {place: head for place, head in COLUMNS.items() if ("lingua", place[0]) in cells}
    most = {place: max(row["n"] for (_, at), row in cells.items() if at == place[0]) for place in shown}
    lines = [line(["a third of the tokens", *(f"{head}, n = {most[place]}" for place, head in shown.items())]),
             line(["---"] * (len(shown) + 1))]
    for system, name in ROWS.items():
        values = [cells.get((system, experiment)) for experiment, _ in shown]
        if any(values):
            lines.append(line([name, *(cell(row, most[place]) for row, place in zip(values, shown, strict=True))]))
    return "\n".join(lines)


def cell(row: Row | None, most: int) -> str:
    if row is None:
        return "–"
    return interval(row["benefit"]) + (f", n = {row['n']}" if row["n"] < most else "")
