#!/usr/bin/env python3
"""Floods the built command, and looks at its peak memory, its time and its counts.

    python3 Tests/Faults/bombs.py .build/release/cf-ecs  # 8 MB each, limit 1 MiB
    python3 Tests/Faults/bombs.py .build/release/cf-ecs --size 1024 --limit 16  # 1 GB each

Nothing is stored: inputs come through a pipe as they are made. Each is run at half the size and at the
whole: memory may not grow with the size beyond what the limit of a record allows, and the processor's
time may grow in proportion to it (2.5 times for twice as much).
"""

import argparse
import os
import re
import sys

from floods import (
    addresses, columns, compressed, keys, long_names, numbered, repeated, unfinished_lines,
)
from report import Report
from scene import EVENT, Failed, Scene

CODE = re.compile(rb'"code":"(\w+)"')

# A record may have to be there as a whole, in a buffer that doubles, with its document, which has the
# record again, escaped, and for each of two workers.
PEAK_PER_LIMIT = 14
PEAK_BESIDES = 64 << 20


def rejected(code):
    """One record, refused for that reason."""
    return lambda counts, codes: counts["rejected"] >= 1 and set(codes) == {code}


def whole(counts, codes):
    """All of it was converted or blank."""
    return counts["rejected"] == 0 and counts["documents"] + counts["blank"] + counts["alerts"] > 0


def some_names(counts, codes):
    return whole(counts, codes) and len(counts["unknown_fields"]) <= 1_001


def only(feed):
    """A flood as long as the record limit lets it be, whatever the size."""
    return lambda size, limit: feed(min(size, limit - (1 << 16)))


def sized(feed, share=1):
    """`share`: of what takes long for its size, so small a part."""
    return lambda size, limit: feed(size // share)


QUOTE = b'{"Action":"log","ClientRequestPath":"'
COLLIDING = b"AAAAAAAA%ZZZZZZZZ"

# Name, options, input, what the counts and the codes of the rejected records are to be.
BOMBS = [
    ("gzip 1000:1, one line", [],
     sized(lambda n: compressed(repeated(b"a", n, QUOTE))), rejected("too_long")),
    ("gzip 1000:1, line breaks", [], sized(lambda n: compressed(repeated(b"\n", n))),
     lambda counts, codes: counts["blank"] == counts["bytes_in"]),
    ("gzip 1000:1, arrays in a record", [],
     sized(lambda n: compressed(repeated(b"[", n, b'{"Action":'))), rejected("too_long")),
    ("gzip 1000:1, arrays", [], sized(lambda n: compressed(repeated(b"[", n))),
     rejected("too_long")),
    ("gzip 1000:1, objects on lines", [], sized(lambda n: compressed(repeated(b'{"a":\n', n)), share=32),
     lambda counts, codes: set(codes) == {"not_json", "truncated"}),
    ("gzip in gzip", [],
     sized(lambda n: compressed(compressed(repeated(b"a", n, QUOTE)))),
     lambda counts, codes: counts["rejected"] >= 1),
    ("one line, a record", [], sized(lambda n: repeated(b"a", n, QUOTE)), rejected("too_long")),
    ("one line, a record, NDJSON", ["--input-format", "ndjson"],
     sized(lambda n: repeated(b"a", n, QUOTE)), rejected("too_long")),
    ("one line of nothing", [], sized(lambda n: repeated(b"a", n)), rejected("too_long")),
    ("one line of spaces", [], sized(lambda n: repeated(b" ", n)),
     lambda counts, codes: counts["rejected"] == 0),
    ("one line of spaces in a record", [], sized(lambda n: repeated(b" ", n, b"{")),
     rejected("too_long")),
    ("one number", [], sized(lambda n: repeated(b"7", n, b'{"Datetime":')), rejected("too_long")),
    ("one array of records", [],
     sized(lambda n: repeated(EVENT[:-1] + b",", n, b"[", EVENT[:-1] + b"]")), whole),
    ("one wrapper, its rest of no interest", [],
     sized(lambda n: repeated(b"1,", n, b'{"success":true,"messages":[')), rejected("too_long")),
    ("as many keys as fit, different", [], only(lambda n: keys(n, b"Name%")), some_names),
    ("as many keys as fit, colliding", [], only(lambda n: keys(n, COLLIDING)), some_names),
    ("as many keys as fit, detect", ["detect", "--rule", "cloudflare-firewall-block"],
     only(lambda n: keys(n, COLLIDING)), whole),
    ("alerts from very many addresses", ["detect", "-f", "summary"], sized(addresses), whole),
    ("one key again and again", [],
     only(lambda n: repeated(b',"Same":{"a":[1]}', n, b'{"Action":"log"', b"}\n")), whole),
    ("100,000 deep", [],
     lambda size, limit: [b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"\n"],
     rejected("too_deep")),
    ("a value as long as fits", [],
     only(lambda n: repeated(b'\\"', n, QUOTE, b'"}\n')), whole),
    ("a host of dots as long as fits", [],
     only(lambda n: repeated(b"a.", n, b'{"Action":"log","ClientRequestHost":"', b'"}\n')), whole),
    ("a number as long as fits", [],
     only(lambda n: repeated(b"7", n, b'{"Action":"log","Own":', b"}\n")), whole),
    ("new names in each record", [],
     sized(lambda n: numbered(b'{"Action":"log","Name%":1}\n', n)), some_names),
    ("colliding names in each record", [],
     sized(lambda n: numbered(b'{"Action":"log","' + COLLIDING + b'":1}\n', n)), some_names),
    ("names as long as fit", [],
     lambda size, limit: long_names(size, limit), some_names),
    ("new hosts, addresses and paths in each record", ["-p", "elastic"],
     sized(lambda n: numbered(
         b'{"Action":"log","ClientIP":"2001:db8::1","ClientRequestHost":"h%.example.com"}\n', n)),
     whole),
    ("CSV, a quote that is not closed", [],
     sized(lambda n: repeated(b"log,a\n", n, b'Action,RayID\nlog,"')), rejected("bad_row")),
    ("CSV, a quote that is not closed, one line", [],
     sized(lambda n: repeated(b"log,a ", n, b'Action,RayID\nlog,"')), rejected("too_long")),
    ("CSV, quotes that are not closed on each line", [],
     sized(lambda n: repeated(b'log,"a\n', n, b"Action,RayID\n")),
     lambda counts, codes: set(codes) <= {"bad_row"}),
    ("CSV, very many columns", [], sized(columns), whole),
    ("CSV, very many cells", [], sized(lambda n: repeated(b",", n, b"Action,RayID\nlog,")),
     lambda counts, codes: set(codes) <= {"too_long", "bad_row"}),
    ("rejects, line by line", ["--input-format", "ndjson"],
     sized(lambda n: repeated(b"once upon a time there was a log\n", n)), rejected("not_json")),
    ("rejects, one array", [],
     sized(lambda n: repeated(b"7,", n, b"[", b"7]")), rejected("not_an_object")),
    ("lines that begin and do not end", [], sized(unfinished_lines, share=4),
     lambda counts, codes: counts["rejected"] > 0),
]


def take_codes(stream):
    """Which codes the rejected records have, without keeping the records."""
    codes = {}
    rest = b""
    while piece := stream.read1(1 << 20):
        rest += piece
        end = 0
        for match in CODE.finditer(rest):
            code = match[1].decode()
            codes[code] = codes.get(code, 0) + 1
            end = match.end()
        # The rest may end inside of a code.
        rest = rest[max(end, len(rest) - 64) :]
    return codes


def measure(scene, arguments, pieces, limit):
    """One run: its peak memory, its time, its counts, its codes."""
    outcome = scene.run(
        *arguments, "-q", "-j", "2", "-o", "/dev/null", "--stats", "stats",
        "--max-record-bytes", str(limit), "--rejects", "/dev/stdout",
        feed=pieces, take=take_codes, timeout=3_600,
    )
    scene.expect_status(outcome, 0, 1)
    counts = scene.expect_sums(scene.read("stats"), "detect" in arguments)
    scene.expect((outcome.status == 1) == (counts["rejected"] > 0), "the status tells otherwise")
    scene.expect(
        sum(outcome.output.values()) == counts["rejected"], f"rejects {outcome.output}: {counts}"
    )
    return outcome, counts


def flood(scene, arguments, feed, holds, size, limit):
    peak = 0
    # The time of a run may have been disturbed, three in a row not.
    for _ in range(3):
        times = []
        for bytes_in in [size // 2, size]:
            outcome, counts = measure(scene, arguments, feed(bytes_in, limit), limit)
            peak = max(peak, outcome.peak)
            times.append(outcome.seconds)
        ratio = times[1] / times[0]
        # Of too short a run the start is the most.
        if ratio <= 2.5 or times[0] < 0.1:
            break
    else:
        raise Failed(f"{ratio:.1f} times the time for twice the size")
    scene.expect(holds(counts, outcome.output), f"{outcome.output}, {str(counts)[:300]}")
    bound = PEAK_BESIDES + PEAK_PER_LIMIT * limit
    scene.expect(peak <= bound, f"{peak >> 20} MiB of memory, more than {bound >> 20}")
    rate = counts["bytes_in"] / 1e6 / times[1]
    return (
        f"{counts['bytes_in'] / 1e6:.1f} MB, peak {peak >> 20} MiB, {times[1]:.2f} s "
        f"({rate:.0f} MB/s), {counts['documents']} documents, {counts['rejected']} rejected"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", help="the built cf-ecs")
    parser.add_argument("--size", type=int, default=8, metavar="MB")
    parser.add_argument("--limit", type=int, default=1, metavar="MIB", help="of a record")
    parser.add_argument("--only", default="", metavar="TEXT")
    options = parser.parse_args()
    report = Report()
    for name, arguments, feed, holds in BOMBS:
        if options.only not in name:
            continue
        scene = Scene(os.path.abspath(options.command), None)
        try:
            remark = flood(
                scene, arguments, feed, holds, options.size * 1_000_000, options.limit << 20
            )
            report.passes(name, remark)
        except Exception as error:  # The others go on.
            kind = "" if isinstance(error, Failed) else f"{type(error).__name__}: "
            report.fails(name, f"{kind}{error}")
        finally:
            scene.close()
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
