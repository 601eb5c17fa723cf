"""The programs of bench/programs: built here, asked and answered in lines of JSON."""

import json
import os
import subprocess
import sys
from pathlib import Path

from .places import CACHE, ROOT, Missing

BUILD = ROOT / "build"
PROGRAMS = BUILD / "bench"
LINGUA = BUILD / "lingua"


def say(*words) -> None:
    print("bench:", *words, file=sys.stderr, flush=True)


def llama_folder() -> Path:
    """include/ and lib/ of llama.cpp: what LINGUA_BENCH_LLAMA names, else llama-cpp-python, installed once."""
    if folder := os.environ.get("LINGUA_BENCH_LLAMA"):
        return Path(folder)
    folder = CACHE / "bench" / "llama-cpp-python-0.3.36"
    if not (folder / "include" / "llama.h").exists():
        say(f"installing llama-cpp-python 0.3.36 (libllama 0.5.0; some minutes) into {folder}")
        every_store = {"CXXFLAGS": "-fno-tree-dse -fno-dse"}  # for AMX: scripts/environment says why
        done = subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes",
                               "--target", folder, "-r", ROOT / "bench" / "requirements" / "llama.txt"],
                              env={**os.environ, **every_store})
        if done.returncode != 0:
            raise Missing("llama.cpp could not be installed; LINGUA_BENCH_LLAMA names a folder with include/ and lib/")
    return folder


def build(with_llama: bool = True) -> None:
    llama = llama_folder() if with_llama else ""
    quiet = {"check": True, "stdout": subprocess.DEVNULL}
    subprocess.run(["cmake", "-S", ROOT, "-B", BUILD, "-DCMAKE_BUILD_TYPE=Release", "-DLINGUA_BUILD_BENCH=ON",
                    f"-DLINGUA_BENCH_LLAMA={llama}"], **quiet)
    subprocess.run(["cmake", "--build", BUILD, "--parallel", "--target", "bench_programs", "lingua_cli"], **quiet)


def has_llama() -> bool:
    return (PROGRAMS / "bench_llama").exists()


def converted(model: Path, kind: str) -> Path:
    """`model` in another type, by llama.cpp's own quantiser; kept in the cache folder."""
    target = CACHE / "bench" / f"{model.stem}.{kind}.gguf"
    if not target.exists():
        if not has_llama():
            raise Missing(f"no {target.name}, which llama.cpp makes")
        say(f"converting {model.name} to {kind}")
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(f".{os.getpid()}.part")
        subprocess.run([PROGRAMS / "bench_convert", model, part, kind], check=True, stdout=subprocess.DEVNULL)
        part.rename(target)
    return target


class Program:
    """A running program. `name` is what tables call it."""

    def __init__(self, name: str, command: list):
        self.name = name
        self.process = subprocess.Popen([str(part) for part in command], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if self.process.stdout.readline() != "ready\n":
            raise Missing(f"{name}: {self.process.stderr.read().strip() or 'did not start'}")

    def ask(self, request: dict) -> dict:
        print(json.dumps(request), file=self.process.stdin, flush=True)
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            raise Missing(f"{self.name}: {answer['error']}")
        return answer

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def lingua(model: Path, compute: str, threads: int, program: str = "bench_lingua") -> Program:
    return Program(f"lingua {compute}", [PROGRAMS / program, model, compute, threads])


def llama(model: Path, kind: str, flash: bool, threads: int) -> Program:
    """`kind` is F32, BF16, Q8_0, or "as it is" for the file's own types."""
    file = model if kind == "as it is" else converted(model, kind)
    name = f"llama.cpp {kind}{', flash attention' if flash else ''}"
    return Program(name, [PROGRAMS / "bench_llama", file, int(flash), threads])


def limits(threads: int) -> Program:
    return Program("limits", [PROGRAMS / "bench_limits", threads])
