"""The command lines of `calls.py`, their files, and the library that makes calls fail."""

import gzip
import json
import os
import shutil
import subprocess
import tempfile

from scene import OLD, Impossible

EVENTS = 3000
TEST = b"tests"

# A correlation fires on one event because of others, which a fault may take away.
RULES = ["--iocs", "feed", "--exclude-rule", "cloudflare-block-burst"]


class Run:
    """A command line, and what its outputs are to be."""

    def __init__(self, name, arguments, outputs, inputs):
        self.name = name
        self.arguments = arguments
        # What is promised by name, and the file in which it is then.
        self.outputs = outputs
        # The parts of the documents that come from each input.
        self.inputs = inputs
        self.expected = {}
        self.parts = []
        self.counts = {}


def runs():
    three = ["logs/a.ndjson", "logs/b.gz", "logs/c.csv"]
    return [
        # One output is a link to an old file in the folder that is read, one new, one old.
        Run("folder", ["-q", "--lenient", "-j", "1", "logs", "-o", "out", "--rejects", "rejects",
                       "--stats", "stats"],
            {"out": "logs/old.ndjson", "rejects": "rejects", "stats": "stats"}, three),
        Run("threads", ["-q", "--lenient", "-j", "4", *three, "-o", "out.gz", "--rejects",
                        "rejects.gz", "--stats", "stats"],
            {"out.gz": "out.gz", "rejects.gz": "rejects.gz", "stats": "stats"}, three),
        Run("pipe", ["-q", "--lenient", "-j", "2", *three, "--rejects", "rejects", "--stats", "stats"],
            {"rejects": "rejects", "stats": "stats"}, three),
        Run("alerts", ["detect", "-q", "--lenient", "-j", "2", *RULES, *three, "-o", "out",
                       "--rejects", "rejects", "--stats", "stats"],
            {"out": "logs/old.ndjson", "rejects": "rejects", "stats": "stats"}, three),
    ]


def prepare(scene):
    """Three inputs, old outputs; each document differs from the others."""
    shutil.rmtree(scene.path("logs"), ignore_errors=True)
    os.makedirs(scene.path("logs/sub"))

    def event(file, number):
        return (
            b'{"Action":"block","ClientIP":"203.0.113.%d","ClientRequestHost":"foo.example.com",'
            b'"ClientRequestPath":"%s","Datetime":1657630626219000000,"RayID":"%s%d"}\n'
            % (number % 200, b"/" if number % 20 else b"/.env", file, number)
        )

    lines = [event(b"a", number) + (b"oops\n" if number % 100 == 9 else b"") for number in range(EVENTS)]
    scene.write("logs/a.ndjson", b"".join(lines))
    lines = [event(b"b", number) for number in range(EVENTS)]
    scene.write("logs/b.gz", gzip.compress(b"".join(lines), 1) + gzip.compress(event(b"d", 0)))
    rows = [b"block,192.0.2.9,c%d,/a\n" % number for number in range(EVENTS * 4)]
    scene.write("logs/c.csv", b"Action,ClientIP,RayID,ClientRequestPath\n" + b"".join(rows))
    scene.write("logs/sub/test.gz", gzip.compress(TEST))
    scene.write("feed", b"203.0.113.7\n")
    os.symlink("logs/old.ndjson", scene.path("out"))
    old_outputs(scene)


def old_outputs(scene):
    for name in ["rejects", "out.gz", "rejects.gz", "error", "mark"]:
        if os.path.exists(scene.path(name)):
            os.unlink(scene.path(name))
    for name in ["logs/old.ndjson", "stats", "out.gz"]:
        scene.write(name, OLD)
        os.chmod(scene.path(name), 0o640)


def content(scene, name):
    """What a file holds; None if it is not there. Times differ, and are left out."""
    if not os.path.lexists(scene.path(name)):
        return None
    data = scene.read(name)
    if name.endswith(".gz") and data != OLD:
        data = gzip.decompress(data)
    if name == "stats" and data != OLD:
        data = json.dumps(counts(json.loads(data))).encode()
    return data


def counts(stats):
    """The counts of a run without its time. A test of Cloudflare's that could not be looked at beforehand is read and
    counted as a skipped record: as if it were the skipped file that it is otherwise."""
    tests = stats["skipped"]
    del stats["seconds"]
    for name in ["files", "records", "skipped"]:
        stats[name] -= tests
    stats["files_skipped"] += tests
    stats["bytes_in"] -= tests * len(TEST)
    return stats


def library():
    """The library, built by whatever compiler is here."""
    for compiler in ["cc", "clang", "gcc"]:
        if shutil.which(compiler):
            break
    else:
        raise Impossible("no C compiler")
    folder = tempfile.mkdtemp(prefix="cf-ecs-calls-")
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "failing_calls.c")
    built = os.path.join(folder, "failing_calls.so")
    made = subprocess.run(
        [compiler, "-O2", "-shared", "-fPIC", "-o", built, source], capture_output=True, text=True
    )
    if made.returncode != 0:
        shutil.rmtree(folder)
        raise Impossible(f"{compiler} cannot build it: {made.stderr[-200:]}")
    return built
