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

    def test_bytes(self):
        """The output is the input with nothing but bytes of texts taken out."""
        layout = json.dumps(CHAT, indent=3).replace("0.25", "2.50E-1").replace("Oslo", "Troms\\u00f8") + "\n"
        out = self.ok("compress", "--input-format", "messages", "--rate", "0.7", stdin=layout).stdout.decode()
        self.assertIn('"temperature": 2.50E-1', out)
        self.assertIn(layout[layout.index('"tool_calls"'):layout.index('"content": "Sunny')], out)
        rest = iter(layout)
        self.assertTrue(all(char in rest for char in out), out)
        self.assertLess(len(out), len(layout))

    def test_rates(self):
        parts = self.json("compress", "--input-format", "messages", "--rate-role", "tool=1,assistant=0.5",
                          "--rate-age", "4=0", stdin=json.dumps(CHAT))["parts"]
        system, hello, tool, answer, question = parts
        self.assertEqual([part["role"] for part in parts], ["instruction", "context", "context", "context", "question"])
        for whole in (system, tool, question):
            self.assertEqual(whole["text"], whole["original"])
        self.assertEqual(hello["text"], "")
        self.assertLessEqual(answer["tokens_after"], answer["tokens_before"] // 2)
        self.fails("invalid_option", "compress", "--rate-role", "bot=1", "--input-format", "messages",
                   says=["'bot=1' is not user|assistant|tool=X"])
        self.fails("invalid_option", "compress", "--rate-age", "3=1.5", "--input-format", "messages", says=["N=X"])
        self.fails("invalid_option", "compress", "--rate-age", "3=0.5", says=["--input-format messages"])

    def test_of_the_other_api(self):
        call = {"type": "tool_use", "id": "t1", "name": "weather", "input": {"city": "Oslo", "days": 1}}
        report = "Sunny, 21 degrees, with a light wind from the south west, and no rain before Friday. " * 3
        request = {"model": "some-model", "max_tokens": 9, "system": "Be brief.", "messages": [
            {"role": "user", "content": "What is the weather like in Oslo?"},
            {"role": "assistant", "content": [{"type": "text", "text": "I will look that up for you now."}, call]},
            {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "t1", "content": report},
                                         {"type": "text", "text": "Shorter, please."}]}]}
        self.assertEqual(self.compressed(request, "--tokens", "1000")[0], request)
        chat, _ = self.compressed(request, "--rate", "0.4")
        self.assertEqual(chat["system"], "Be brief.")
        self.assertIn(call, [part for m in chat["messages"] if m["role"] == "assistant" for part in m["content"]])
        result, question = chat["messages"][-1]["content"]
        self.assertEqual(question, request["messages"][-1]["content"][-1])
        self.assertEqual({**result, "content": report}, request["messages"][-1]["content"][0])
        self.assertLess(len(result["content"]), len(report))

    def test_json(self):
        words = ["compress", EXAMPLES / "chat.json", "--input-format", "messages", "--ratio", "3"]
        chat = json.loads(self.ok(*words).stdout)
        result = self.json(*words)
        self.assertEqual(result["messages"], chat["messages"])
        self.assertEqual(json.loads(result["document"]), chat)
        kept = "".join(map(texts, chat["messages"]))
        self.assertEqual("".join(result["text"].split()), "".join(kept.split()))  # up to separators


if __name__ == "__main__":
    unittest.main()
