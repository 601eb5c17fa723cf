"""Checks that every relative link and image in the Markdown files leads to a file, and every #anchor to a heading, as
GitHub names them. Usage: check_links.py REPOSITORY"""

import re
import sys
from pathlib import Path

LINK = re.compile(r'\[[^\]]*\]\(([^)\s]+)[^)]*\)|(?:src|srcset|href)="([^"]+)"')


def prose(text: str) -> str:
    """The text without code, where brackets mean something else."""
    return re.sub(r"`[^`\n]*`", "", re.sub(r"^```.*?^```", "", text, flags=re.S | re.M))


def anchors(text: str) -> set:
    """The anchors of the headings: lower case, punctuation dropped, spaces to hyphens, repeats numbered."""
    found = set()
    for heading in re.findall(r"^#+ +(.+?)\s*$", re.sub(r"^```.*?^```", "", text, flags=re.S | re.M), flags=re.M):
        anchor = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        repeat = anchor
        number = 0
        while repeat in found:
            number += 1
            repeat = f"{anchor}-{number}"
        found.add(repeat)
    return found


def broken(root: Path, document: Path) -> list:
    failures = []
    for match in LINK.finditer(prose(document.read_text())):
        link = match.group(1) or match.group(2)
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (document.parent / name).resolve() if name else document
        if not target.exists() or not target.is_relative_to(root):
            failures.append(f"{document.relative_to(root)}: {link}: no such file")
        elif anchor and target.suffix == ".md" and anchor not in anchors(target.read_text()):
            failures.append(f"{document.relative_to(root)}: {link}: no such heading")
    return failures


def main(root: Path) -> int:
    documents = [path for path in sorted(root.rglob("*.md"))
                 if not path.relative_to(root).parts[0].startswith("build")]
    failures = [failure for document in documents for failure in broken(root, document)]
    print("\n".join(failures + [f"{len(documents)} documents, {len(failures)} broken links"]))
    return 1 if failures or not documents else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
