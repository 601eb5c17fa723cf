"""Programs take turns, so that whatever else the machine does disturbs all of them alike."""

import time


def take_turns(measures: dict, repeat: int, seconds: float, least: int = 3) -> dict:
    """Calls each function of `measures` (name -> figure) in turn, `repeat` times, fewer when `seconds` are over but at
    least `least` times; returns the figures by name."""
    figures = {name: [] for name in measures}
    end = time.monotonic() + seconds
    for count in range(repeat):
        if count >= least and time.monotonic() > end:
            break
        for name, measure in measures.items():
            figures[name].append(measure())
    return figures


def pass_of(program, tokens: int):
    """Scoring `tokens` tokens, in seconds."""
    return lambda: program.ask({"pass": tokens})["seconds"]
