#!/usr/bin/env python3
"""Runs the commands that README.md shows and compares what they print with what it shows.

    PATH="$PWD/.build/release:$PATH" python3 Tests/Tools/check_readme.py

A block that begins with ```console has commands, each after `$ `, and below each its output, standard
error included. `…` in a line stands for any text; a line `…` alone for any number of lines. The
commands run one after another in an empty folder in which `Documentation` is the repository's.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


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


def main():
    failed = count = 0
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "Documentation").symlink_to(ROOT / "Documentation")
        for command, expected in examples((ROOT / "README.md").read_text(encoding="utf-8")):
            count += 1
            result = subprocess.run(
                ["bash", "-c", command], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, encoding="utf-8", timeout=60)
            if not re.fullmatch(pattern(expected), result.stdout):
                failed += 1
                print(f"$ {command}\nREADME.md shows:\n{expected}\nIt printed:\n{result.stdout}")
    print(f"{count} commands of README.md, {failed} print something else")
    return 1 if failed or not count else 0


if __name__ == "__main__":
    sys.exit(main())
