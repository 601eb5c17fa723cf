"""Checks who includes whom: the arrows between the layers point one way, and third-party headers stay where they are
wrapped (CONTRIBUTING.md, Layout). Usage: check_includes.py REPOSITORY"""

import re
import sys
from pathlib import Path

# The stages of compression, each of which may include those before it.
STAGES = [f"src/compress/{stage}" for stage in ("prompt", "scores", "relevance", "budget", "methods", "result")]

# A layer may include itself, the public headers, and these layers; a file belongs to the first one that it is in.
LAYERS = {
    "include/lingua": [],
    "src/text": [],
    "src/model": [],
    "src/engine": ["src/model"],
    "src/scoring": ["src/engine", "src/model"],
    "src/llama": ["src/scoring", "src/engine", "src/model", "src/text"],
    **{stage: ["src/text", *STAGES[:place]] for place, stage in enumerate(STAGES)},
    "src/compress": ["src/text", *STAGES],
    "cli": [],
    "src": ["src/text", "src/model", "src/scoring", "src/llama"],  # the files directly in src/
}

# Headers of a third party, and the only files that may include them.
THIRD_PARTY = {
    r"(oneapi/)?dnnl\b.*": r"src/engine/.*",
    r"unicode/.*": r"src/text/.*|src/model/(pre)?tokenizer.*",
    r"fmt/.*": r"(src|cli)/.*",
    r"nlohmann/.*": r"cli/.*",
    r"CLI/.*": r"cli/.*",
    r"omp\.h": r"src/engine/.*",
    r"llama\.h": r"src/llama/.*",
}

# Standard headers have neither folder nor suffix; the system's, for memory mapping and the like, only below src and cli.
STANDARD = r"[a-z_0-9]+"
SYSTEM = r"(sys/)?[a-z]+\.h|[a-z]*intrin\.h"


def layer_of(path: str) -> str:
    return next((layer for layer in LAYERS if path.startswith(layer + "/")), "")


def target_of(root: Path, source: Path, name: str) -> str:
    """The file of this repository that `name` means, relative to the root; empty for a header from outside."""
    for folder in (source.parent, root / "src", root / "include", root / "cli"):
        for candidate in (folder / name, folder / (name + ".in")):
            if candidate.is_file():
                return candidate.resolve().relative_to(root).as_posix()
    return ""


def complaint(root: Path, source: Path, name: str) -> str:
    path = source.relative_to(root).as_posix()
    target = target_of(root, source, name)
    if target:
        layer, other = layer_of(path), layer_of(target)
        if other in (layer, "include/lingua") or other in LAYERS.get(layer, []):
            return ""
        return f"layer {layer or 'of its own'} may not include {other or target}"
    for pattern, place in THIRD_PARTY.items():
        if re.fullmatch(pattern, name):
            return "" if re.fullmatch(place, path) else f"only {place} may include it"
    if re.fullmatch(STANDARD, name) or (re.fullmatch(SYSTEM, name) and not path.startswith("include/")):
        return ""
    return "unknown header: name it in tests/project/check_includes.py, and where it may be used"


def main(root: Path) -> int:
    sources = [path for folder in ("include", "src", "cli") for path in sorted((root / folder).rglob("*"))
               if path.suffix in (".cpp", ".hpp", ".h", ".in")]
    failures = 0
    for source in sources:
        for number, line in enumerate(source.read_text().splitlines(), 1):
            include = re.match(r'\s*#\s*include\s*[<"]([^>"]+)[>"]', line)
            reason = complaint(root, source, include.group(1)) if include else ""
            if reason:
                print(f"{source.relative_to(root)}:{number}: {line.strip()}: {reason}")
                failures += 1
    print(f"{len(sources)} files, {failures} broken rules")
    return 1 if failures or not sources else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
