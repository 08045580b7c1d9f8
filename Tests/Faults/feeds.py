#!/usr/bin/env python3
"""Loads large feeds with the built command, and feeds that are made to exhaust time or memory.

    python3 Tests/Faults/feeds.py .build/release/cf-ecs            # 1,000,000 indicators
    python3 Tests/Faults/feeds.py .build/release/cf-ecs --count 100000

Each feed is loaded at half its size and at the whole: the processor's time may grow in proportion (2.5
times for twice as much). Its peak memory may be no more than the limit of its row, and so its time for a
million indicators; a feed beyond the limits of a set has to be refused with status 1.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

from floods import compressed, repeated

HEAD = '{"type":"bundle","id":"bundle--1","objects":[\n'
OBJECT = (
    '{"type":"indicator","id":"indicator--%d","created":"2026-01-01T00:00:00Z",'
    '"modified":"2026-01-01T00:00:00Z","pattern":"[domain-name:value = \'h%d.example\']",'
    '"pattern_type":"stix","valid_from":"2026-01-01T00:00:00Z","description":"A domain"},\n'
)
URL = '"%d","2026-04-14 16:02:21","http://h%d.example/bin/%d","online","x","elf,32-bit"\n'

SECOND, MIB = 1.0, 1 << 20


def lines(template, head=""):
    """Lines in which each %d is the number of the line."""
    fields = template.count("%d")

    def pieces(count):
        yield head.encode()
        for start in range(0, count, 10_000):
            numbers = range(start, min(start + 10_000, count))
            yield "".join(template % ((n,) * fields) for n in numbers).encode()

    return pieces


def former_hash(key):
    """The hash that had no secret, of a name: so that a feed could be made of names that collide."""
    mask = (1 << 64) - 1
    value = (0x9E3779B97F4A7C15 * 2 & mask) ^ len(key)
    for start in range(0, len(key), 8):
        product = (value ^ int.from_bytes(key[start : start + 8], "little")) * 0xD6E8FEB86659FD93
        value = (product >> 64) ^ (product & mask)
    return value ^ (value >> 29)


def colliding(count):
    """Names that fell into the same 64th of the former hash table."""
    number, rest = 0, min(count, 40_000)
    while rest:
        name = b"h%d.example" % number
        number += 1
        if former_hash(name) & 0x1FFFF < 0x800:
            rest -= 1
            yield name + b"\n"


# Name, feed, seconds and MiB for a million indicators (None: not limited), what standard error says.
FEEDS = [
    ("names", lines("host%d.malware.example\n"), 3, 200, "indicators"),
    ("CSV", lines(URL, "# id,dateadded,url,url_status,threat,tags\n"), 3, 200, "indicators"),
    ("STIX", lines(OBJECT, HEAD), None, None, "indicators"),
    ("one observable", lines("ipv4-addr,198.51.100.1,indicator--%d\n", "type,value,id\n"), 3, 200,
     "indicators"),
    ("colliding names", colliding, None, 200, "indicators"),
    ("not supported", lines("no indicator %d\n"), None, 64, "no indicators"),
    ("gzip of names", lambda n: compressed(lines("host%d.malware.example\n")(16 * n)), None, 1_024, "too large"),
    ("gzip of a line", lambda n: compressed(repeated(b"a", 1_000 * n)), None, 64, "no indicators"),
    ("gzip of line breaks", lambda n: compressed(repeated(b"\n", 1_000 * n)), None, 64, "no indicators"),
    ("gzip of an object", lambda n: compressed(repeated(b"a", 1_000 * n, b'{"a":"')), None, 200,
     "no indicators"),
    ("gzip of brackets", lambda n: compressed(repeated(b"[", 100 * n)), None, 200, "no indicators"),
]


def load(command, folder, feed, count):
    """Seconds of the processor, peak MiB, status and standard error of a run."""
    path = folder / "feed"
    with path.open("wb") as file:
        for piece in feed(count):
            file.write(piece)
    with (folder / "error").open("wb") as error:
        process = subprocess.Popen(
            [command, "detect", "--iocs", path], stdin=subprocess.DEVNULL, stderr=error)
        _, status, usage = os.wait4(process.pid, 0)
    text = (folder / "error").read_text()
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status), text


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("command")
    parser.add_argument("--count", type=int, default=1_000_000)
    options = parser.parse_args()
    failed = 0
    print(f"{'feed':20} {'half, s':>8} {'whole, s':>9} {'peak, MiB':>10}  status")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for name, feed, seconds, limit, word in FEEDS:
            half = load(options.command, folder, feed, options.count // 2)
            whole = load(options.command, folder, feed, options.count)
            faults = []
            if whole[0] > 2.5 * half[0] + 0.1:
                faults.append("time is not in proportion")
            if seconds and whole[0] > seconds * max(options.count / 1_000_000, 0.1):
                faults.append(f"takes more than {seconds} s")
            if limit and whole[1] > limit:
                faults.append(f"takes more than {limit} MiB")
            is_small = word == "too large" and options.count <= 500_000
            if word not in whole[3] and not is_small or whole[2] != (0 if word == "indicators" or is_small else 1):
                faults.append(f"status {whole[2]}: {whole[3][:300]}")
            failed += bool(faults)
            print(f"{name:20} {half[0]:8.2f} {whole[0]:9.2f} {whole[1]:10.0f}  {'; '.join(faults) or 'ok'}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
