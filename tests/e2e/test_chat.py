"""Chats keep their shape."""

import json
import unittest

from program import EXAMPLES, ProgramTest, needs_model

CHAT = {"model": "some-model", "temperature": 0.25, "messages": [
    {"role": "system", "content": "Be brief."},
    {"role": "user", "name": "ann", "content": "Hello, I would like to know what the weather in Oslo is like today."},
    {"role": "assistant", "content": None, "tool_calls": [{"id": "c1", "type": "function"}]},
    {"role": "tool", "tool_call_id": "c1", "content": "Sunny, 21 degrees, with a light wind from the south west."},
    {"role": "assistant", "content": [{"type": "text", "text": "It is sunny and warm, with 21 degrees. Enjoy it."}]},
    {"role": "user", "content": "And tomorrow?"}]}


def texts(message: dict) -> str:
    content = message["content"]
    return "".join(part.get("text", "") for part in content) if isinstance(content, list) else content or ""


@needs_model
class Chat(ProgramTest):
    def compressed(self, chat, *words):
        done = self.ok("compress", "--input-format", "messages", *words, stdin=json.dumps(chat))
        return json.loads(done.stdout), done.stderr.decode()

    def test_round_trip(self):
        chat, note = self.compressed(CHAT, "--tokens", "1000")
        self.assertEqual(chat, CHAT)
        self.assertIn("note", note)
        chat, _ = self.compressed(CHAT["messages"], "--tokens", "1000")
        self.assertEqual(chat, CHAT["messages"])

    def test_only_texts_get_shorter(self):
        chat, note = self.compressed(CHAT, "--rate", "0.4")
        self.assertEqual({**chat, "messages": 0}, {**CHAT, "messages": 0})
        self.assertEqual(chat["messages"][0], CHAT["messages"][0])
        self.assertEqual(chat["messages"][-1], CHAT["messages"][-1])
        left = {message["role"] for message in chat["messages"]}
        self.assertTrue({"system", "tool", "user"} <= left)  # tool calls need their answers
        removed = len(CHAT["messages"]) - len(chat["messages"])
        self.assertEqual("became empty" in note, removed > 0)
        self.assertLess(sum(map(len, map(texts, chat["messages"]))), sum(map(len, map(texts, CHAT["messages"]))))

    def test_json(self):
        words = ["compress", EXAMPLES / "chat.json", "--input-format", "messages", "--ratio", "3"]
        chat = json.loads(self.ok(*words).stdout)
        result = self.json(*words)
        self.assertEqual(result["messages"], chat["messages"])
        kept = "".join(map(texts, chat["messages"]))
        self.assertEqual("".join(result["text"].split()), "".join(kept.split()))  # up to separators


if __name__ == "__main__":
    unittest.main()
