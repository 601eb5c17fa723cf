"""The command line of the evaluation: run experiments, compare systems on the development half, publish results."""

import argparse
import dataclasses
import sys

from . import experiments, judged
from .experiment import Experiment, Target
from .item import Half
from .runner import open_runner

FULL_RUNS = "full"  # the folder of runs that may be published


def main() -> None:
    options = parser().parse_args()
    try:
        options.command(options)
    except KeyboardInterrupt:
        sys.exit("\ninterrupted; the same command goes on where this one stopped")
    except (FileNotFoundError, ValueError) as error:
        sys.exit(f"eval: {error}")


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="eval/run", description=__doc__)
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="run experiments, or parts of them, and show their tables")
    run.add_argument("names", nargs="*", metavar="NAME", help="experiments (default: all)")
    run.add_argument("--quick", action="store_true", help="the 30-minute subset")
    run.add_argument("--count", type=int, help="items of each data set")
    run.add_argument("--datasets", nargs="+", help="of the experiment's")
    run.add_argument("--readers", nargs="+",
                     help="in place of the experiment's; 'nobody' for what compression costs and keeps alone")
    run.add_argument("--systems", nargs="+", help="in place of the experiment's; 'lingua OPTIONS' for any options")
    run.add_argument("--targets", nargs="+", type=Target.parse, help="in place of the experiment's: 3x, 350t")
    run.add_argument("--judged", action="store_true",
                     help="exact match: take what eval/results/judged says of answers that others have read")
    run.add_argument("--development", action="store_true", help="on the half for choosing")
    run.set_defaults(command=run_experiments)

    publish = commands.add_parser("publish", help="write what was measured of experiments to eval/results")
    publish.add_argument("names", nargs="*", metavar="NAME", help="experiments (default: all that have results)")
    publish.add_argument("--missing", action="store_true",
                         help="only what the tables lack or have of fewer items: a system more, on some of the items")
    publish.set_defaults(command=publish_experiments)

    report = commands.add_parser("report", help="remake the tables and plots of the documents from eval/results")
    report.set_defaults(command=remake_report)

    listing = commands.add_parser("list", help="experiments with their systems")
    listing.set_defaults(command=list_experiments)
    return top


def run_experiments(options: argparse.Namespace) -> None:
    from .summary import show

    chosen = selected(options.names)
    runner = open_runner("development" if options.development else "quick" if options.quick else FULL_RUNS,
                         judged.known(chosen) if options.judged else None)
    for experiment in chosen:
        if experiment.quick or options.names or not options.quick:
            experiment = adapted(experiment, options)
            show(experiment, runner.run(experiment))


def publish_experiments(options: argparse.Namespace) -> None:
    from .summary import publish

    runner = open_runner(FULL_RUNS)
    for experiment in selected(options.names):
        if records := runner.kept(experiment):
            publish(experiment, records, options.missing)
        elif options.names:
            raise ValueError(f"nothing was measured of '{experiment.name}'; `eval/run run {experiment.name}` does it")


def selected(names: list[str]) -> list[Experiment]:
    return [experiments.experiment(name) for name in names] or list(experiments.EXPERIMENTS)


def adapted(experiment: Experiment, options: argparse.Namespace) -> Experiment:
    if options.quick:
        experiment = dataclasses.replace(experiment, count=experiment.quick or experiment.count,
                                         systems=experiment.quick_systems or experiment.systems,
                                         readers=experiment.quick_readers or experiment.readers,
                                         targets=experiment.quick_targets or experiment.targets)
    changes = {name: tuple(chosen) for name in ("datasets", "readers", "systems", "targets")
               if (chosen := getattr(options, name))}
    if options.count:
        changes["count"] = options.count
    if options.development:
        changes["half"] = Half.DEVELOPMENT
    return dataclasses.replace(experiment, **changes)


def remake_report(options: argparse.Namespace) -> None:
    from .report import remake_all

    remake_all()


def list_experiments(options: argparse.Namespace) -> None:
    for one in experiments.EXPERIMENTS:
        print(f"{one.name}: {one.title}\n  data: {', '.join(one.datasets)}; readers: {', '.join(one.readers)}\n"
              f"  systems: {', '.join(one.systems)}\n  targets: {', '.join(map(str, one.targets))}; "
              f"items: {one.count}{f', quick: {one.quick}' if one.quick else ''}")


if __name__ == "__main__":
    main()
