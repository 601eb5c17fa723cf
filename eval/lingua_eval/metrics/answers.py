"""Exact match: what a reader's explanation says the answer is, and whether that is the gold one.

What a reader writes after its answer is not looked at: the first sentence that concludes as worked examples do ("So the
answer is …", "The answer is …") ends the text, and so does a question of its own ("Q:", "Question:").
Extraction, in this order, the last occurrence of each: a boxed answer (\\boxed{42}), what follows "the answer is" or
"####" up to the end of the sentence, and else the last line. Of that, tasks with options take the first "(A)" (or "A"
alone), tasks with numbers the first number (from the last line: the last number), others the text without quotes and
case. Numbers are compared as numbers: "$1,200.00" is 1200."""

import re
from decimal import Decimal, InvalidOperation

NEXT_QUESTION = re.compile(r"\s(?:Q|Question):")
CONCLUSION = re.compile(r"\b(?:So the|The) answer is[\s:*$]*(\S.*?)(?:\.(?=\s|$)|\n|$)")
WORD = re.compile(r"\w")
BOXED = re.compile(r"\\boxed\{((?:[^{}]|\{[^{}]*\})*)\}")
SAID = re.compile(r"(?:answer\s+is|answer:|####)[\s:*$]*", re.IGNORECASE)
NUMBER = re.compile(r"-?\s?\$?\s?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|-?\s?\$?\s?\.\d+")
OPTION = re.compile(r"\(([A-Z])\)")
AROUND = re.compile(r"""^[\s,:;*`'"]+|[\s.,:;*`'"]+$""")
LETTER = re.compile(r"\W*([A-Z])(?![\w'])")


def matches(text: str, key: str) -> bool:
    return extract(text, key) == normal(key)


def concluded(text: str) -> bool:
    """Whether `text` is an answer to which nothing can be added that would be looked at."""
    if NEXT_QUESTION.search(text):
        return True
    found = CONCLUSION.search(text)
    return found is not None and WORD.search(found[1]) is not None and (found[0][-1] == "\n" or found.end() < len(text))


def extract(text: str, key: str) -> str:
    """The answer in `text`, in the form of the gold answer `key`; "" where there is none of that form."""
    said, explicit = conclusion(text)
    if OPTION.fullmatch(key):
        found = OPTION.findall(said)
        letter = LETTER.match(said)
        choice = found[0 if explicit else -1] if found else letter[1] if letter else ""
        return f"({choice})".lower() if choice else ""
    if is_number(key):
        numbers = NUMBER.findall(re.sub(r"\\(?:text|mathrm)\{[^}]*\}|\\!", "", said).replace("\\$", "$"))
        return normal(numbers[0 if explicit else -1]) if numbers else ""
    return normal(said)


def conclusion(text: str) -> tuple[str, bool]:
    """What the text concludes with, and whether it says so."""
    text = NEXT_QUESTION.split(text, maxsplit=1)[0]
    if found := CONCLUSION.search(text):
        text = text[:found.end()]
    if boxed := BOXED.findall(text):
        return re.sub(r"\\text\{([^}]*)\}", r"\1", boxed[-1]), True
    *_, said = SAID.split(text)
    if len(said) < len(text):
        return re.split(r"\.?\n|\.(?:\s|$)", said, maxsplit=1)[0], True
    lines = text.strip().splitlines()
    return (lines[-1] if lines else ""), False


def is_number(text: str) -> bool:
    return NUMBER.fullmatch(text.strip()) is not None


def normal(text: str) -> str:
    """Lower case, single spaces, no quotes or stops around it; numbers without commas, currency and trailing zeros."""
    text = AROUND.sub("", " ".join(text.split())).lower()
    if not is_number(text):
        return text
    try:
        return format(Decimal(re.sub(r"[\s$,]", "", text)).normalize(), "f")
    except InvalidOperation:
        return text
