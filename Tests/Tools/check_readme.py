#!/usr/bin/env python3
"""Runs the commands that README.md and the pages of the documentation show and compares what they
print with what the page shows.

    PATH="$PWD/.build/release:$PATH" python3 Tests/Tools/check_readme.py

A block that begins with ```console has commands, each after `$ `, and below each its output, standard
error included. `…` in a line stands for any text; a line `…` alone for any number of lines. The
commands of a page run one after another in an empty folder in which `Documentation` is the
repository's.

A comment `<!-- needs: python3 pandas -->` before a block names a program, and a module of Python if it is
that. Where it is missing, the block is said and left out.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
CATALOG = ROOT / "Documentation/CloudflareECS.docc"
PAGES = [ROOT / "README.md", *sorted(CATALOG.glob("*.md"))]


def is_missing(program, module):
    """Whether a program, or the module of Python that is wanted, is not here."""
    if not shutil.which(program):
        return True
    return bool(module) and subprocess.run(
        [program, "-c", f"import {module}"], capture_output=True).returncode != 0


def examples(text):
    """Yields (command, expected output) of all console blocks."""
    blocks = re.findall(
        r"^(?:<!-- needs: (\S+) ?(\S*) -->\n)?```console\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    for program, module, block in blocks:
        if program and is_missing(program, module):
            print(f"SKIPPED: no {module or program}")
            continue
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
    """Runs the commands of a page; returns how many there are, and how many print something else."""
    failed = count = 0
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "Documentation").symlink_to(ROOT / "Documentation")
        for command, expected in examples(page.read_text(encoding="utf-8")):
            count += 1
            result = subprocess.run(
                ["bash", "-c", command], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, encoding="utf-8", timeout=60)
            if not re.fullmatch(pattern(expected), result.stdout):
                failed += 1
                print(f"$ {command}\n{page.name} shows:\n{expected}\nIt printed:\n{result.stdout}")
    return count, failed


def main():
    wrong = 0
    for page in PAGES:
        count, failed = check(page)
        wrong += failed + (count == 0 and page.name == "README.md")
        if count:
            print(f"{count} commands of {page.name}, {failed} print something else")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
