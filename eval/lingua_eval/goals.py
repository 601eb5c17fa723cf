"""The goals for quality, and what was measured of them: a table made from the summaries in eval/results."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .compressing import FULL
from .experiments import OF_DOCUMENTS, SIMPLE, WITH_QUESTION
from .tables import Row, line, number, percent, span, unique

Results = Mapping[str, Sequence[Row]]  # rows by experiment; an experiment without results is missing
BASELINES = {*SIMPLE, *WITH_QUESTION, *OF_DOCUMENTS, "whole", "shortest"}
BENEFITS = ("conversations", "documents", "few-shot", "multidoc", "summaries")


@dataclass(frozen=True)
class Goal:
    what: str
    wanted: str
    measured: Callable[[Results], str]


def table(results: Results) -> str:
    lines = [line(["what", "goal", "measured"]), line(["---"] * 3)]
    lines += [line([goal.what, goal.wanted, goal.measured(results) or "not measured yet"]) for goal in GOALS]
    return "\n".join(lines)


def found(results: Results, experiments: Sequence[str], **wanted: str) -> Iterator[Row]:
    for name in experiments:
        yield from (row for row in results.get(name, ()) if all(row.get(key) == wanted[key] for key in wanted))


def across(rows: Sequence[Row], measure: str, targets: Sequence[str]) -> str:
    """The values at each target, for each reader that was asked about any of them."""
    texts = []
    rows = [row for row in rows if measure in row and row["target"] in targets]
    for reader in unique(row["reader"] for row in rows):
        at = {row["target"]: row for row in rows if row["reader"] == reader}
        values = " / ".join(number(at[target][measure][0]) if target in at else "–" for target in targets)
        texts.append(f"{reader} {values} (n = {span([row['n'] for row in at.values()])})")
    return "; ".join(texts)


def benefit(experiment: str, dataset: str, *targets: str) -> Callable[[Results], str]:
    return lambda results: across(list(found(results, [experiment], dataset=dataset, system="lingua")), "benefit",
                                  targets)


def benefits(results: Results, **wanted: str) -> Iterator[Row]:
    """Of whole data sets; not those by position, which are parts of them."""
    return (row for row in found(results, BENEFITS, **wanted) if "benefit" in row and " " not in row["dataset"])


def against_baselines(results: Results) -> str:
    """How often the default is above all simple baselines, and where it is below one beyond the interval."""
    above = clearly = cells = 0
    worse = []
    for row in benefits(results, system="lingua"):
        place = {key: row[key] for key in ("dataset", "reader", "target")}
        rivals = [other for other in benefits(results, **place) if other["system"] in BASELINES
                  and "over_reference" in other]
        if rivals:
            cells += 1
            above += all(other["over_reference"][0] < 0 for other in rivals)
            clearly += all(other["over_reference"][2] < 0 for other in rivals)
            better = [other["system"] for other in rivals if other["over_reference"][1] > 0]
            worse += [f"{' '.join(place.values())} ({', '.join(better)})"] if better else []
    below = f"; below one beyond the interval in {len(worse)}: {', '.join(worse)}" if worse else ""
    return f"above all in {above} of {cells} columns of the tables, beyond all intervals in {clearly}{below}" \
        if cells else ""


def against_microsoft(results: Results) -> str:
    """How many times its benefit the default's is on the same items, and what the whole prompt's would be."""
    texts = []
    for theirs in benefits(results, system="microsoft"):
        if "over_reference" not in theirs:
            continue
        low = theirs["benefit"][0]
        high = low - theirs["over_reference"][0]
        times = f"{high / low:.1f} times, the whole prompt {1 / low:.1f}" if low > 0 \
            else f"{number(high)} against {number(low)}"
        texts.append(f"{theirs['dataset']} {theirs['reader']} {theirs['target']}: {times} (n = {theirs['n']})")
    return "; ".join(texts)


def exact(experiment: str, *targets: str) -> Callable[[Results], str]:
    """Points above the full prompt, below it where negative."""
    def measured(results: Results) -> str:
        rows = [row for row in found(results, [experiment]) if "exact" in row and row["system"] in (FULL, "lingua")]
        texts = []
        for reader in unique(row["reader"] for row in rows):
            own = {(row["system"], row["target"]): row for row in rows if row["reader"] == reader}
            if (full := own.get((FULL, ""))) is None:
                continue
            points = [number(own["lingua", target]["exact"][0] - full["exact"][0]) if ("lingua", target) in own else "–"
                      for target in targets]
            texts.append(f"{reader} {' / '.join(points)} points from {number(full['exact'][0])} (n = {full['n']})")
        return "; ".join(texts)

    return measured


def by_position(results: Results) -> str:
    rows = list(found(results, ["multidoc"], dataset="multidoc by position", system="lingua"))
    return across(rows, "benefit", [f"at {position}" for position in (1, 5, 10, 15, 20)])


def costs(results: Results) -> list[Row]:
    return [row for row in found(results, list(results), system="lingua") if "ratio" in row]


def survival(results: Results) -> str:
    rows = costs(results)
    texts = []
    for fact in ("numbers", "negations", "identifiers"):
        values = [row[f"survival {fact}"][0] for row in rows if row.get(f"survival {fact}", [None])[0] is not None]
        texts += [f"{fact} {percent(min(values))}"] if values else []
    return "at worst, over all tables: " + ", ".join(texts) if texts else ""


def broken(results: Results) -> str:
    values = [row["broken"][0] for row in costs(results) if row["broken"][0] is not None]
    return f"at most {percent(max(values))}" if values else ""


def budget_error(results: Results) -> str:
    rows = costs(results)
    return f"mean {percent(max(row['budget_error'][0] for row in rows))} in the worst table, " \
           f"never more than {percent(max(row['most_over_budget'] for row in rows))} over" if rows else ""


GOALS = (
    Goal("retained benefit at 2x, 3x, 5x, every data set", "above the best simple baseline, intervals apart on most",
         against_baselines),
    Goal("ShareGPT 2x / 3x / 5x", "≥ 0.90 / 0.85 / 0.70", benefit("conversations", "sharegpt", "2x", "3x", "5x")),
    Goal("scientific_qa with its question 2x / 3x / 5x", "≥ 0.95 / 0.85 / 0.75",
         benefit("documents", "scientific_qa", "2x", "3x", "5x")),
    Goal("against Microsoft's 0.2.2, every data set", "at least three times", against_microsoft),
    Goal("GSM8K exact match at 5x / 14x / 20x", "−0.5 / −1.5 / −1.5 points or better", exact("gsm8k", "5x", "14x", "20x")),
    Goal("GSM8K likelihood benefit at 10x", "≥ 0.8", benefit("few-shot", "gsm8k", "10x")),
    Goal("BBH exact match at 3x / 5x / 7x", "−0 / −4 / −8 points or better", exact("bbh", "3x", "5x", "7x")),
    Goal("multi-document questions at 4x, gold at 1 / 5 / 10 / 15 / 20: retained benefit",
         "within 2 points of the full prompt, above BM25 and embedding rankers", by_position),
    Goal("numbers, negations, identifiers of the kept sentences that survive", "100 %", survival),
    Goal("broken words", "0", broken),
    Goal("budget error", "0 with token units; within one word, never over, with words", budget_error),
)
