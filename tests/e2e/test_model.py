"""`lingua model`: what a GGUF holds."""

import unittest

from program import ProgramTest, model_path, needs_model


@needs_model
class Model(ProgramTest):
    def test_default(self):
        result = self.json("model")
        self.assertEqual(result["path"], str(model_path()))
        self.assertTrue(result["default"])
        self.assertTrue(result["can_score"])
        self.assertEqual(sum(result["tensor_types"].values()) > 0, True)
        text = self.ok("model").stdout.decode()
        self.assertIn(str(model_path()), text)
        self.assertIn("can score", text)

    def test_file(self):
        result = self.json("model", model_path())
        self.assertFalse(result["default"])
        self.assertEqual(result["file_bytes"], model_path().stat().st_size)


if __name__ == "__main__":
    unittest.main()
