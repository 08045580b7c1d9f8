#!/usr/bin/env python3
"""Runs the commands that README.md, Logpush.md and Scale.md show and compares what they
print with what the page shows.

    PATH="$PWD/.build/release:$PATH" python3 Tests/Tools/check_readme.py

A block that begins with ```console has commands, each after `$ `, and below each its output, standard
error included. `…` in a line stands for any text; a line `…` alone for any number of lines. The
commands of a page run one after another in an empty folder in which `Documentation` is the
repository's.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = [
    "README.md", "Documentation/CloudflareECS.docc/Logpush.md",
    "Documentation/CloudflareECS.docc/Scale.md"]


def examples(text):
    """Yields (command, expected output) of all console blocks."""
    for block in re.findall(r"^```console\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            while command.endswith("\\"):
                line, _, output = output.partition("\n")
                command += "\n" + line
            yield command, output


def pattern(output):
    lines = []
    for line in output.splitlines(keepends=True):
        any_lines = line.strip() == "…"
        lines.append(r"(?:.*\n)*?" if any_lines else ".*".join(map(re.escape, line.split("…"))))
    return "".join(lines)


def check(page):
    """Runs the commands of a page; returns whether there are any and all print what it shows."""
    failed = count = 0
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "Documentation").symlink_to(ROOT / "Documentation")
        for command, expected in examples((ROOT / page).read_text(encoding="utf-8")):
            count += 1
            result = subprocess.run(
                ["bash", "-c", command], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, encoding="utf-8", timeout=60)
            if not re.fullmatch(pattern(expected), result.stdout):
                failed += 1
                print(f"$ {command}\n{page} shows:\n{expected}\nIt printed:\n{result.stdout}")
    print(f"{count} commands of {page}, {failed} print something else")
    return count > 0 and failed == 0


def main():
    results = [check(page) for page in PAGES]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
