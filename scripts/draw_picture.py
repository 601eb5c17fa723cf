#!/usr/bin/env python3
"""Draws the README's pictures from the program's own report: kept text stands out, dropped text is faint.

usage: lingua compress FILE ... --json | draw_picture.py NAME [--title TEXT]

writes NAME-light.svg and NAME-dark.svg. `make pictures` draws all of them.
"""

import argparse
import json
import sys
import unicodedata
from pathlib import Path
from xml.sax.saxutils import escape

COLUMNS = 100
FONT_SIZE, WIDE_FONT_SIZE, CELL, LINE, MARGIN = 13, 15, 7.8, 21, 20  # pixels

TITLE = "{before} tokens → {after} ({ratio:.1f}x). Marked: kept. Faint: dropped."
THEMES = {
    "light": {"page": "#ffffff", "border": "#d0d7de", "title": "#57606a", "kept": "#0a3069", "mark": "#ddf4ff",
              "dropped": "#a9b1ba"},
    "dark": {"page": "#0d1117", "border": "#30363d", "title": "#8b949e", "kept": "#e6edf3", "mark": "#1b3a5c",
             "dropped": "#646d77"},
}


def cells(text: str) -> int:
    """Columns that a text fills in a monospaced font, where Chinese characters are two wide."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def characters(report: dict) -> list:
    """(character, kept) of the original."""
    kept = [bytearray(len(part["original"].encode())) for part in report["parts"]]
    for range_ in report["kept"]:
        kept[range_["part"]][range_["begin"]:range_["end"]] = b"\1" * (range_["end"] - range_["begin"])
    result = []
    for part, flags in zip(report["parts"], kept):
        byte = 0
        for character in part["original"]:
            result.append((character, bool(flags[byte])))
            byte += len(character.encode())
    return result


def words(line: list) -> list:
    """The pieces between which a line may break: words with the space after them, and single Chinese characters with
    the punctuation after them."""
    pieces = [[]]
    for character, kept in line:
        if pieces[-1] and (pieces[-1][-1][0] == " " or cells(character) == 2) and character not in "，。、；：！？）”":
            pieces.append([])
        pieces[-1].append((character, kept))
    return pieces


def wrap(text: list) -> list:
    """Lines of at most COLUMNS columns; a blank line between paragraphs is kept."""
    lines = [[]]
    for piece in (piece for line in split(text) for piece in [None] + words(line)):
        if piece is None:
            lines.append([])
        elif cells("".join(c for c, _ in lines[-1] + piece).rstrip()) > COLUMNS:
            lines.append(piece)
        else:
            lines[-1] = lines[-1] + piece
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return lines


def split(text: list) -> list:
    lines = [[]]
    for character, kept in text:
        if character == "\n":
            lines.append([])
        else:
            lines[-1].append((character, kept))
    return lines


def runs(line: list) -> list:
    """(column, text, kept) of the stretches of a line that are all kept or all dropped."""
    result = []
    column = 0
    for character, kept in line:
        if result and result[-1][2] == kept:
            result[-1][1] += character
        else:
            result.append([column, character, kept])
        column += cells(character)
    return result


def draw_run(column: int, text: str, kept: bool, baseline: float) -> str:
    blank = len(text) - len(text.lstrip())
    column, text = column + blank, text.strip()
    if not text:
        return ""
    x, width = MARGIN + column * CELL, cells(text) * CELL
    mark = f'<rect x="{x - 2:.1f}" y="{baseline - 14.5:.1f}" width="{width + 4:.1f}" height="{LINE - 2}" rx="3"/>'
    name = ("k" if kept else "d") + (" w" if cells(text) > len(text) else "")
    return (mark if kept else "") + f'<text class="{name}" x="{x:.1f}" y="{baseline:.1f}" ' \
        f'textLength="{width:.1f}" lengthAdjust="spacing">{escape(text)}</text>\n'


def draw(title: str, lines: list, theme: dict) -> str:
    width, height = 2 * MARGIN + COLUMNS * CELL, 2 * MARGIN + (len(lines) + 1.5) * LINE
    body = "".join(draw_run(column, text, kept, MARGIN + (row + 2.2) * LINE)
                   for row, line in enumerate(lines) for column, text, kept in runs(line))
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" \
height="{height:.0f}" role="img" aria-label="{title}">
<style>
text {{ font: {FONT_SIZE}px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", \
monospace; white-space: pre; }}
.t {{ fill: {theme["title"]}; }} .k {{ fill: {theme["kept"]}; font-weight: 600; }} .d {{ fill: {theme["dropped"]}; }}
.w {{ font-size: {WIDE_FONT_SIZE}px; }}
rect {{ fill: {theme["mark"]}; }} rect.page {{ fill: {theme["page"]}; stroke: {theme["border"]}; }}
</style>
<rect class="page" x="0.5" y="0.5" width="{width - 1:.0f}" height="{height - 1:.0f}" rx="6"/>
<text class="t" x="{MARGIN}" y="{MARGIN + 10}">{title}</text>
{body}</svg>
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name")
    parser.add_argument("--title", default=TITLE)
    arguments = parser.parse_args()
    report = json.load(sys.stdin)
    lines = wrap(characters(report))
    title = arguments.title.format(before=report["tokens_before"], after=report["tokens_after"], ratio=report["ratio"])
    for theme, colours in THEMES.items():
        Path(f"{arguments.name}-{theme}.svg").write_text(draw(title, lines, colours))


if __name__ == "__main__":
    main()
