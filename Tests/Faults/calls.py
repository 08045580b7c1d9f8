"""The n-th call of the system fails, for every n of a run with three inputs and three outputs.

`failing_calls.c` is preloaded into the command, whatever C compiler is here. `faults.py` tries a sample of
the points, and with --all each of them.
"""

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import time

from runs import RULES, content, library, old_outputs, prepare, runs
from scene import OLD, Failed

# The number of points of each group when not all are wanted.
SAMPLE = 100
WANTS_ALL = False
EVER = 1 << 30
FEED_RULE = b'"rule":{"id":"intelligence-feed"'
# Ten times what is promised: another program may have the processor.
LONGEST_STOP = 2.0

# How each call fails in practice.
ERRORS = {
    "open": [errno.EMFILE, errno.EACCES],
    "read": [errno.EIO],
    "write": [errno.ENOSPC, errno.EIO],
    "fsync": [errno.EIO, errno.ENOSPC],
    "rename": [errno.EACCES, errno.EXDEV],
    "close": [errno.EIO],
    "stat": [errno.EACCES, errno.EIO],
    "fstat": [errno.EIO],
    "lstat": [errno.EACCES, errno.EIO],
    "readlink": [errno.EIO],
    "access": [errno.EACCES],
    "fchmod": [errno.EPERM],
    "unlink": [errno.EPERM],
    "opendir": [errno.EMFILE, errno.EACCES],
    "readdir": [errno.EIO],
    "closedir": [errno.EIO],
    "pipe": [errno.EMFILE],
    "poll": [errno.ENOMEM],
    "fcntl": [errno.EBADF],
    "pthread_create": [errno.EAGAIN],
    "mmap": [errno.ENOMEM],
    "fopen": [errno.EMFILE],
}
# What a signal interrupts, also one that requests no stop.
INTERRUPTED = ["open", "read", "write", "fsync", "close", "poll"]
# What may wait: for a server of a mounted file system, a device, a reader.
WAITING = ["open", "read", "write", "fsync", "opendir", "readdir", "stat", "lstat", "poll"]


class Points:
    """Runs with a fault in them, and the sums."""

    def __init__(self, scene):
        self.scene = scene
        self.library = library()
        self.tried = 0
        self.statuses = {}
        self.untrue = []
        prepare(scene)

    def close(self):
        shutil.rmtree(os.path.dirname(self.library))

    def environment(self, **variables):
        return dict(os.environ, LD_PRELOAD=self.library, **variables)

    def learn(self, run):
        """What the run gives without a fault, and how often it makes each call."""
        scene = self.scene
        old_outputs(scene)
        outcome = scene.run(
            *run.arguments, env=self.environment(FAULT_COUNTS=scene.path("counts"))
        )
        scene.expect_status(outcome, 0)
        run.expected = {name: content(scene, file) for name, file in run.outputs.items()}
        run.expected["-"] = outcome.output
        for line in scene.read("counts").decode().splitlines():
            name, count = line.split()
            run.counts[name] = int(count)
        os.unlink(scene.path("counts"))
        first = [argument for argument in run.arguments if argument == "detect"]
        rules = RULES if first else []
        run.parts = [scene.run(*first, "-q", *rules, name).output.splitlines() for name in run.inputs]
        old_outputs(scene)

    def fault(self, run, fault, check):
        """Tries one point. What does not hold is noted; the others are tried all the same."""
        scene = self.scene
        outcome = scene.run(
            *run.arguments, timeout=30, env=self.environment(FAULT=fault, FAULT_MARK=scene.path("mark"))
        )
        # With threads the numbers of calls differ a little.
        if os.path.exists(scene.path("mark")):
            self.tried += 1
            self.statuses[outcome.status] = self.statuses.get(outcome.status, 0) + 1
            try:
                check(run, fault, outcome)
            except Failed as error:
                self.untrue.append(f"{run.name}, {fault}: {error}")
        self.clean()

    def clean(self):
        scene = self.scene
        for folder in ["", "logs"]:
            for name in os.listdir(scene.path(folder)):
                if name.endswith(".tmp"):
                    os.unlink(os.path.join(scene.path(folder), name))
        old_outputs(scene)

    def result(self):
        statuses = ", ".join(f"{count} ended with {status}" for status, count in sorted(self.statuses.items(), key=str))
        if self.untrue:
            raise Failed(f"{len(self.untrue)} of {self.tried} points: " + "\n  ".join(self.untrue[:20]))
        return f"{self.tried} points, 0 untrue: {statuses}"

    # What must hold.

    def check(self, run, fault, outcome):
        scene, error = self.scene, outcome.error
        if not fault.startswith("unlink:"):
            self.expect_no_temporary()
        if outcome.status == 0:
            for name, expected in run.expected.items():
                self.expect_content(run, name, outcome, [expected])
        elif outcome.status == 1:
            scene.expect(
                re.search(rb"^cf-ecs: (logs[^:\n]*): .", error, re.M), f"no input is named: {error[-300:]!r}"
            )
            self.expect_parts(run, outcome)
        elif outcome.status == 2:
            # The feed, or /proc, from which the runtime reads the arguments.
            scene.expect(re.search(rb"^cf-ecs: (feed: .|.*/proc )", error), f"status 2: {error[-300:]!r}")
            self.expect_old(run, [])
        elif outcome.status == 3:
            # If nothing can be written, nothing can be said either.
            if f":{EVER}:" not in fault or not fault.startswith("write:"):
                named = re.search(rb"^cf-ecs: ([^:\n]+): .+$", error.splitlines()[-1] if error else b"")
                names = [*run.outputs, "standard output"]
                scene.expect(named and named[1].decode() in names, f"no output is named: {error[-300:]!r}")
            written = re.search(rb"already replaced: (.+)\)", error)
            written = written[1].decode().split(", ") if written else []
            for name in written:
                self.expect_content(run, name, outcome, [run.expected[name]])
            self.expect_old(run, written)
            scene.expect(run.expected["-"].startswith(outcome.output), "standard output differs")
        else:
            raise Failed(f"status {outcome.status}: {error[-300:]!r}")

    def check_interrupted(self, run, fault, outcome):
        """A signal that requests no stop changes nothing."""
        self.scene.expect_status(outcome, 0)
        self.check(run, fault, outcome)

    def check_allocation(self, run, fault, outcome):
        """The runtime ends the process: then nothing is half, and standard output has whole lines."""
        if outcome.status >= 0 and outcome.status not in [128 + number for number in [4, 5, 6, 11]]:
            return self.check(run, fault, outcome)
        scene = self.scene
        scene.expect_lines(outcome.output)
        scene.expect(run.expected["-"].startswith(outcome.output), "standard output differs")
        for name, file in run.outputs.items():
            allowed = [run.expected[name], self.old(name)]
            scene.expect(content(scene, file) in allowed, f"{name} is neither old nor whole")

    def expect_content(self, run, name, outcome, allowed):
        found = outcome.output if name == "-" else content(self.scene, run.outputs[name])
        self.scene.expect(found in allowed, f"{name} differs: {found and found[-200:]!r}")

    @staticmethod
    def old(name):
        return None if name.startswith("rejects") else OLD

    def expect_old(self, run, but):
        for name, file in run.outputs.items():
            if name not in but:
                found = content(self.scene, file)
                self.scene.expect(found == self.old(name), f"{name} was changed: {found and found[-200:]!r}")

    def expect_no_temporary(self):
        left = [name for folder in ["", "logs"] for name in os.listdir(self.scene.path(folder))]
        left = [name for name in left if name.endswith(".tmp")]
        self.scene.expect(not left, f"left over: {left}")

    def expect_parts(self, run, outcome):
        """Of each input the documents of its beginning, in order; and the sums say so. Where it is said that the feed
        has no indicators, its rule fires on nothing."""
        scene = self.scene
        name = next((name for name in run.outputs if name.startswith("out")), "-")
        output = outcome.output if name == "-" else content(scene, run.outputs[name])
        scene.expect_lines(output)
        lines = output.splitlines()
        position = 0
        for part in run.parts:
            if outcome.error.startswith(b"cf-ecs: no indicators in feed"):
                part = [document for document in part if FEED_RULE not in document]
            for document in part:
                if position == len(lines) or lines[position] != document:
                    break
                position += 1
        scene.expect(position == len(lines), f"documents differ from line {position}: {lines[position:][:1]!r}")
        counts = json.loads(scene.read("stats"))
        written = counts["alerts" if "detect" in run.arguments else "documents"]
        scene.expect(written == len(lines), f"{len(lines)} lines, but {written} are counted")


def chosen(scene, points):
    """A sample with as many points of each call as of the others."""
    if WANTS_ALL or len(points) <= SAMPLE:
        return points
    groups = {}
    for point in points:
        groups.setdefault(point[1].split(":")[0], []).append(point)
    share = SAMPLE // len(groups)
    return [point for group in groups.values()
            for point in scene.random.sample(group, min(len(group), share))]


def tried(scene, make, check):
    """Tries the points that `make` finds in each run."""
    points = Points(scene)
    try:
        known = runs()
        for run in known:
            points.learn(run)
        for run, fault in chosen(scene, [(run, fault) for run in known for fault in make(run)]):
            points.fault(run, fault, getattr(points, check))
        return points.result()
    finally:
        points.close()


def failing_calls(scene):
    """One call fails, and the next ones do not; or all from then on."""

    def make(run):
        for call, errors in ERRORS.items():
            for number in range(1, run.counts[call] + 1):
                for error in errors:
                    yield f"{call}:{number}:{number}:{error}"
                    if call in ["open", "read", "write", "pthread_create"]:
                        yield f"{call}:{number}:{EVER}:{error}"

    return tried(scene, make, "check")


def interrupted_calls(scene):
    """A call ends with EINTR though nobody wants to stop; a read or write moves one byte."""

    def make(run):
        for call in INTERRUPTED:
            for number in range(1, run.counts[call] + 1):
                yield f"{call}:{number}:{number}:{errno.EINTR}"
                if call in ["read", "write"]:
                    yield f"{call}:{number}:{number}:short"

    return tried(scene, make, "check_interrupted")


def failing_allocations(scene):
    """The n-th allocation fails, alone or with all that follow."""

    def make(run):
        number = 1
        while number <= run.counts["malloc"]:
            yield f"malloc:{number}:{number}:{errno.ENOMEM}"
            yield f"malloc:{number}:{EVER}:{errno.ENOMEM}"
            # Each of the first, then at growing distances.
            number += 1 + number // 25

    return tried(scene, make, "check_allocation")


def waiting_calls(scene):
    """A call waits for ever, and a signal requests a stop."""
    points = Points(scene)
    longest = (0.0, "")
    try:
        faults = []
        for run in runs():
            points.learn(run)
            faults += [
                (run, f"{call}:{number}:{EVER}:block")
                for call in WAITING for number in range(1, run.counts[call] + 1)
            ]
        for run, fault in chosen(scene, faults):
            process = scene.start(
                *run.arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env=points.environment(FAULT=fault, FAULT_MARK=scene.path("mark")),
            )
            while process.poll() is None and not os.path.exists(scene.path("mark")):
                time.sleep(0.002)
            time.sleep(0.01)
            if process.poll() is None:
                began = time.monotonic()
                process.send_signal(signal.SIGTERM)
                try:
                    status = process.wait(timeout=LONGEST_STOP)
                except subprocess.TimeoutExpired:
                    process.kill()
                    status = f"none in {LONGEST_STOP} s"
                    process.wait()
                longest = max(longest, (time.monotonic() - began, f"{run.name}, {fault}"))
                points.tried += 1
                points.statuses[status] = points.statuses.get(status, 0) + 1
                try:
                    scene.expect(status == 143, f"status {status}")
                    points.expect_no_temporary()
                    points.expect_old(run, [])
                except Failed as error:
                    points.untrue.append(f"{run.name}, {fault}: {error}")
            points.clean()
        return f"{points.result()}; the longest took {longest[0] * 1000:.0f} ms ({longest[1]})"
    finally:
        points.close()


POINTS = [failing_calls, interrupted_calls, waiting_calls, failing_allocations]
