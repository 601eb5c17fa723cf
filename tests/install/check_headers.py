"""Compiles every installed header on its own, warnings as errors, with each compiler at hand; and checks that headers
include nothing but each other and the standard library, so that a caller needs no third-party include path.
Usage: check_headers.py INCLUDE_FOLDER"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

FLAGS = ["-std=c++20", "-Wall", "-Wextra", "-Wconversion", "-Wshadow", "-Werror", "-fsyntax-only", "-x", "c++"]


def main(folder: Path) -> int:
    headers = sorted(folder.rglob("*.hpp"))
    compilers = [compiler for compiler in ("g++", "clang++") if shutil.which(compiler)]
    failures = 0
    for header in headers:
        for include in re.findall(r"^\s*#\s*include\s*(.*?)\s*$", header.read_text(), re.M):
            if not re.fullmatch(r"<(lingua/[\w.]+|[a-z_0-9]+)>", include):
                print(f"{header.relative_to(folder)}: includes {include}")
                failures += 1
        # Through a line of its own, since `#pragma once` in a main file is a warning.
        program = f'#include "{header.relative_to(folder)}"\n'
        for compiler in compilers:
            failures += subprocess.run([compiler, *FLAGS, f"-I{folder}", "-"], input=program, text=True).returncode != 0
    print(f"{len(headers)} headers, {', '.join(compilers)}: {failures} failures")
    return 1 if failures or not headers or not compilers else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
