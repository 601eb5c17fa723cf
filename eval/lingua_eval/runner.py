"""Runs an experiment: samples items, compresses, reads, and writes a line of JSON for each measurement."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from . import data, judged, places, reading
from .cache import Cache
from .compressing import FULL, Cell, compressed, uncompressed
from .experiment import Experiment, Measure
from .item import Item, sample
from .metrics.answers import concluded
from .metrics.meaning import similarities
from .readers import NOBODY, reader
from .records import (Record, compression_record, exact_record, generation_record, likelihood_record, merged,
                      read_lines)
from .systems.registry import system


class Runner:
    def __init__(self, cache: Cache, folder: Path, known: Mapping[str, float] | None = None):
        """`known`: exact match of answers that were judged elsewhere, by their names; they are not asked for again."""
        self.cache, self.folder, self.known = cache, folder, known or {}

    def run(self, experiment: Experiment) -> list[Record]:
        """What the experiment measures; each data set's records are kept as soon as they are complete."""
        found = []
        for dataset in experiment.datasets:
            found += (records := self.dataset(experiment, dataset))
            self.keep(experiment, records)
        return found

    def keep(self, experiment: Experiment, records: Sequence[Record]) -> None:
        path = self.path(experiment)
        lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in merged(self.kept(experiment), records))
        part = path.with_suffix(".part")
        part.write_text("".join(lines), encoding="utf-8")
        part.replace(path)

    def kept(self, experiment: Experiment) -> list[Record]:
        """All that runs of this experiment measured so far, of whatever parts of it."""
        path = self.path(experiment)
        return read_lines(path) if path.exists() else []

    def path(self, experiment: Experiment) -> Path:
        return self.folder / f"{experiment.name}.jsonl"

    def dataset(self, experiment: Experiment, name: str) -> list[Record]:
        items = sample(self.usable(experiment, name), experiment.half, experiment.count)
        cells = [cell for item in items for cell in uncompressed(item)]
        for system_name in experiment.systems:
            cells += compressed(system(system_name), experiment.targets, items, self.cache)
        base = [compression_record(cell) for cell in cells]
        records = []
        for reader_name in experiment.readers:
            read = self.read(experiment, reader_name, cells)
            records += [{**record, "reader": reader_name, **more} for record, more in zip(base, read, strict=True)]
        return records

    @staticmethod
    def usable(experiment: Experiment, name: str) -> list[Item]:
        """Answers to compare with are needed by all but the comparison with the reader's own."""
        return [item for item in data.load(name) if item.answers or experiment.measure == Measure.SIMILARITY]

    def read(self, experiment: Experiment, name: str, cells: Sequence[Cell]) -> list[Record]:
        """A record for each cell; empty for what could not be compressed."""
        if name == NOBODY:
            return [{} for _ in cells]
        good = [cell for cell in cells if not cell.compression.error]
        label = f"{cells[0].item.dataset}, {name}: read"
        read = {Measure.LIKELIHOOD: self.likelihoods, Measure.EXACT: self.exact_matches}.get(experiment.measure,
                                                                                            self.compared)
        found = iter(read(experiment, name, good, label))
        return [{} if cell.compression.error else next(found) for cell in cells]

    def likelihoods(self, experiment: Experiment, name: str, cells: Sequence[Cell], label: str) -> list[Record]:
        jobs = [(cell.prompt, cell.item.answers[0]) for cell in cells]
        return list(map(likelihood_record, reading.likelihoods(reader(name), jobs, self.cache, label)))

    def compared(self, experiment: Experiment, name: str, cells: Sequence[Cell], label: str) -> list[Record]:
        """With the reader's answer to the full prompt, or with the gold one."""
        prompts = [cell.prompt for cell in cells]
        answers = reading.generations(reader(name), prompts, experiment.limits, self.cache, label)
        full = {cell.item.id: answer for cell, answer in zip(cells, answers, strict=True) if cell.system == FULL}
        records = [generation_record(experiment.measure, cell, answer, full[cell.item.id])
                   for cell, answer in zip(cells, answers, strict=True)]
        if experiment.measure == Measure.SIMILARITY:
            pairs = [(answer.text, full[cell.item.id].text) for cell, answer in zip(cells, answers, strict=True)]
            for record, value in zip(records, similarities(pairs, self.cache), strict=True):
                record["meaning"] = value
        return records

    def exact_matches(self, experiment: Experiment, name: str, cells: Sequence[Cell], label: str) -> list[Record]:
        fingerprint = reader(name).fingerprint()
        names = [judged.name(experiment, fingerprint, cell) for cell in cells]
        unknown = [index for index, answer in enumerate(names) if answer not in self.known]
        limits = replace(experiment.limits, enough=concluded)
        prompts = [cells[index].prompt for index in unknown]
        read = reading.generations(reader(name), prompts, limits, self.cache, label)
        found = {names[index]: exact_record(cells[index], answer) for index, answer in zip(unknown, read, strict=True)}
        return [{"answer": answer, **(found.get(answer) or {"exact": self.known[answer], "cost": 0.0})}
                for answer in names]


def open_runner(name: str, known: Mapping[str, float] | None = None) -> Runner:
    """With the cache of this machine; results of `name`, such as "quick" and "full", stay apart."""
    folder = places.results() / name
    folder.mkdir(parents=True, exist_ok=True)
    return Runner(Cache(places.results() / "cache.sqlite"), folder, known)
