"""Runs the fenced snippets of a Markdown file, so that what the documentation shows is what works.

  sh     run by bash in a folder that has the repository's examples/; `lingua` is the program under test
  cpp    a program, compiled against the installed library and run in the same folder
  cmake  configured as a project of its own, with the first cpp snippet as main.cpp
  json   parsed

`make` runs dry (the tests run inside `make test`), which still finds targets that do not exist. Other fences, such as
`text` and `console`, show output and are left alone.
Usage: run_snippets.py REPOSITORY DOCUMENT PREFIX, where PREFIX is an installation of the library and the program."""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

FENCE = re.compile(r"^( *)```(\w+)\n(.*?)^ *```", re.S | re.M)
PROJECT = "cmake_minimum_required(VERSION 3.22)\nproject(snippet LANGUAGES C CXX)\n"


def snippets(document: Path) -> list:
    """(line, language, text) of every fenced block that names its language."""
    text = document.read_text()
    return [(text.count("\n", 0, match.start()) + 1, match.group(2),
             re.sub("^" + match.group(1), "", match.group(3), flags=re.M)) for match in FENCE.finditer(text)]


def run(command: list, folder: Path, environment: dict) -> str:
    """What went wrong; empty when nothing did."""
    done = subprocess.run(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, errors="replace")
    return "" if done.returncode == 0 else f"exit code {done.returncode}\n{done.stdout}"


class Runner:
    def __init__(self, root: Path, prefix: Path, folder: Path, programs: list):
        self.root, self.prefix, self.folder, self.programs = root, prefix, folder, programs
        shims = folder / ".shims"
        shims.mkdir()
        (shims / "make").write_text(f'#!/bin/sh\nexec /usr/bin/env -u MAKEFLAGS PATH="{os.environ["PATH"]}" '
                                    f'make --dry-run --directory "{root}" "$@"\n')
        (shims / "make").chmod(0o755)
        (folder / "examples").symlink_to(root / "examples")
        self.environment = {**os.environ, "PATH": f"{shims}:{prefix / 'bin'}:{os.environ['PATH']}"}

    def sh(self, text: str) -> str:
        return run(["bash", "-euo", "pipefail", "-c", text], self.folder, self.environment)

    def cpp(self, text: str) -> str:
        build = "find_package(lingua REQUIRED)\nadd_executable(snippet main.cpp)\n" \
                "target_link_libraries(snippet PRIVATE lingua::lingua)\n"
        with tempfile.TemporaryDirectory() as project:
            Path(project, "main.cpp").write_text(text)
            Path(project, "CMakeLists.txt").write_text(PROJECT + build)
            return self.configure(project) or \
                run(["cmake", "--build", "build"], Path(project), self.environment) or \
                run([f"{project}/build/snippet"], self.folder, self.environment)

    def cmake(self, text: str) -> str:
        with tempfile.TemporaryDirectory() as project:
            Path(project, "main.cpp").write_text(self.programs[0] if self.programs else "int main() {}\n")
            Path(project, "CMakeLists.txt").write_text(("" if "project(" in text else PROJECT) + text)
            for name in re.findall(r"add_subdirectory\(([^)\s]+)", text):
                Path(project, name).symlink_to(self.root)
            return self.configure(project)

    def json(self, text: str) -> str:
        try:
            json.loads(text)
            return ""
        except ValueError as error:
            return str(error)

    def configure(self, project: str) -> str:
        return run(["cmake", "-G", "Ninja", "-B", "build", f"-DCMAKE_PREFIX_PATH={self.prefix}"], Path(project),
                   self.environment)


def what_is_missing(prefix: Path) -> str:
    """Snippets need the program and the default model; a build without them skips."""
    program = prefix / "bin" / "lingua"
    if not program.exists():
        return f"no program at {program}"
    model = subprocess.run([program, "model"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    return model.stderr if model.returncode else ""


def main(root: Path, name: str, prefix: Path) -> int:
    blocks = [block for block in snippets(root / name) if hasattr(Runner, block[1])]
    missing = what_is_missing(prefix) if blocks else ""
    if missing:
        print(f"{name}: skipped: {missing}")
        return 77
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        runner = Runner(root, prefix, Path(folder), [text for _, language, text in blocks if language == "cpp"])
        for line, language, text in blocks:
            problem = getattr(runner, language)(text)
            if problem:
                print(f"{name}:{line}: {language} snippet: {problem}")
                failures += 1
    print(f"{name}: {len(blocks)} snippets, {failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), sys.argv[2], Path(sys.argv[3]).resolve()))
