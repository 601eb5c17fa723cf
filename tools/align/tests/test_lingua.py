"""What is written is what was learnt: PyTorch, the file read back, and `lingua` give the same surprisals."""

import json
import subprocess
import unittest
from pathlib import Path

from support import DEFAULT_MODEL, PROGRAM, AlignTest, needs_packages, needs_program

ARCHITECTURES = ("llama", "llama3", "qwen2", "qwen3", "gemma3", "gpt2")
TEXT = "The old theatre in the harbour: 12 seats, \u00e4nd \u4e2d\u6587.\n\nThen the rain"


def surprisals(model, text: str = TEXT) -> tuple[list[int], list[float]]:
    """Ids and surprisals of a text under a model in memory."""
    import torch

    vocabulary = model.vocabulary()
    ids, _ = vocabulary.encode(text)
    with torch.no_grad():
        logits = model.network(torch.tensor([[vocabulary.separator, *ids]])).logits[0, :-1]
    return ids, (-torch.log_softmax(logits.double(), -1)[range(len(ids)), ids]).tolist()


class SurprisalTest(AlignTest):
    def assert_close(self, one: list[float], other: list[float], delta: float) -> None:
        self.assertEqual(len(one), len(other))
        self.assertLess(max(abs(a - b) for a, b in zip(one, other, strict=True)), delta)

    def trained(self, architecture: str):
        """A model after a step of training, in memory; LoRA merged."""
        import torch

        from lingua_align import adapters
        from lingua_align.examples import encode
        from lingua_align.loading import load
        from lingua_align.pairs import Dialogue, Turn
        from lingua_align.training import answer_nll

        model = load(self.tiny(architecture))
        example = encode(Dialogue((Turn("User", TEXT), Turn("Assistant", TEXT))), model.vocabulary(), 200)
        adapters.prepare(model.network, "lora", 4, seed=1)
        optimizer = torch.optim.SGD([one for one in model.network.parameters() if one.requires_grad], 0.02)
        for _ in range(2):  # the first moves one half of the additions, the second both
            answer_nll(model.network, [example], "cpu", bf16=False).backward()
            optimizer.step()
        return model, adapters.merged(model.network)

    def scored(self, path: Path) -> tuple[list[int], list[float]]:
        done = subprocess.run([PROGRAM, "score", "--json", "--compute", "f32", "--model", path], input=TEXT.encode(),
                              capture_output=True, check=True)
        tokens = json.loads(done.stdout)["tokens"]
        return [token["id"] for token in tokens], [token["surprisal"] for token in tokens]


@needs_packages
class Loading(SurprisalTest):
    def test_against_the_golden_values(self) -> None:
        """Surprisals of tests/golden, which know nothing of transformers."""
        import numpy as np
        import torch
        from tiny_transformers import GOLDEN, golden_ids, surprisals_of

        from lingua_align.loading import load

        for name in ARCHITECTURES:
            with self.subTest(name), torch.no_grad():
                logits = load(self.tiny(name)).network(torch.tensor([golden_ids()])).logits[0]
                golden = np.loadtxt(GOLDEN / f"tiny_{name}.txt").tolist()
                self.assert_close(surprisals_of(logits, golden_ids()).tolist(), golden, 1e-3)


    @unittest.skipUnless(DEFAULT_MODEL.is_file(), f"no model at {DEFAULT_MODEL}; scripts/setup gets it")
    def test_tokens_are_those_of_lingua(self) -> None:
        from gguf import GGUFReader
        from tiny_transformers import GOLDEN

        from lingua_align.gguf_file import read
        from lingua_align.model import below
        from lingua_align.vocabulary import Vocabulary

        fields = {key: read(field) for key, field in GGUFReader(DEFAULT_MODEL).fields.items()}
        vocabulary = Vocabulary(below(fields, "tokenizer.ggml."))
        for name in ("english", "chinese", "code"):
            lines = (GOLDEN / f"smollm2.{name}.tsv").read_text().splitlines()
            golden = [int(line.split("\t")[0]) for line in lines if not line.startswith("#")]
            self.assertEqual(vocabulary.encode((GOLDEN / f"{name}.txt").read_bytes().decode())[0], golden)


@needs_program
class Exporting(SurprisalTest):
    def test_surprisals_survive_the_way_through_the_file(self) -> None:
        from lingua_align import export
        from lingua_align.loading import load

        path = self.folder / "out.gguf"
        for name in ARCHITECTURES:
            model, parameters = self.trained(name)
            before = surprisals(load(self.tiny(name)))[1]
            learnt = surprisals(model)[1]
            self.assertGreater(max(abs(a - b) for a, b in zip(before, learnt, strict=True)), 0.05)
            for type_name, rounding in (("f16", 0.02), ("q8_0", 0.3)):
                with self.subTest(name, type=type_name):
                    export.write(model, parameters, path, type_name)
                    ids, read_back = surprisals(load(path))
                    self.assert_close(read_back, learnt, rounding)
                    self.assertEqual(self.scored(path)[0], ids)
                    self.assert_close(self.scored(path)[1], read_back, 2e-3)

    def test_a_hugging_face_folder(self) -> None:
        from lingua_align import export
        from lingua_align.loading import load

        for name in ARCHITECTURES:
            with self.subTest(name):
                source = load(self.tiny(name))
                folder = self.folder / f"{name}-folder"
                if source.rope_factors is not None:
                    continue  # the folder's factors come from its configuration, by a formula
                source.network.save_pretrained(folder)
                source.vocabulary().tokenizer.save(str(folder / "tokenizer.json"))
                add_separator(folder)
                model = load(folder)
                export.write(model, dict(model.network.named_parameters()), self.folder / "out.gguf", "f16")
                ids, expected = surprisals(source)
                self.assertEqual(self.scored(self.folder / "out.gguf")[0], ids)
                self.assert_close(self.scored(self.folder / "out.gguf")[1], expected, 0.02)

    def test_metadata_is_the_sources(self) -> None:
        from lingua_align import export
        from lingua_align.loading import load

        model, parameters = self.trained("llama")
        export.write(model, parameters, self.folder / "out.gguf", "q8_0")
        written, source = load(self.folder / "out.gguf").fields, model.fields
        changed = {key for key in written if source.get(key) != written[key]}
        self.assertEqual(changed, {"general.name", "general.file_type", "general.quantization_version"})
        self.assertLess(source.keys(), written.keys())


def add_separator(folder: Path) -> None:
    """tokenizer.json, as a model's own has it, names the token that no text contains; config.json its id."""
    for name, more in (("tokenizer.json", {"added_tokens": [{"id": 256, "content": "<|endoftext|>", "special": True}]}),
                       ("config.json", {"bos_token_id": 256, "eos_token_id": 256})):
        path = folder / name
        path.write_text(json.dumps(json.loads(path.read_text()) | more))


if __name__ == "__main__":
    unittest.main()
