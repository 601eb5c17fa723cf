"""Checks that the installed shared library exports what the headers promise and nothing else: names of namespace lingua
(C++) or lingua_ (C). Usage: check_exports.py PREFIX"""

import re
import subprocess
import sys
from pathlib import Path

ALLOWED = r"(typeinfo for |typeinfo name for |vtable for )?lingua::.*|lingua_\w+"
PRIVATE = r"lingua::\(anonymous namespace\)|lingua::detail::|::Impl\b"
PROMISED = ["lingua::Compressor::compress(", "lingua::Model::load(", "lingua::inspect_model(", "lingua::error_table()",
            "typeinfo for lingua::Error", "vtable for lingua::Scorer", "lingua::split"]


def main(prefix: Path) -> int:
    libraries = sorted(path for path in prefix.glob("lib*/**/liblingua.*") if ".so" in path.name or
                       path.suffix == ".dylib")
    if not libraries:
        print(f"no shared library below {prefix}")
        return 1
    listing = subprocess.run(["nm", "-D", "-C", "--defined-only", str(libraries[0])], check=True, text=True,
                             stdout=subprocess.PIPE).stdout
    symbols = [line.split(maxsplit=2)[2] for line in listing.splitlines()]
    leaked = [symbol for symbol in symbols if not re.fullmatch(ALLOWED, symbol) or re.search(PRIVATE, symbol)]
    absent = [name for name in PROMISED if not any(symbol.startswith(name) for symbol in symbols)]
    for symbol in leaked:
        print(f"exported without intent: {symbol}")
    for name in absent:
        print(f"not exported: {name}")
    print(f"{len(symbols)} exported symbols")
    return 1 if leaked or absent else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
