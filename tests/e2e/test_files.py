"""Files appear whole or not at all; pipes, links and devices work as anywhere else."""

import os
import pty
import signal
import subprocess
import time
import unittest

from program import EXAMPLES, EXIT, PROGRAM, ProgramTest, needs_model

TEXT = "One sentence comes first. Another one follows it. The third is the last."


@needs_model
class Files(ProgramTest):
    def test_output_replaces_the_file(self):
        out = self.write("out.txt", "old")
        os.chmod(self.folder / out, 0o640)
        os.symlink(out, self.folder / "link.txt")
        done = self.ok("compress", "--tokens", "6", "-o", "link.txt", stdin=TEXT)
        self.assertEqual(done.stdout, b"")
        expected = self.ok("compress", "--tokens", "6", stdin=TEXT).stdout
        self.assertEqual((self.folder / out).read_bytes(), expected)
        self.assertEqual(os.stat(self.folder / out).st_mode & 0o777, 0o640)
        self.assertTrue((self.folder / "link.txt").is_symlink())
        self.assertEqual(sorted(os.listdir(self.folder)), ["link.txt", out])  # no temporary file left

    def test_output_over_the_input(self):
        name = self.write("text.txt", TEXT)
        self.ok("compress", name, "--tokens", "6", "-o", name)
        self.assertLess((self.folder / name).stat().st_size, len(TEXT))

    def test_an_error_leaves_the_old_file(self):
        out = self.write("out.txt", "old")
        self.fails("target_unreachable", "compress", "--question-text", TEXT, "--tokens", "1", "-o", out, "--html", "page",
                   stdin=TEXT)
        self.assertEqual((self.folder / out).read_text(), "old")
        self.assertEqual(os.listdir(self.folder), [out])

    def test_devices(self):
        self.assertEqual(self.ok("compress", "--tokens", "99", "-o", "/dev/stdout", stdin=TEXT).stdout, TEXT.encode())
        self.assertEqual(self.ok("compress", "/dev/stdin", "--tokens", "99", stdin=TEXT).stdout, TEXT.encode())

    def test_pipe_with_a_name(self):
        os.mkfifo(self.folder / "fifo")
        with subprocess.Popen([PROGRAM, "compress", "fifo", "--tokens", "99"], cwd=self.folder, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL) as process:
            (self.folder / "fifo").write_text(TEXT)
            self.assertEqual(process.communicate()[0], TEXT.encode())

    def test_closed_pipe(self):
        text = self.write("text.txt", TEXT * 3000)
        with subprocess.Popen([PROGRAM, "compress", text, "--tokens", "999999"], cwd=self.folder, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as process:
            process.stdout.read(10)
            process.stdout.close()
            message = process.stderr.read().decode()
            self.assertEqual(process.wait(), 0)
        self.assertNotIn("error", message)

    def test_interrupt(self):
        """Ctrl-C in the middle of the work: soon over, exit code 130, no file."""
        text = self.write("long.txt", (EXAMPLES / "meeting.txt").read_text() * 40)
        # In one piece, since equal paragraphs would come from the score cache.
        process = subprocess.Popen([PROGRAM, "compress", text, "--split", "none", "-o", "out.txt", "--html", "page.html"],
                                   cwd=self.folder, stderr=subprocess.PIPE)
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        message = process.communicate(timeout=60)[1].decode()
        self.assertEqual(process.returncode, EXIT["cancelled"], message)
        self.assertTrue(message.startswith("lingua: error: "), message)
        self.assertEqual(os.listdir(self.folder), [text])


@needs_model
class Terminal(ProgramTest):
    def test_progress_on_a_terminal_only(self):
        """Standard error is a terminal: progress appears and is wiped; the summary stays."""
        try:
            master, slave = pty.openpty()
        except OSError as error:  # a container without /dev/pts
            self.skipTest(str(error))
        with subprocess.Popen([PROGRAM, "compress", "--tokens", "6"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=slave) as process:
            text = process.communicate(TEXT.encode())[0].decode()
        os.close(slave)
        shown = os.read(master, 1 << 16).decode()
        os.close(master)
        self.assertIn("loading the model", shown)
        self.assertRegex(shown, r"score: \d+ of \d+ tokens")
        self.assertRegex(shown, r"\x1b\[K\d+ -> \d+ tokens [^\r\n]*\r?\n$")
        self.assertNotIn("\x1b", text)
        self.assertNotIn(b"\x1b", self.ok("compress", "--tokens", "6", stdin=TEXT).stderr)


class Completion(ProgramTest):
    def test_bash(self):
        script = self.ok("completion", "bash").stdout.decode()
        ask = 'COMP_WORDS=({}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _lingua; echo "${{COMPREPLY[*]}}"'
        for words, answer in [("lingua comp", "compress completion"), ("lingua compress --instruction-r", "--instruction-rate"),
                              ("lingua compress --method s", "single-pass selective-context sentence"),
                              ("lingua completion f", "fish"), ("lingua compress --output x", "")]:
            done = subprocess.run(["bash", "-euc", script + ask.format(words)], capture_output=True, text=True)
            self.assertEqual(done.stdout.strip(), answer, done.stderr)

    def test_other_shells_parse(self):
        for shell, flag in [("zsh", "-n"), ("fish", "-n")]:
            script = self.write(shell, self.ok("completion", shell).stdout)
            try:
                done = subprocess.run([shell, flag, script], cwd=self.folder, capture_output=True)
            except FileNotFoundError:
                continue
            self.assertEqual(done.returncode, 0, done.stderr)


class Help(ProgramTest):
    def test_help_and_version(self):
        for words in [["--help"], ["compress", "--help"], ["score", "-h"], ["model", "--help"], ["completion", "--help"]]:
            self.assertIn(b"Examples:", self.ok(*words).stdout)
        self.assertRegex(self.ok("--version").stdout.decode(), r"^lingua \d+\.\d+\.\d+\nbackends: engine.*\n$")


if __name__ == "__main__":
    unittest.main()
