"""A whole run on stand-ins: a system that keeps a beginning, a reader that knows what it has seen."""

import dataclasses
import json
import sqlite3
import tempfile
import threading
import unittest
from pathlib import Path
from unittest import mock

import support

from lingua_eval import data, experiments, judged, places, runner, tokens
from lingua_eval.cache import Cache
from lingua_eval.experiment import Experiment, Measure, Target
from lingua_eval.item import Item
from lingua_eval.readers.base import Generation, Likelihood
from lingua_eval.records import merged
from lingua_eval.runner import Runner
from lingua_eval.systems.base import Compression, failure

ITEMS = tuple(Item("set", str(i), ("It has 7 wings and no tail. " * 3,), f"Question {i}", (" It does.",), key="7")
              for i in range(40))


class Beginning:
    """Keeps the first characters; refuses budgets below 20."""

    name = "beginning"

    def __init__(self):
        self.asked = 0

    def fingerprint(self):
        return "1"

    def compress(self, requests):
        for request in requests:
            self.asked += 1
            if request.budget < 20:
                yield failure("too short")
            else:
                text = request.contexts[0][:request.budget]
                yield Compression(request.with_context(text), len(text), 0.25, 10)


class Knowing:
    """The longer the prompt, the likelier the answer. Stops after `patience` answers, as if interrupted."""

    name = "knowing"

    def __init__(self, patience=10**6):
        self.asked, self.written, self.patience = 0, 0, patience

    def fingerprint(self):
        return "2"

    def likelihoods(self, jobs):
        for index, (prompt, _) in enumerate(jobs):
            if self.asked == self.patience:
                raise KeyboardInterrupt
            self.asked += 1
            yield index, Likelihood(1000.0 - len(prompt), 2, len(prompt))

    def generate(self, prompts, limits):
        for index, prompt in enumerate(prompts):
            self.written += 1
            yield index, Generation(f"The answer is {7 if 'wings' in prompt else 8}.", 4, len(prompt))


def experiment(measure: Measure) -> Experiment:
    return Experiment("trial", "Trial", ("set",), ("beginning",), (Target(2), Target(10)), ("knowing",), measure, 10)


class Runs(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.system, self.reader = Beginning(), Knowing()
        for where, name, what in [(tokens, "scorer", support.Characters), (data, "load", lambda name: ITEMS),
                                  (runner, "system", lambda name: self.system),
                                  (runner, "reader", lambda name: self.reader)]:
            patch = mock.patch.object(where, name, what)
            patch.start()
            self.addCleanup(patch.stop)

    def run_trial(self, measure=Measure.LIKELIHOOD) -> list:
        runs = Runner(Cache(self.folder / "cache.sqlite"), self.folder)
        records = runs.run(experiment(measure))
        self.assertEqual(runs.kept(experiment(measure)), json.loads(json.dumps(records)))
        return runs.kept(experiment(measure))

    def test_records(self):
        records = self.run_trial()
        self.assertEqual(len(records), 10 * 4)  # none, full and two targets
        by_system = {(record["system"], record["target"]): record for record in records}
        half = by_system["beginning", "2x"]
        self.assertEqual((half["tokens_before"], half["budget"], half["tokens"], half["seconds"]), (86, 43, 43, 0.25))
        self.assertEqual(half["retention"]["numbers"], [2, 3])
        self.assertEqual(by_system["beginning", "10x"]["error"], "too short")
        self.assertNotIn("nll", by_system["beginning", "10x"])
        self.assertEqual(by_system["none", ""]["nll"] - by_system["full", ""]["nll"], (84 + 2) / 2)

    def test_interrupted_runs_go_on(self):
        self.reader = Knowing(patience=17)
        with self.assertRaises(KeyboardInterrupt):
            self.run_trial()
        self.assertFalse((self.folder / "trial.jsonl").exists())
        self.reader = Knowing()
        self.run_trial()
        self.assertEqual((self.reader.asked, self.system.asked), (30 - 17, 20))
        self.run_trial()
        self.assertEqual((self.reader.asked, self.system.asked), (30 - 17, 20))

    @support.needs("sacrebleu", "rouge_score")
    def test_similarity(self):
        with mock.patch.object(runner, "similarities", lambda pairs, cache: [float(a == b) for a, b in pairs]):
            records = {record["system"]: record for record in self.run_trial(Measure.SIMILARITY)
                       if record["target"] != "10x"}
        self.assertEqual([records[name]["meaning"] for name in ("none", "full", "beginning")], [0, 1, 1])
        self.assertAlmostEqual(records["beginning"]["rougeL"], 100)

    def test_exact_match(self):
        scores = {record["system"]: record.get("exact") for record in self.run_trial(Measure.EXACT)
                  if record["target"] != "10x"}
        self.assertEqual(scores, {"none": 0.0, "full": 100.0, "beginning": 100.0})

    def test_answers_that_were_judged_are_not_asked_for_again(self):
        trial, other = experiment(Measure.EXACT), self.folder / "other"
        other.mkdir()
        with mock.patch.object(places, "PUBLISHED", self.folder):
            records = self.run_trial(Measure.EXACT)
            judged.publish(trial, [record for record in records if record["system"] != "full"])
            judged.publish(trial, [record for record in records if record["item"] == records[0]["item"]])
            known = judged.known([trial])
        self.reader = Knowing()
        again = Runner(Cache(other / "cache.sqlite"), other, known).run(trial)
        self.assertEqual([record.get("exact") for record in again], [record.get("exact") for record in records])
        asked = {record["answer"] for record in records if "answer" in record}
        self.assertEqual(self.reader.written, len(asked - known.keys()))
        self.assertGreater(self.reader.written, 0)

    @support.needs("numpy")
    def test_summary(self):
        from lingua_eval import summary, tables

        rows = summary.summarise(self.run_trial())
        found = {(row.get("reader"), row["system"], row["target"]): row for row in rows}
        self.assertEqual(found["knowing", "none", ""]["benefit"], [0, 0, 0])
        self.assertEqual(found["knowing", "full", ""]["benefit"], [1, 1, 1])
        self.assertEqual(found["knowing", "beginning", "2x"]["benefit"], [round(45 / 86, 4)] * 3)
        refused = {"dataset": "set", "reader": "knowing", "system": "beginning", "target": "10x", "n": 0, "failed": 10}
        self.assertEqual(found["knowing", "beginning", "10x"], refused)
        self.assertEqual(found[None, "beginning", "2x"]["ratio"], [2, 2, 2])
        self.assertEqual(found[None, "beginning", "2x"]["retention numbers"][0], round(100 * 2 / 3, 4))
        text = tables.markdown(rows)
        self.assertIn("| beginning | **0.52 [0.52 0.52]** |", text)
        self.assertIn("reader knowing, n = 10 (NLL per token 494.8 without contexts, 451.8 with all)", text)
        fewer = {**found["knowing", "beginning", "2x"], "target": "3x", "n": 4}
        self.assertIn("reader knowing, n = 4 to 10 (NLL", tables.markdown([*rows, fewer]))

    @support.needs("numpy")
    def test_a_run_without_readers_tells_what_compression_costs_and_keeps(self):
        from lingua_eval import summary

        trial = dataclasses.replace(experiment(Measure.LIKELIHOOD), readers=("nobody",))
        rows = summary.summarise(Runner(Cache(self.folder / "cache.sqlite"), self.folder).run(trial))
        self.assertEqual([(row["system"], row["target"], row["ratio"]) for row in rows], [("beginning", "2x", [2, 2, 2])])
        self.assertEqual(self.reader.asked, 0)

    def test_parts_of_an_experiment_add_up(self):
        def part(system, items, target="2x"):
            return [{"dataset": "set", "reader": "r", "system": system, "target": target, "item": item, "nll": value}
                    for item, value in items.items()]

        old = part("none", {"a": 3, "b": 4}, "") + part("lingua", {"a": 1, "b": 2}) + part("tail", {"a": 2})
        new = part("none", {"b": 5}, "") + part("lingua", {"b": 7})
        expected = part("none", {"a": 3}, "") + part("tail", {"a": 2}) + new
        self.assertEqual(merged(old, new), expected)

    @support.needs("numpy")
    def test_the_summary_says_what_is_beyond_the_interval_of_the_difference(self):
        from lingua_eval import summary, tables

        def records(system, target, values):
            return [{"dataset": "set", "reader": "r", "item": str(i), "cluster": str(i), "nll": value, "budget": 5,
                     "system": system, "target": target, "tokens": 5, "tokens_before": 20, "seconds": 1,
                     "forwarded": 0, "broken": [0, 1]} for i, value in enumerate(values)]

        rows = summary.summarise(records("none", "", [5, 6, 7]) + records("full", "", [1, 2, 3])
                                 + records("lingua", "2x", [3, 4, 5]) + records("tail", "2x", [2, 3, 4])
                                 + records("head", "2x", [4, 5]) + records("middle", "2x", [3, 5, 4]))
        text = tables.markdown([row for row in rows if "reader" in row])
        self.assertIn("| lingua | 0.50 [0.50 0.50] |", text)
        self.assertIn("| tail | **0.75 [0.75 0.75]** ▲ |", text)
        self.assertIn("| head | 0.25 [0.25 0.25] ▼, n = 2 |", text)
        self.assertRegex(text, r"\| middle \| 0.50 \[0.\d\d 0.\d\d\] \|")

    @support.needs("numpy")
    def test_positions_become_columns(self):
        from lingua_eval import summary, tables

        def record(item, position, system, target, value):
            return {"dataset": "set", "reader": "r", "item": item, "cluster": item, "position": position, "nll": value,
                    "system": system, "target": target, "budget": 5, "tokens": 5, "tokens_before": 20, "seconds": 1,
                    "forwarded": 0, "broken": [0, 1]}

        records = [record(f"a@{place}", place, *rest) for place in (1, 20) for rest in
                   [("none", "", 3.0), ("full", "", 1.0), ("lingua", "4x", 1.0 + place / 20)]]
        rows = [row for row in summary.summarise(records) if row["dataset"] == "set by position"]
        benefit = {(row["system"], row["target"]): row["benefit"][0] for row in rows}
        self.assertEqual((benefit["lingua", "at 1"], benefit["lingua", "at 20"]), (0.975, 0.5))
        self.assertIn("| kept | at 1 | at 20 |", tables.markdown(rows))

    @support.needs("numpy")
    def test_what_was_published_before_stays_unless_it_was_measured_again(self):
        from lingua_eval import summary

        def read(dataset, reader, system, value):
            return {"dataset": dataset, "reader": reader, "system": system, "target": "2x", "exact": value}

        def cost(dataset, system, value):
            return {"dataset": dataset, "system": system, "target": "2x", "seconds": value}

        old = [read("a", "r", "lingua", 1), read("a", "r", "tail", 2), read("a", "s", "lingua", 3),
               read("b", "r", "lingua", 4), cost("a", "lingua", 5), cost("a", "tail", 6)]
        new = [read("a", "r", "lingua", 7), cost("a", "lingua", 8)]
        self.assertEqual(summary.added_up(old, new),
                         [read("a", "s", "lingua", 3), read("b", "r", "lingua", 4), cost("a", "tail", 6), *new])

        def of(items, rows):
            return [{**row, "n": items} for row in rows]

        some = of(4, [read("a", "r", "tail", 9), read("a", "r", "head", 10), cost("a", "head", 11)])
        self.assertEqual(summary.completed(of(2, old), of(1, new) + some),
                         of(2, [row for row in old if row != read("a", "r", "tail", 2)]) + some)

    @support.needs("numpy")
    def test_marks_stand_where_they_were_measured(self):
        """The difference to the reference is one of ROUGE-L, so that BLEU bears no mark."""
        from lingua_eval import tables

        row = {"dataset": "a", "reader": "r", "system": "tail", "target": "2x", "n": 1, "bleu": [1, 1, 1],
               "rougeL": [2, 2, 2], "over_reference": [-1, -1.5, -0.5]}
        self.assertEqual([table.count("▼") for table in tables.markdown([row]).split("ROUGE-L")], [0, 1])

    @support.needs("numpy", "matplotlib")
    def test_report_changes_nothing_but_what_is_marked(self):
        from lingua_eval import report, summary

        results = self.folder / "results"
        with mock.patch.object(places, "PUBLISHED", results):
            summary.publish(experiment(Measure.LIKELIHOOD), self.run_trial())
        document = self.folder / "quality.md"
        document.write_text("# Before\n\n<!-- eval trial -->\nold\n<!-- end -->\n\nAfter.\n")
        report.remake(document, results, self.folder / "images")
        first = document.read_text()
        self.assertTrue(first.startswith("# Before\n\n<!-- eval trial -->\n\n**set**"), first)
        self.assertTrue(first.endswith("<!-- end -->\n\nAfter.\n"))
        self.assertNotIn("old", first)
        report.remake(document, results, self.folder / "images")
        self.assertEqual(document.read_text(), first)
        document.write_text("<!-- eval missing -->\n<!-- end -->\n")
        with self.assertRaisesRegex(ValueError, "eval/run publish missing"):
            report.remake(document, results, self.folder / "images")


class CacheTest(unittest.TestCase):
    def test_a_run_waits_while_another_one_writes(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "cache.sqlite"
            other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            other.execute("BEGIN IMMEDIATE")
            threading.Timer(0.3, other.close).start()
            cache = Cache(path)
            cache.put("question", "answer")
            self.assertEqual(cache.get("question"), "answer")


class Experiments(unittest.TestCase):
    def test_all_name_what_exists(self):
        from lingua_eval.systems.registry import system

        for one in experiments.EXPERIMENTS:
            with self.subTest(one.name):
                self.assertLessEqual(set(one.datasets), set(data.LOADERS))
                self.assertEqual([system(name).name for name in one.systems], list(one.systems))
                self.assertEqual(len(set(one.systems)), len(one.systems))

    def test_targets(self):
        self.assertEqual([Target.parse(text).budget(900) for text in ("3x", "350t", "1000t", "5000x")],
                         [300, 350, 900, 1])
        self.assertEqual([str(Target.parse(text)) for text in ("3x", "2.5x", "350t")], ["3x", "2.5x", "350t"])
        with self.assertRaisesRegex(ValueError, "'3'"):
            Target.parse("3")


if __name__ == "__main__":
    unittest.main()
