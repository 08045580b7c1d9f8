#!/usr/bin/env python3
"""Plants mutations in a copy of the library and counts those that the tests notice.

    python3 Tests/Mutation/mutate.py .build-mutation
    python3 Tests/Mutation/mutate.py .build-mutation --report

The folder gets a copy of the tree, in which `sites.py` has planted the mutations: all of them are compiled at
once, and the program's environment says which one is on. Each is run against the suites of its room (`rooms.tsv`)
for 10 seconds of processor time at most, so that other work on the machine makes no difference. Results are added to
`results.tsv` one by one: stop it at any time, and the same command goes on. `--report` prints the score and every
survivor. Without `--limit` all are run. `--survivors` runs those again that survived, after tests were added: the
tests are copied anew and compiled, the library stays as it is.

A mutation is noticed if a test fails, the process ends, or the time is over. What it survives is looked at by a
person: a missing test, or a change that makes no difference (a faster way to the same result). Lines of code whose
numbers never make one are left out: `left-out.tsv` has each with its reason.
"""

import argparse
import collections
import csv
import os
import pathlib
import random
import re
import resource
import signal
import subprocess
import sys
import threading

from sites import SWITCH, VARIABLE, Site, find, plant

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LIBRARY = "Sources/CloudflareECS"
# Data, and what is compared in full with another source by a test of its own.
LEFT_OUT = ("+Rows.swift", "+Rules.swift")
# Of processor time, for the suites of a room; and of waiting.
SECONDS = 10
LONGEST_WAIT = 120


class Mutation:
    """The state of a check: its folder, the plan and the results so far."""

    def __init__(self, folder):
        self.folder = folder
        self.tree = folder / "tree"
        self.plan = folder / "plan.tsv"
        self.results = folder / "results.tsv"

    def read(self, path):
        if not path.exists():
            return []
        with open(path, newline="", encoding="utf-8") as file:
            return list(csv.reader(file, delimiter="\t"))

    def sites(self):
        return [Site(int(number), *rest[:2], int(rest[2]), int(rest[3]), int(rest[4]), *rest[5:])
                for number, *rest in self.read(self.plan)]

    def write_plan(self, sites):
        with open(self.plan, "w", newline="", encoding="utf-8") as file:
            csv.writer(file, delimiter="\t").writerows(site.row() for site in sites)

    def make_plan(self, count, seed):
        """Draws the mutations: the share of a room is that of its lines of code."""
        self.copy_tree()
        chance = random.Random(seed)
        lines_left_out = self.read(HERE / "left-out.tsv")
        sites = []
        for path in sorted((self.tree / LIBRARY).rglob("*.swift")):
            if path.name.endswith(LEFT_OUT):
                continue
            name = str(path.relative_to(self.tree))
            text = path.read_text(encoding="utf-8")
            lines = text.split("\n")
            left_out = [part for file, part, _ in lines_left_out if file in ("*", name.removeprefix(LIBRARY + "/"))]
            sites += [site for site in find(name, text)
                      if not any(part in lines[site.line - 1] for part in left_out)]
        chance.shuffle(sites)
        # No more than one a line: a compiler's error then says which one it is about.
        drawn = {(site.file, site.line): site for site in sites}
        drawn = list(drawn.values())[: count * 5 // 4]
        drawn.sort(key=lambda site: (site.file, site.line))
        for number, site in enumerate(drawn, 1):
            site.number = number
        self.write_plan(drawn)

    def copy_tree(self, folder="."):
        self.tree.mkdir(parents=True, exist_ok=True)
        names = subprocess.run(
            ["git", "ls-files", "-z", folder], cwd=ROOT, capture_output=True, check=True).stdout
        tar = subprocess.run(
            ["tar", "--null", "-T", "-", "-cf", "-"], cwd=ROOT, input=names, capture_output=True, check=True)
        subprocess.run(["tar", "-xf", "-"], cwd=self.tree, input=tar.stdout, check=True)

    def build(self, count):
        """Compiles the mutations; leaves out those that do not compile, and what is more than asked for."""
        while True:
            sites = self.sites()
            self.write_sources(sites)
            print(f"compiling {len(sites)} mutations", flush=True)
            result = subprocess.run(
                ["swift", "build", "--target", "CloudflareECS"], cwd=self.tree, capture_output=True, text=True)
            if result.returncode == 0:
                break
            output = result.stdout + result.stderr
            wrong = {(match[1], int(match[2])) for match in re.finditer(
                rf"({LIBRARY}/[^:\s]+):(\d+):\d+: error:", output)}
            bad = {site.number for site in sites for name, line in wrong
                   if site.file == name and site.line == line}
            if not bad:  # The error of a mutation may be said at a line nearby.
                bad = {min((abs(site.line - line), site.number) for site in sites if site.file == name)[1]
                       for name, line in wrong if any(site.file == name for site in sites)}
            if not bad:
                sys.exit(output[-3000:])
            self.write_plan([site for site in sites if site.number not in bad])
        if len(sites) > count:
            kept = set(random.Random(0).sample([site.number for site in sites], count))
            self.write_plan([site for site in sites if site.number in kept])
        subprocess.run(["swift", "build", "--build-tests"], cwd=self.tree, check=True)
        (self.folder / "built").write_text("")

    def retry_survivors(self):
        """Forgets the results of those that survived, and compiles the tests as they are now."""
        rows = [row for row in self.read(self.results) if row[1] != "survived"]
        with open(self.results, "w", newline="", encoding="utf-8") as file:
            csv.writer(file, delimiter="\t").writerows(rows)
        self.copy_tree("Tests")
        subprocess.run(["swift", "build", "--build-tests"], cwd=self.tree, check=True)

    def write_sources(self, sites):
        by_file = collections.defaultdict(list)
        for site in sites:
            by_file[site.file].append(site)
        operators = ""
        for path in sorted((self.tree / LIBRARY).rglob("*.swift")):
            name = str(path.relative_to(self.tree))
            original = ROOT / name
            if not original.exists():
                continue
            text, more = plant(original.read_text(encoding="utf-8"), by_file.get(name, []))
            operators += more
            if path.read_text(encoding="utf-8") != text:
                path.write_text(text, encoding="utf-8")
        (self.tree / LIBRARY / "Mutant.swift").write_text(SWITCH + operators, encoding="utf-8")

    def run(self, limit):
        rooms = {room: suites for room, suites in self.read(HERE / "rooms.tsv")}
        done = {int(row[0]) for row in self.read(self.results)}
        waiting = [site for site in self.sites() if site.number not in done]
        random.Random(1).shuffle(waiting)
        passed = set()
        for site in waiting[:limit]:
            room = site.file.removeprefix(LIBRARY + "/").split("/")[0]
            if room not in passed:
                outcome, seconds = self.test(rooms[room], 0)
                if outcome != "survived":
                    sys.exit(f"the suites of {room} fail without a mutation: {outcome} after {seconds:.1f} s")
                passed.add(room)
            outcome, seconds = self.test(rooms[room], site.number)
            print(f"{outcome:9} {seconds:5.1f} s  {site}", flush=True)
            with open(self.results, "a", encoding="utf-8") as file:
                file.write(f"{site.number}\t{outcome}\t{seconds:.1f}\n")

    def test(self, suites, number):
        """Runs suites with a mutation on: what became of it, and the seconds of processor time."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        process = subprocess.Popen(
            # The program that `swift test` would start, which takes a second to do that.
            [".build/debug/CloudflareECSPackageTests.xctest", "--testing-library", "swift-testing", "--filter", suites],
            cwd=self.tree,
            env={**os.environ, VARIABLE: str(number), "RANDOM_EVENTS": "300"}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, errors="replace", start_new_session=True,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS)))
        # What waits for ever takes no processor time.
        timer = threading.Timer(LONGEST_WAIT, os.killpg, (process.pid, signal.SIGKILL))
        timer.start()
        outcome = "ended"
        for line in process.stdout:
            if "recorded an issue" in line:
                outcome = "failed"
                break
            if "Test run with" in line:
                outcome = "no test" if "with 0 tests" in line else "survived"
        timer.cancel()
        if process.poll() is None and outcome == "failed":  # One is enough.
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        if outcome == "ended" and -process.returncode in (signal.SIGKILL, signal.SIGXCPU):
            outcome = "time over"
        return outcome, seconds

    def report(self):
        outcomes = {int(row[0]): row[1] for row in self.read(self.results)}
        sites = [site for site in self.sites() if site.number in outcomes]
        survivors = [site for site in sites if outcomes[site.number] == "survived"]
        rooms = collections.defaultdict(lambda: [0, 0])
        for site in sites:
            count = rooms[site.file.removeprefix(LIBRARY + "/").split("/")[0]]
            count[0] += outcomes[site.number] != "survived"
            count[1] += 1
        noticed = len(sites) - len(survivors)
        print(f"{noticed} of {len(sites)} noticed: {100 * noticed / max(1, len(sites)):.0f} %. "
              + ", ".join(f"{count} {name}" for name, count in
                          sorted(collections.Counter(outcomes[site.number] for site in sites).items())))
        print("\n| Room | Noticed |\n|---|---:|")
        for room, (found, count) in sorted(rooms.items()):
            print(f"| {room} | {found} of {count} |")
        print("\n| Survivor | Change |\n|---|---|")
        for site in survivors:
            print(f"| `{site.file.removeprefix(LIBRARY + '/')}:{site.line}` | {site.change()} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--count", type=int, default=200, help="how many mutations are planted (200)")
    parser.add_argument("--seed", type=int, default=20261129)
    parser.add_argument("--limit", type=int, help="how many are run now; all that are left, if not given")
    parser.add_argument("--survivors", action="store_true", help="run those again that survived")
    parser.add_argument("--report", action="store_true", help="print what is known, and run nothing")
    options = parser.parse_args()
    mutation = Mutation(options.folder.resolve())
    if not options.report:
        if not mutation.plan.exists():
            mutation.make_plan(options.count, options.seed)
        if not (mutation.folder / "built").exists():
            mutation.build(options.count)
        if options.survivors:
            mutation.retry_survivors()
        mutation.run(options.limit)
    mutation.report()


if __name__ == "__main__":
    main()
