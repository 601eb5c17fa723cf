"""LongBench (arXiv 2308.14508): news from several sources to summarise, and questions about Chinese documents."""

import re
from collections.abc import Iterator

from ..item import Item
from . import files, window

SHORTEST, NEWS = 2000, 6000  # characters of all passages
CHINESE = 2500  # characters; a character is about one token
ANSWER = 1000


def multi_news() -> Iterator[Item]:
    for _, entry in files.lines("longbench/multi_news.jsonl"):
        text = re.sub(r" ?NEWLINE_CHAR ?", "\n", entry["context"])
        passages = [passage.strip() for passage in re.split(r"(?m)^(?=Passage \d+:\n)", text) if passage.strip()]
        contexts = tuple(window.head(passage, NEWS // len(passages)).strip() for passage in passages)
        if sum(map(len, contexts)) < SHORTEST:
            continue
        yield Item("multi_news", entry["_id"], contexts, "Write a one-page summary of all news.",
                   (f" {entry['answers'][0][:ANSWER]}",), cue="\n\nSummary:")


def multifieldqa_zh() -> Iterator[Item]:
    for _, entry in files.lines("longbench/multifieldqa_zh.jsonl"):
        document = window.around(entry["context"].replace("\r\n", "\n"), entry["answers"][0], CHINESE)
        if document:
            yield Item("multifieldqa_zh", entry["_id"], (document.strip(),), f"问题：{entry['input']}",
                       (entry["answers"][0],), cue="\n答案：")
