"""The OpenAI-compatible reader against a server on this machine."""

import json
import os
import threading
import unittest
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest import mock

import support  # noqa: F401

from lingua_eval.readers.base import Limits
from lingua_eval.readers.endpoint import Endpoint


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append((self.path, self.headers.get("Authorization"), body))
        status = self.server.failures.pop(0) if self.server.failures else 200
        answer = {"choices": [{"message": {"content": body["messages"][0]["content"].upper()}}],
                  "usage": {"prompt_tokens": 1000, "completion_tokens": 200}}
        data = json.dumps(answer if status == 200 else {"error": "no"}).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        if status == 429:
            self.send_header("Retry-After", "0")
        self.end_headers()
        self.wfile.write(data[:-5] if self.server.cut and self.server.cut.pop() else data)

    def log_message(self, *words):
        pass


class Server(unittest.TestCase):
    def setUp(self):
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.requests, self.server.failures, self.server.cut = [], [], []
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.reader = Endpoint(f"http://127.0.0.1:{self.server.server_port}/v1", "some-model", "secret",
                               prices=(0.5, 2.0), tries=3, first_wait=0.01)

    def answers(self, reader: Endpoint, *prompts: str) -> list:
        answers = dict(reader.generate(prompts, Limits(50, ("\n\n",))))
        return [answers[index] for index in range(len(prompts))]

    def test_answers_and_prices(self):
        one, two = self.answers(self.reader, "first", "second")
        self.assertEqual((one.text, two.text, one.tokens, one.prompt_tokens), ("FIRST", "SECOND", 200, 1000))
        self.assertAlmostEqual(one.cost, (1000 * 0.5 + 200 * 2.0) / 1e6)
        path, key, body = self.server.requests[0]
        self.assertEqual((path, key), ("/v1/chat/completions", "Bearer secret"))
        self.assertEqual((body["model"], body["temperature"], body["max_tokens"], body["stop"]),
                         ("some-model", 0, 50, ["\n\n"]))

    def test_tries_again(self):
        self.server.failures += [429, 503]
        self.assertEqual(self.answers(self.reader, "again")[0].text, "AGAIN")
        self.assertEqual(len(self.server.requests), 3)

    def test_gives_up(self):
        self.server.failures += [500] * 3
        with self.assertRaisesRegex(RuntimeError, "answered 500"):
            self.answers(self.reader, "never")
        self.assertEqual(len(self.server.requests), 3)

    def test_does_not_repeat_what_cannot_work(self):
        self.server.failures += [401]
        with self.assertRaisesRegex(RuntimeError, "answered 401") as caught:
            self.answers(self.reader, "who?")
        self.assertNotIn("secret", str(caught.exception))
        self.assertEqual(len(self.server.requests), 1)

    def test_no_server(self):
        with self.assertRaisesRegex(RuntimeError, "does not answer"):
            self.answers(replace(self.reader, url="http://127.0.0.1:9/v1"), "hello?")

    def test_an_answer_cut_short_is_asked_for_again(self):
        self.server.cut.append(True)
        self.assertEqual(self.answers(replace(self.reader, timeout=0.3), "whole")[0].text, "WHOLE")

    def test_environment(self):
        with mock.patch.dict(os.environ, {"LINGUA_EVAL_URL": "http://x/v1/", "LINGUA_EVAL_MODEL": "m",
                                          "LINGUA_EVAL_PRICES": "0.15,0.6"}, clear=True):
            self.assertEqual(Endpoint.from_environment(), Endpoint("http://x/v1", "m", prices=(0.15, 0.6)))
        with mock.patch.dict(os.environ, {}, clear=True), self.assertRaisesRegex(ValueError, "LINGUA_EVAL_URL"):
            Endpoint.from_environment()
        self.assertNotIn("secret", self.reader.fingerprint())


if __name__ == "__main__":
    unittest.main()
