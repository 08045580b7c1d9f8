#!/usr/bin/env python3
"""How time and memory grow with each kind of input.

    python3 Tests/Faults/growth.py .build/release/cf-ecs             # about 2, 4, 8 and 16 MB each
    python3 Tests/Faults/growth.py .build/release/cf-ecs --size 16

Runs each input at n, 2n, 4n and 8n, with one thread, and prints a row of a Markdown table: seconds of the
processor and peak MiB at each. A row ends with `linear` if eight times the input takes at most ten times the
processor's time (apart from a tenth of a second, which is the start), and its memory is `flat` if the last doubling
adds at most 4 MiB. What is held in memory, such as feeds, may be `linear` there, too. Any other row is an error.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

from feeds import HEAD, OBJECT, URL, lines
from floods import addresses, compressed, keys, numbered, repeated, unfinished_lines

FACTORS = [1, 2, 4, 8]
MIB = 1 << 20
RECORD = b'{"Action":"log","RayID":"%"}\n'


def nested(size):
    """Records with a value as deep as a record may be."""
    record = b'{"Action":"log","Own":' + b"[" * 120 + b"]" * 120 + b"}\n"
    return repeated(record, size)


def cell_of_lines(size):
    """CSV with one cell of very many lines, in pieces of a line."""
    yield b'Action,RayID\nlog,"'
    for _ in range(size // 6):
        yield b"log,a\n"
    yield b'"\n'


def feed(template, head=""):
    """A feed of about `size` bytes."""
    return lambda size: lines(template, head)(size // len(template))


def files(folder, size):
    """Small files, one event each."""
    for number in range(size // 2_000):
        (folder / f"{number:08}.json").write_bytes(RECORD.replace(b"%", b"%d" % number))


def conditions(size):
    """Conditions of one run, none of which holds."""
    return [
        word for number in range(size // 20_000)
        for word in ("--where", f"url.path=/none/{number}")
    ]


def values_of_a_rule(size):
    """A rule with very many values."""
    yield b"title: Values\ndetection:\n  s:\n    cs-uri-stem|contains:\n"
    yield from numbered(b"      - /none/%\n", size)
    yield b"  condition: s\n"


def rules_of_a_file(size):
    """Very many rules, none of which fires."""
    return numbered(b"title: R%\ndetection: {s: {cs-uri-stem|startswith: /none}, condition: s}\n---\n", size)


# Kind of input; arguments; pieces of about `size` bytes; whether its memory may grow.
KINDS = [
    ("records", [], lambda size: numbered(RECORD, size), False),
    ("records of gzip", [], lambda size: compressed(numbered(RECORD, size)), False),
    ("unknown names, new in each record", [],
     lambda size: numbered(b'{"Action":"log","Name%":1}\n', size), False),
    ("members of one record", ["--max-record-bytes", "1G"], lambda size: keys(size, b"Name%"), True),
    ("hosts and addresses, new in each record", ["-p", "elastic"],
     lambda size: numbered(b'{"Action":"log","ClientRequestHost":"h%.example.com"}\n', size), False),
    ("alerts from very many addresses", ["detect", "-f", "summary"], addresses, False),
    ("groups of a correlation", ["detect", "--rule", "cloudflare-block-burst"], addresses, False),
    ("rejects, a line each", ["--rejects", "/dev/null", "--input-format", "ndjson"],
     lambda size: repeated(b"once upon a time there was a log\n", size), False),
    ("one reject, a text of many lines", ["--rejects", "/dev/null"],
     lambda size: repeated(b"once upon a time there was a log\n", size), True),
    ("rejects in one array", ["--rejects", "/dev/null"],
     lambda size: repeated(b"7,", size // 4, b"[", b"7]"), False),
    ("cells of one CSV row", ["--max-record-bytes", "1G"],
     lambda size: repeated(b",", size, b"Action,RayID\nlog,"), True),
    ("lines of one CSV cell", ["--max-record-bytes", "1G"], cell_of_lines, True),
    ("nesting, 121 levels in each record", [], nested, False),
    ("records that do not end", [], lambda size: unfinished_lines(size), False),
    ("a feed of names", "feed", feed("host%d.malware.example\n"), True),
    ("a feed in CSV", "feed", feed(URL, "# id,dateadded,url,url_status,threat,tags\n"), True),
    ("a feed in STIX", "feed", feed(OBJECT, HEAD), True),
    ("rows of a feed that are not supported", "feed", feed("no indicator %d\n"), False),
    ("values of a rule", "rules", lambda size: values_of_a_rule(size // 4), True),
    ("rules of a file", "rules", lambda size: rules_of_a_file(size // 4), True),
    ("files of a folder", "files", files, True),
    ("conditions", "conditions", conditions, True),
]


def measure(command, arguments, pieces):
    """Seconds of the processor, and the peak of memory in MiB."""
    with open(os.devnull, "wb") as null:
        process = subprocess.Popen(
            [command, *arguments], stdin=subprocess.PIPE if pieces else subprocess.DEVNULL, stdout=null,
            stderr=null)
        for piece in pieces or []:
            process.stdin.write(piece)
        if pieces:
            process.stdin.close()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"{' '.join(arguments)[:200]}: status {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def run(command, kind, make, size):
    """One run with an input of about `size` bytes."""
    if isinstance(kind, list):
        return measure(command, [*kind, "-q", "-j", "1", "-o", "/dev/null"], make(size))
    if kind == "conditions":
        arguments = [*make(size), "-q", "-j", "1", "-o", "/dev/null"]
        return measure(command, arguments, numbered(RECORD, 100_000))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        if kind == "files":
            make(folder, size)
            return measure(command, ["-q", "-j", "1", "-o", "/dev/null", name], None)
        path = folder / ("feed.yml" if kind == "rules" else "feed")
        with path.open("wb") as file:
            for piece in make(size):
                file.write(piece)
        if kind == "rules":
            arguments = ["detect", "-q", "--no-builtin-rules", "--rules", f"{name}/feed.yml"]
            return measure(command, arguments, numbered(RECORD, 100_000))
        return measure(command, ["detect", "-q", "--iocs", str(path)], None)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", help="the built cf-ecs")
    parser.add_argument("--size", type=float, default=2, metavar="MB", help="n (default: 2)")
    parser.add_argument("--only", default="", metavar="TEXT")
    options = parser.parse_args()
    failed = 0
    print("| Input | n | Time, s | Time grows | Peak, MiB | Memory |")
    print("| --- | ---: | ---: | --- | ---: | --- |", flush=True)
    for name, kind, make, may_grow in KINDS:
        if options.only not in name:
            continue
        size = int(options.size * 1_000_000)
        runs = [run(options.command, kind, make, factor * size) for factor in FACTORS]
        (first, least), (_, before), (last, most) = runs[0], runs[-2], runs[-1]
        time = "linear" if last <= 10 * first + 0.1 else "MORE"
        memory = "flat" if most <= before + 4 else "linear" if may_grow and most <= 10 * least else "MORE"
        failed += "MORE" in (time, memory)
        print(
            f"| {name} | {options.size:g} MB | {', '.join(f'{seconds:.2f}' for seconds, _ in runs)} | {time} "
            f"| {', '.join(f'{peak:.0f}' for _, peak in runs)} | {memory} |", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
