"""mapping.vrl, Vector's language, from Python: mapping_vrl.py FILE, documents on standard output."""

import pathlib
import sys

import pyvrl


def main():
  program = pathlib.Path(__file__).with_name("mapping.vrl").read_text()
  remap = pyvrl.Transform(program).remap
  write = sys.stdout.write
  with open(sys.argv[1], encoding="utf-8", newline="\n") as lines:
    for line in lines:
      write(remap({"line": line.rstrip("\n")})["document"] + "\n")


if __name__ == "__main__":
  main()
