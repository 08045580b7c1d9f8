"""Folders of gzip files: outputs that are stopped and resumed, and the memory that many workers take."""

import gzip
import hashlib
import os
import re
import signal
import sys
import time

from scene import EVENT

MIB = 1 << 20
TEMPORARY = re.compile(r"\.cf-ecs-[0-9a-f]{1,16}\.tmp")


def tree(scene, directory):
    """The files below a directory, and their bytes. Temporary files are told apart."""
    files, temporary = {}, []
    for folder, _, names in os.walk(scene.path(directory)):
        for name in names:
            path = os.path.join(folder, name)
            if TEMPORARY.fullmatch(name):
                temporary.append(path)
            else:
                with open(path, "rb") as file:
                    files[os.path.relpath(path, scene.path(directory))] = file.read()
    return files, temporary


# Linux counts the memory of the parent in a child's peak: so a small Python starts the command and prints its peak.
MEASURE = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[1:]).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(status)
"""


def converted(scene, workers):
    """Converts the folder. Returns the digest of the documents, and the peak of memory in MiB."""
    command = [sys.executable, "-c", MEASURE, scene.command]
    outcome = scene.run("-q", "-j", str(workers), "in", take=digest, command=command)
    scene.expect_status(outcome, 0)
    return outcome.output, int(outcome.error) / 1024


def digest(stream):
    result = hashlib.sha256()
    for piece in iter(lambda: stream.read(MIB), b""):
        result.update(piece)
    return result.digest()


def resumed(scene, trials=10, count=200, events=200):
    """--output-dir, stopped at random moments and resumed: the bytes of an undisturbed run."""
    for number in range(count):
        folder = f"in/{number // 50}"
        os.makedirs(scene.path(folder), exist_ok=True)
        lines = [EVENT.replace(b"7299f155", b"%08x" % (number * events + n)) for n in range(events)]
        data = gzip.compress(b"".join(lines), mtime=0)
        if number % 20 == 7:
            data = data[: len(data) // 2]
        scene.write(f"{folder}/{number:03}.log.gz", data)
    began = time.monotonic()
    scene.expect_status(scene.run("-q", "-j", "2", "-O", "whole", "in"), 1)
    seconds = time.monotonic() - began
    whole, left = tree(scene, "whole")
    scene.expect(len(whole) == count and not left, f"{len(whole)} outputs, {left}")
    arguments = ["-q", "-O", "out", "--skip-existing", "in"]
    found = []
    for trial in range(trials):
        number = [signal.SIGKILL, signal.SIGTERM][trial % 2]
        process = scene.start("-j", str(trial // 2 % 4 + 1), *arguments)
        time.sleep(0.05 + scene.random.uniform(0, 2 * seconds / trials))
        process.send_signal(number)
        process.communicate()
        files, left = tree(scene, "out")
        found.append(len(files))
        for name, data in files.items():
            scene.expect(whole.get(name) == data, f"trial {trial}: {name} is not whole")
        if number == signal.SIGTERM:
            scene.expect(not left, f"trial {trial}: {left}")
        for path in left:
            os.unlink(path)
    scene.expect_status(scene.run(*arguments), 1)
    files, left = tree(scene, "out")
    scene.expect(files == whole and not left, "the resumed outputs differ")
    return f"{trials} times, with {', '.join(map(str, found))} of {count} outputs done"


def memory(scene, count=24):
    """What workers hold ahead of their turn: 32 MiB with two, 12 MiB more for each further one."""
    os.mkdir(scene.path("in"))
    for number in range(count):
        lines = []
        for n in range(2_000):
            note = "%032x" % scene.random.getrandbits(128)
            lines.append(EVENT[:-2] + b',"Note":"%s"}\n' % (note.encode() * 30))
        scene.write(f"in/{number}", gzip.compress(b"".join(lines), 1))
    size = max(os.path.getsize(scene.path(f"in/{number}")) for number in range(count))
    scene.expect(size <= MIB // 2, f"{size} bytes are no small file")
    expected, peaks = None, []
    for workers in [1, 2, 3, 4, 8]:
        documents, peak = converted(scene, workers)
        expected = expected or documents
        scene.expect(documents == expected, f"-j {workers}: documents differ")
        peaks.append(peak)
        bound = 32 + 12 * max(0, workers - 2)
        scene.expect(peaks[-1] <= bound, f"-j {workers}: {peaks[-1]:.0f} MiB, more than {bound}")
    return f"{', '.join(f'{peak:.0f}' for peak in peaks)} MiB with 1, 2, 3, 4, 8 workers"


def long_records(scene, count=16):
    """Records of 8 MB in small files: only one worker at a time has one."""
    os.mkdir(scene.path("in"))
    data = gzip.compress(EVENT[:-2] + b',"Note":"%s"}\n' % (b"a" * 8_000_000) + EVENT * 100)
    for number in range(count):
        scene.write(f"in/{number}", data)
    documents, one = converted(scene, 1)
    others, many = converted(scene, 8)
    scene.expect(documents == others, "documents differ")
    scene.expect(many - one <= 4 * 7, f"eight workers take {many - one:.0f} MiB more than one")
    return f"{one:.0f} MiB with one worker, {many:.0f} MiB with eight"


POINTS = [resumed, memory, long_records]
