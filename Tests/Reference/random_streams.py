#!/usr/bin/env python3
"""Random whole inputs for differential tests: lines, arrays, wrappers in wrappers, GraphQL answers,
rows, with broken records in between. The same seed gives the same bytes.

    random_streams.py --seed 7 --count 200 --folder streams

writes streams/7.input to streams/206.input, and streams/list.tsv: file, options of the command.
"""

import argparse
import pathlib
import random
import struct
import zlib

from random_answers import Answers
from random_rows import Rows


_STRAY_LINES = ("", "", " ", "tests", '{"content":"tests"}', "null", "7", '"x"')
_TEXT_LINES = ("oops", "once, upon", "[2026-01-02] x", "]", "}", ",", "<134>1 x")


def lines(source, answers):
  """One record on each line, with other lines that logs have."""
  pieces = []
  for _ in range(source.randrange(1, 12)):
    kind = source.random()
    if kind < 0.7:
      pieces.append(answers.element())
    elif kind < 0.8:
      pieces.append(answers.wrapper())
    elif kind < 0.9:
      pieces.append(source.choice(_STRAY_LINES))
    else:
      pieces.append(source.choice(_TEXT_LINES))
  return "\n".join(pieces) + source.choice(("\n", "\n", ""))


def values(source, answers):
  """Values of all kinds one after another, separated in every way."""
  pieces = []
  for _ in range(source.randrange(1, 6)):
    kind = source.random()
    if kind < 0.3:
      pieces.append(answers.element())
    elif kind < 0.55:
      pieces.append(answers.array([answers.element() for _ in range(source.randrange(5))]))
    elif kind < 0.8:
      pieces.append(answers.wrapper())
    else:
      pieces.append(answers.graphql())
    pieces.append(source.choice(("", " ", "\n", "\n", "\n", ",", ",\n", "\n,\n", "\n\n", ",,")))
  return "".join(pieces)


def one_wrapper(source, answers):
  return (answers.wrapper() if source.random() < 0.5 else answers.graphql()) + "\n"


_KINDS = ((lines, 4), (values, 4), (one_wrapper, 6))


def make(seed):
  """(bytes, options) of a seed."""
  source = random.Random(seed)
  options = []
  if source.random() < 0.2:
    rows = Rows(source)
    text, options = rows.text(), rows.options
  else:
    kind = source.choices([kind for kind, _ in _KINDS], [weight for _, weight in _KINDS])[0]
    answers = Answers(source)
    if kind is lines:
      answers.gaps = ("", "", " ")
    text = kind(source, answers)
    if kind is lines and source.random() < 0.25:
      options = ["--input-format", "ndjson"]
    elif kind is lines and source.random() < 0.15:
      options = ["--unwrap", source.choice(("message", "event", "event.original"))]
  return _changed(source, text.encode("utf-8", "surrogatepass")), options


def _changed(source, data):
  """The input as it is, or as tools damage and pack it."""
  if source.random() < 0.1:
    data = data.replace(b"\n", b"\r\n")
  if source.random() < 0.1:
    data = b"\xef\xbb\xbf" + data
  kind = source.random()
  if kind < 0.08:
    data = data[: source.randrange(len(data) + 1)]
  elif kind < 0.12 and data:
    at = source.randrange(len(data))
    data = data[:at] + source.choice((b"\xff", b"\xe2\x82", b"\0", b"\n", b'"', b"}")) + data[at:]
  elif kind < 0.14:
    data = source.choice((b"PK\x03\x04", b"\xff\xfe", b"BZh9", b"PAR1", b"<html>", b"<?xml")) + data
  elif kind < 0.17:
    data = stored_gzip(data)
  return data


def stored_gzip(data):
  """A gzip member of stored blocks: the same bytes with every zlib."""
  blocks = [data[at : at + 65535] for at in range(0, len(data), 65535)] or [b""]
  content = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
  for index, block in enumerate(blocks):
    is_last = index == len(blocks) - 1
    content += struct.pack("<BHH", is_last, len(block), len(block) ^ 0xFFFF) + block
  return content + struct.pack("<II", zlib.crc32(data), len(data))


def main():
  parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
  parser.add_argument("--seed", type=int, required=True)
  parser.add_argument("--count", type=int, default=1)
  parser.add_argument("--folder", type=pathlib.Path, required=True)
  arguments = parser.parse_args()
  arguments.folder.mkdir(parents=True, exist_ok=True)
  rows = []
  for seed in range(arguments.seed, arguments.seed + arguments.count):
    data, options = make(seed)
    (arguments.folder / f"{seed}.input").write_bytes(data)
    rows.append(f"{seed}.input\t{' '.join(options)}\n")
  (arguments.folder / "list.tsv").write_text("".join(rows))


if __name__ == "__main__":
  main()
