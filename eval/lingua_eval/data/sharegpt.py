"""ShareGPT conversations: all turns before the last question are the contexts, the last answer is the gold one."""

from collections.abc import Iterator

from ..item import Item
from . import files

NAMES = {"human": "User", "gpt": "Assistant"}
SHORTEST, LONGEST = 2000, 7000  # characters of the earlier turns: about 500 to 1,800 tokens
SHORTEST_ANSWER, ANSWER = 200, 800  # characters: shorter answers leave the item out, longer ones are cut


def load() -> Iterator[Item]:
    for _, entry in files.lines("sharegpt/conversations.jsonl"):
        turns = [(NAMES[role], text) for role, text in entry["chat"] if role in NAMES]
        last = max((i for i, (name, _) in enumerate(turns) if name == "Assistant"), default=0)
        if last < 3 or turns[last - 1][0] != "User":
            continue
        contexts = tuple(f"{name}: {text}" for name, text in turns[:last - 1])
        answer = turns[last][1]
        if SHORTEST <= sum(map(len, contexts)) <= LONGEST and len(answer) >= SHORTEST_ANSWER:
            yield Item("sharegpt", entry["id"], contexts, f"User: {turns[last - 1][1]}", (f" {answer[:ANSWER]}",),
                       cue="\n\nAssistant:")
