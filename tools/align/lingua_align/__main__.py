"""The command line: train a scorer on a reader's answers, measure one on such answers, collect answers."""

import argparse
import os
import signal
import sys
from pathlib import Path

from .errors import AlignError, Exit

NO_ROOM = ("allocate memory", "out of memory", "bad_alloc")


def main() -> None:
    options = parser().parse_args()
    try:
        options.command(options)
    except AlignError as error:
        fail(error.code, str(error))
    except KeyboardInterrupt:
        fail(Exit.INTERRUPTED, "interrupted")
    except (MemoryError, RuntimeError) as error:
        if not isinstance(error, MemoryError) and not any(words in str(error) for words in NO_ROOM):
            raise
        fail(Exit.MEMORY, f"not enough memory: {str(error).splitlines()[0] if str(error) else 'none left'}")


def fail(code: Exit, message: str) -> None:
    print(f"align: error: {message}", file=sys.stderr)
    sys.exit(code)


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="tools/align/run", description=__doc__)
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    train = commands.add_parser("train", help="train MODEL on the answers of PAIRS, and write it as GGUF")
    add_inputs(train)
    train.add_argument("--output", "-o", type=Path, required=True, metavar="FILE", help="the GGUF file to write")
    train.add_argument("--type", choices=["q8_0", "f16"], default="q8_0", help="of its matrices (default: %(default)s)")
    train.add_argument("--method", choices=["lora", "full"], default="lora", help="default: %(default)s")
    train.add_argument("--rank", type=positive, default=16, help="of LoRA (default: %(default)s)")
    train.add_argument("--learning-rate", type=float, help="default: 2e-4 with LoRA, 2e-5 without")
    train.add_argument("--epochs", type=positive, default=2, help="default: %(default)s")
    train.add_argument("--batch", type=positive, default=16, help="pairs in a step (default: %(default)s)")
    train.add_argument("--pairs", type=positive, metavar="N", help="learn from so many at most (default: all)")
    train.add_argument("--evaluate-every", type=positive, default=10, metavar="N", help="steps (default: %(default)s)")
    train.add_argument("--patience", type=positive, default=3, metavar="N",
                       help="stop after so many evaluations without a better one (default: %(default)s)")
    train.set_defaults(command=run_train)

    measure = commands.add_parser("measure", help="NLL of the held-out answers of PAIRS under MODEL")
    add_inputs(measure)
    measure.set_defaults(command=run_measure)

    collect = commands.add_parser("collect", help="a reader's answers to the instructions of FILES")
    collect.add_argument("files", nargs="+", type=Path, metavar="FILE", help="in the shapes of PAIRS, without answers")
    collect.add_argument("--output", "-o", type=Path, required=True, metavar="FILE", help="JSON lines")
    collect.add_argument("--reader", default="endpoint", help="of the evaluation's (default: %(default)s, which "
                         "LINGUA_EVAL_URL, LINGUA_EVAL_MODEL and LINGUA_EVAL_KEY describe)")
    collect.add_argument("--limit", type=positive, metavar="N", help="instructions, by hash: those that `train` "
                         "holds out first (default: all)")
    collect.add_argument("--seed", type=int, default=0, help="of that choice (default: %(default)s)")
    collect.add_argument("--max-tokens", type=positive, default=400, metavar="N", help="of an answer (default: 400)")
    collect.set_defaults(command=run_collect)
    return top


def add_inputs(command: argparse.ArgumentParser) -> None:
    command.add_argument("model", type=Path, metavar="MODEL", help="a GGUF file or a Hugging Face folder")
    command.add_argument("files", nargs="+", type=Path, metavar="PAIRS",
                         help="JSON or JSON lines: Alpaca, AlpacaEval, ShareGPT, chat messages, or what collect writes")
    command.add_argument("--held-out", type=positive, default=50, metavar="N",
                         help="instructions that nothing is learnt from (default: %(default)s)")
    command.add_argument("--length", type=positive, default=512, metavar="N",
                         help="tokens of a pair; the rest is cut off (default: %(default)s)")
    command.add_argument("--tokens-at-once", type=positive, default=1024, metavar="N",
                         help="in a forward pass: less takes less memory (default: %(default)s)")
    command.add_argument("--seed", type=int, default=0, help="of all that is random (default: %(default)s)")
    command.add_argument("--bf16", action="store_true", help="compute in BF16 where that does no harm")
    command.add_argument("--device", choices=["cpu", "cuda"], help="default: a GPU if there is one")
    command.add_argument("--threads", type=positive, metavar="N", help="default: as many as the process may use")
    command.add_argument("--json", action="store_true", help="the result as JSON on standard output")


def positive(text: str) -> int:
    if (value := int(text)) < 1:
        raise argparse.ArgumentTypeError(f"{value} is less than 1")
    return value


def run_train(options: argparse.Namespace) -> None:
    from .run import train

    train(options, stopped_by_signal())


def run_measure(options: argparse.Namespace) -> None:
    from .run import measure

    measure(options)


def run_collect(options: argparse.Namespace) -> None:
    from lingua_eval.readers import reader

    from .collecting import collect, instructions

    try:
        chosen = reader(options.reader)
    except (ValueError, KeyError, ImportError) as error:
        raise AlignError(Exit.OPTION, f"--reader {options.reader}: {error}") from error
    collect(chosen, instructions(options.files, options.limit, options.seed), options.output, options.max_tokens)


def stopped_by_signal() -> "list[int]":
    """A list that is empty until the process is asked to end; asked twice, it ends at once."""
    asked: list[int] = []

    def note(number: int, frame: object) -> None:
        asked.append(number)
        signal.signal(number, signal.default_int_handler)
        print("\nalign: finishing this step; once more ends at once", file=sys.stderr)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, note)
    return asked


if __name__ == "__main__":
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")  # without it, CUDA's sums have no fixed order
    main()
