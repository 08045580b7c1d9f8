"""Signals at random moments."""

import fcntl
import gzip
import os
import re
import signal
import subprocess
import threading
import time

from scene import EVENT, OLD

# Linux; Python names it from 3.10 on.
F_SETPIPE_SZ = 1031
COUNT = 10_000
TEMPORARY = re.compile(r"\.cf-ecs-[0-9a-f]{1,16}\.tmp")


def given(scene):
    """An input, and how long its conversion takes."""
    scene.write("in", (EVENT * 9 + b"oops\n") * (COUNT // 10))
    began = time.monotonic()
    expected = scene.run("-q", "in").output
    return expected, time.monotonic() - began


def killed(scene, trials=50):
    """kill -9 while `-o` is written: old or whole, never half."""
    expected, seconds = given(scene)
    whole = 0
    for trial in range(trials):
        name = ["out", "out.gz"][trial % 2]
        scene.write(name, OLD)
        process = scene.start("-q", "-j", "2", "in", "-o", name, "--rejects", "rejects")
        time.sleep(scene.random.uniform(0, seconds * 1.5))
        process.kill()
        process.communicate()
        content = scene.read(name)
        if content != OLD:
            whole += 1
            content = gzip.decompress(content) if name == "out.gz" else content
            scene.expect(content == expected, f"trial {trial}: neither old nor whole")
        left = [name for name in scene.names() if TEMPORARY.fullmatch(name)]
        scene.expect(len(left) <= 2, f"trial {trial}: files {scene.names()}")
        for name in left:
            os.unlink(scene.path(name))
    return f"{trials} times, {whole} of them after the end"


def asked_to_stop(scene, trials=48):
    """SIGINT, SIGTERM and SIGHUP: the status says which, lines are whole, old files stay."""
    expected, seconds = given(scene)
    ended = 0
    for trial in range(trials):
        number = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP][trial % 3]
        to_file = trial % 2 == 0
        scene.write("out", OLD)
        arguments = ["-o", "out", "--rejects", "rejects"] if to_file else []
        process = scene.start("-q", "-j", str(trial % 4 + 1), "in", *arguments)
        # The first moments belong to the loader, which knows of no handlers.
        timer = threading.Timer(
            0.02 + scene.random.uniform(0, seconds), process.send_signal, [number]
        )
        timer.start()
        output, _ = process.communicate(timeout=60)
        timer.cancel()
        status = process.returncode
        scene.expect(
            status in [128 + number, 1, -number], f"trial {trial}: status {status} for {number}"
        )
        names = ["in", "out"]
        if status == 1:
            ended += 1
            if to_file:
                names.append("rejects")
                output = scene.read("out")
            scene.expect(output == expected, f"trial {trial}: documents differ")
        else:
            scene.expect_lines(output)
            scene.expect(expected.startswith(output), f"trial {trial}: documents differ")
            scene.expect(scene.read("out") == OLD, f"trial {trial}: the old file is gone")
        scene.expect_names(*names)
        if "rejects" in names:
            os.unlink(scene.path("rejects"))
    return f"{trials} times, {ended} of them after the end"


def stuck_writers(scene, trials=12):
    """Nobody reads: a signal ends the write, just before it and in it."""
    given(scene)
    for trial in range(trials):
        number = [signal.SIGINT, signal.SIGTERM][trial % 2]
        process = scene.start("-q", "-j", str(trial % 3 + 1), *["in"] * 16)
        time.sleep(0.05 + scene.random.uniform(0, 0.1))
        process.send_signal(number)
        status = process.wait(timeout=20)
        scene.expect(status == 128 + number, f"trial {trial}: status {status}")
        # The reader took nothing for a second: its last line may be cut, no other.
        whole, line_break, _ = process.stdout.read().rpartition(b"\n")
        scene.expect_lines(whole + line_break)
        process.stdout.close()
        process.stderr.close()
    return f"{trials} times"


def stuck_messages(scene):
    """Nobody reads standard error."""
    scene.write("in", b"oops\n" * 9)
    process = scene.start("--input-format", "ndjson", *["in"] * 400)
    time.sleep(0.3)
    process.send_signal(signal.SIGTERM)
    status = process.wait(timeout=20)
    process.stdout.close()
    process.stderr.close()
    scene.expect(status == 143, f"status {status}")


def waiting_for_a_reader(scene):
    """A pipe as the output that nobody opens."""
    given(scene)
    os.mkfifo(scene.path("pipe"))
    process = scene.start("in", "-o", "pipe", "--rejects", "rejects")
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    status = process.wait(timeout=20)
    process.communicate()
    scene.expect(status == 130, f"status {status}")
    scene.expect_names("in", "pipe")


def other_commands(scene):
    """A text that nobody reads to its end."""
    read, write = os.pipe()
    os.write(write, b"x" * fcntl.fcntl(write, F_SETPIPE_SZ, 1 << 20))
    for command in ["rules", "template", "mapping"]:
        process = scene.start(command, stdout=write)
        time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        status = process.wait(timeout=20)
        process.communicate()
        scene.expect(status == 143, f"{command}: status {status}")
    os.close(read)
    os.close(write)


def prompt_stops(scene, trials=3):
    """How soon a termination ends each kind of wait. It is promised within 0.2 s; ten times that is
    allowed here, where others may have the processor."""
    scene.write("in", EVENT * 30_000)
    os.mkfifo(scene.path("silent"))
    os.mkfifo(scene.path("unread"))
    os.mkdir(scene.path("many"))
    for number in range(100_000):
        # Each is opened, to see that it is a test of Cloudflare's.
        scene.write(f"many/{number}", b"tests")
    writer = os.open(scene.path("silent"), os.O_RDWR)
    waits = {
        "a pipe without bytes": ["silent", "-o", "out"],
        "a full pipe": ["-q", "-j", "1", *["in"] * 4],
        "a full pipe, and workers that wait for their turn": ["-q", "-j", "4", *["in"] * 4],
        "the alerts of a full pipe": ["detect", "-q", "-j", "4", *["in"] * 4],
        "a pipe that nobody reads": ["in", "-o", "unread"],
        "a directory of 100,000 files": ["many", "-o", "out"],
        "a feed": ["detect", "--iocs", "silent", "in"],
    }
    # A plain file that waits, where it can be read: the messages of the kernel.
    if subprocess.run(["timeout", "0.5", "cat", "/proc/kmsg"], capture_output=True).returncode == 124:
        waits["a plain file that waits"] = ["/proc/kmsg", "-o", "out"]
    longest = {}
    for wait, arguments in waits.items():
        for trial in range(trials):
            process = scene.start(*arguments)
            # The directory is listed within half a second where nobody else has the processor.
            time.sleep((0.05 if "directory" in wait else 0.2) * (1 + trial))
            began = time.monotonic()
            process.send_signal(signal.SIGTERM)
            status = process.wait(timeout=60)
            seconds = time.monotonic() - began
            longest[wait] = max(longest.get(wait, 0), seconds)
            output = process.stdout.read()
            process.stdout.close()
            process.stderr.close()
            scene.expect(status == 143, f"{wait}: status {status}")
            scene.expect(seconds < 2, f"{wait}: {seconds:.1f} s")
            scene.expect_lines(output)
    os.close(writer)
    return ", ".join(f"{wait} {seconds * 1000:.0f} ms" for wait, seconds in longest.items())


POINTS = [
    killed, asked_to_stop, prompt_stops, stuck_writers, stuck_messages, waiting_for_a_reader, other_commands,
]
