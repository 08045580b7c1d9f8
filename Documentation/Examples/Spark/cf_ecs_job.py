#!/usr/bin/env python3
"""Converts a folder of Cloudflare's `.log.gz` files to ECS documents with Spark and cf-ecs.

    spark-submit cf_ecs_job.py --cf-ecs /path/to/cf-ecs INPUT OUTPUT

INPUT and OUTPUT are anything that Spark reads and writes: file:/…, hdfs:/…, s3a://…. A file is a
partition; its bytes go into the standard input of a cf-ecs, whose documents go to the output. Below
OUTPUT, all of it written by one Spark job, so that a task that ran twice has left its work once:

    kind=document/day=2022-07-12/part-….txt.gz   documents, one a line
    kind=reject/day=…                            rejected records, as cf-ecs --rejects writes them
    kind=stats/day=…                             for each file its counts, as cf-ecs --stats writes
                                                 them, its exit status and what it had to say

`day` is that of the file, from its name or folder: `20220712T125700Z_…`, `20220712/`, `2022-07-12/`.
Prints the sum of the counts. The exit status is cf-ecs's: 1 if there was something to reject.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from pyspark import SparkFiles
from pyspark.sql import SparkSession

# A row of the output is this many bytes of whole lines: rows cost time, lines do not.
BLOCK = 1 << 20
SCHEMA = "kind string, day string, value string"


def day(path):
    """The last date in a path; the name of a file begins with the time of its first event."""
    dates = re.findall(r"(?<!\d)(20\d\d)-?(\d\d)-?(\d\d)(?!\d)", path)
    return "-".join(dates[-1]) if dates else "none"


def feed(pipe, content):
    try:
        with pipe:
            pipe.write(content)
    except BrokenPipeError:
        pass  # cf-ecs has ended; its exit status says why.


def convert(path, content, command, options):
    """Yields (kind, day, lines) of one file."""
    when = day(path)
    with tempfile.TemporaryDirectory() as folder:
        rejects, stats, said = (Path(folder) / name for name in ("rejects", "stats", "stderr"))
        with said.open("wb") as stderr:
            process = subprocess.Popen(
                [SparkFiles.get(command), "-q", "-j", "1", "--rejects", rejects, "--stats", stats,
                 *options],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr)
        feeder = threading.Thread(target=feed, args=(process.stdin, content), daemon=True)
        feeder.start()
        with process.stdout as output:
            while block := output.read(BLOCK):
                block += output.readline()
                yield "document", when, block.decode().removesuffix("\n")
        feeder.join()
        status = process.wait()
        messages = said.read_text(errors="replace").splitlines()
        if status not in (0, 1):
            # The task fails, Spark tries it again elsewhere, and of this attempt nothing stays.
            raise RuntimeError(f"cf-ecs gave {status} for {path}: {' '.join(messages[-3:])}")
        for line in rejects.read_text().splitlines():
            yield "reject", when, json.dumps({**json.loads(line), "file": path}, ensure_ascii=False)
        counts = json.loads(stats.read_text())
        yield "stats", when, json.dumps(
            {"file": path, "status": status, "messages": messages[:20], **counts}, ensure_ascii=False)


def total(counts, more):
    for name, value in more.items():
        if isinstance(value, dict):
            total(counts.setdefault(name, {}), value)
        elif isinstance(value, (int, float)):
            counts[name] = counts.get(name, 0) + value
    return counts


def main():
    parser = argparse.ArgumentParser(description="Firewall events to ECS documents, with Spark.")
    parser.add_argument("input")
    parser.add_argument("output", help="must not exist")
    parser.add_argument("--cf-ecs", required=True, help="the command; it is sent to the workers")
    parser.add_argument("--pattern", default="*.log.gz", help="names of the files to read")
    parser.add_argument("--lenient", action="store_true", help="rejects do not change the status")
    arguments, options = parser.parse_known_args()  # All else is for cf-ecs: --profile elastic.

    spark = (
        SparkSession.builder.appName("cf-ecs")
        # Counting a file as larger than a partition may be gives each a partition of its own.
        .config("spark.sql.files.openCostInBytes", 256 << 20)
        .config("spark.sql.files.maxPartitionBytes", 256 << 20)
        # Otherwise rows are sorted by where they go, and the documents are no longer in their order.
        .config("spark.sql.maxConcurrentOutputFileWriters", 64)
        .getOrCreate())
    spark.sparkContext.addFile(arguments.cf_ecs)
    command = Path(arguments.cf_ecs).name
    files = (
        spark.read.format("binaryFile").option("recursiveFileLookup", True)
        .option("pathGlobFilter", arguments.pattern).load(arguments.input)
        .where("length > 0").select("path", "content"))
    rows = files.rdd.mapPartitions(
        lambda part: (row for file in part
                      for row in convert(file.path, file.content, command, options)))
    spark.createDataFrame(rows, SCHEMA).write.partitionBy("kind", "day").text(
        arguments.output, compression="gzip")

    written = spark.read.text(arguments.output).where("kind = 'stats'").select("value").collect()
    counts = {}
    for row in written:
        total(counts, json.loads(row.value))
    counts["files_with_rejects"] = counts.pop("status", 0)
    print(json.dumps(counts, ensure_ascii=False))
    assert counts.get("records", 0) == sum(
        counts.get(name, 0) for name in ("documents", "rejected", "skipped")), "counts do not add up"
    spark.stop()
    return 1 if counts["files_with_rejects"] and not arguments.lenient else 0


if __name__ == "__main__":
    sys.exit(main())
