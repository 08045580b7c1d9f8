"""Too little memory, no more threads, no more files."""

import os
import resource
import signal

from scene import EVENT, OLD, Impossible

MIB = 1 << 20


def memory(scene):
    """From too little to enough: the runtime may end it, but then it leaves nothing half."""
    scene.write("in", EVENT * 8_000)
    expected = scene.run("in").output
    enough = 0
    sizes = [8, 16, 20, 24, 28, 32, 40, 48, 64, 96, 128, 256, 512, 2048]
    for size in sizes:
        limits = lambda: resource.setrlimit(resource.RLIMIT_AS, (size * MIB, size * MIB))
        for name in ["out", "out.gz"]:
            scene.write(name, OLD)
            outcome = scene.run("-j", "4", "in", "-o", name, limits=limits)
            if outcome.status == 0:
                enough += 1
            else:
                scene.expect(scene.read(name) == OLD, f"{size} MiB: the old file is gone")
            content = scene.run("-c", f"zcat -f {name}", command=["bash"]).output
            scene.expect(content in [OLD, expected], f"{size} MiB: documents differ")
        outcome = scene.run("-j", "4", "in", limits=limits)
        scene.expect_lines(outcome.output)
        scene.expect(expected.startswith(outcome.output), f"{size} MiB: documents differ")
        scene.expect(outcome.status != 0 or outcome.output == expected, f"{size} MiB: cut")
    scene.expect(outcome.status == 0, f"2 GiB are too little: {outcome.error[-200:]!r}")
    return f"{2 * len(sizes)} files under {len(sizes)} limits, {enough} of them written"


def threads(scene):
    """A thread that cannot be started means fewer threads."""
    command = scene.unprivileged()
    if len(command) == 1:
        raise Impossible("needs an account that runs nothing else")
    scene.write("in", EVENT * 40_000)
    expected = scene.run("-j", "1", "in").output
    for most in [1, 2, 3]:
        limits = lambda: resource.setrlimit(resource.RLIMIT_NPROC, (most, most))
        outcome = scene.run("-j", "8", "in", "--stats", "-", command=command, limits=limits)
        scene.expect_status(outcome, 0)
        scene.expect(outcome.output == expected, f"{most} threads: documents differ")
        scene.expect_sums(outcome.error)


def many_threads(scene):
    """Far more threads than processors and files cost little more than one thread: processor time, not time."""
    os.mkdir(scene.path("in"))
    for number in range(10_000):
        scene.write(f"in/{number}", EVENT)

    def run(count):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        output = scene.run("-q", "-j", str(count), "in").output
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return output, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    output, alone = run(1)
    more, together = run(256)
    scene.expect(more == output, "documents differ")
    scene.expect(together < 10 * alone + 1, f"{together:.2f} s for 256 threads, {alone:.2f} s for one")
    return f"{alone:.2f} s of the processor alone, {together:.2f} s with 256 threads"


def files(scene):
    """No more open files than the standard ones, and one after the other more."""
    scene.write("in", EVENT * 100)
    expected = scene.run("in").output
    enough = False
    for most in range(3, 16):
        scene.write("out", OLD)
        limits = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        outcome = scene.run("in", "-o", "out", limits=limits)
        # Without a descriptor the loader finds no libraries.
        scene.expect_status(outcome, 0, 1, 3, 127)
        enough = outcome.status == 0
        content = scene.read("out")
        scene.expect(content == expected if enough else content in [OLD, b""], "documents differ")
        scene.expect_names("in", "out")
    scene.expect(enough, "fifteen files are too few")


def processor_time(scene):
    """A limit of processor time kills as kill -9 does: the old file stays."""
    scene.write("in", EVENT * 200_000)
    scene.write("out", OLD)
    limits = lambda: resource.setrlimit(resource.RLIMIT_CPU, (1, 1))
    outcome = scene.run(*["in"] * 40, "-o", "out", limits=limits)
    scene.expect(outcome.status in [-signal.SIGXCPU, -signal.SIGKILL], f"status {outcome.status}")
    scene.expect(scene.read("out") == OLD, "the old file is gone")


POINTS = [memory, threads, many_threads, files, processor_time]
