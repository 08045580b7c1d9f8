#!/usr/bin/env python3
"""Injects faults into the built command and looks at what it leaves behind.

    swift build -c release
    python3 Tests/Faults/faults.py .build/release/cf-ecs

Each fault point runs in a new directory and prints a line; `--only TEXT` runs those with that text in
their names. Random moments and samples follow `--seed`; `--all` tries each point of `calls.py`. After each point: the exit status is what the contract
says, lines are whole, an output file is complete or as it was, the counts add up, and no temporary
file is left, but after kill -9. Root makes all of them; what needs root, or another account, is
skipped with the reason where it cannot be had.
"""

import argparse
import os
import random
import sys

import calls
import folders
import inputs
import outputs
import resources
import screens
import signals
from report import Report
from scene import Failed, Impossible, Scene

GROUPS = [outputs, inputs, signals, resources, screens, folders, calls]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", help="the built cf-ecs")
    parser.add_argument("--seed", type=int, default=20261125)
    parser.add_argument("--only", default="", metavar="TEXT")
    parser.add_argument("--all", action="store_true", help="each call that can fail, not a sample")
    options = parser.parse_args()
    calls.WANTS_ALL = options.all
    report = Report()
    for group in GROUPS:
        for point in group.POINTS:
            name = f"{group.__name__}.{point.__name__}"
            if options.only not in name:
                continue
            scene = Scene(os.path.abspath(options.command), random.Random(options.seed))
            try:
                report.passes(name, point(scene) or "")
            except Impossible as reason:
                report.skips(name, reason)
            except Exception as error:  # A fault point that breaks has failed, and the others go on.
                kind = "" if isinstance(error, Failed) else f"{type(error).__name__}: "
                report.fails(name, f"{kind}{error}")
            finally:
                scene.close()
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
