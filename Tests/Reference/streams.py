"""Reads a whole input: detects its kind, and gives the result of each of its records."""

import zlib

from formats import other_format
from json_stream import JSONStream, read_lines
from result import rejection
from rows import RowStream, detect_delimiter, separator_line

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
INPUT_FORMATS = ("auto", "ndjson", "json", "csv", "tsv")


def inflate(data):
  """The content of all members of a gzip file that is whole; other bytes as they are."""
  content = b""
  while data[:2] == b"\x1f\x8b":
    member = zlib.decompressobj(31)
    content += member.decompress(data) + member.flush()
    data = member.unused_data.lstrip(b"\0")
    if not data:
      return content
  return data


def read(data, input_format="auto", delimiter=None, columns=None, unwrap=None):
  """The results of an input, in the order in which they stand in it."""
  data = inflate(data)
  if name := other_format(data):
    results = [rejection("other_format", 0, message=name)]
  else:
    start = len(_BYTE_ORDER_MARK) if data.startswith(_BYTE_ORDER_MARK) else 0
    results = _reader(data, start, input_format, delimiter, columns, unwrap)
  line, counted = 1, 0
  for result in sorted(results, key=lambda each: each.offset):
    line += data.count(b"\n", counted, result.offset)
    counted = result.offset
    result.line = line
  return results


def add_options(parser):
  """The options that say how an input is read, and whether user agents are; the command has the same."""
  parser.add_argument("--input-format", choices=INPUT_FORMATS, default="auto")
  parser.add_argument("--delimiter", metavar="C")
  parser.add_argument("--fields", metavar="A,B,C")
  parser.add_argument("--unwrap", metavar="MEMBER")
  parser.add_argument("--user-agent", action="store_true")


def read_with(data, options):
  """The results of an input, read as the parsed options say."""
  return read(
    data,
    options.input_format,
    delimiter=options.delimiter.encode() if options.delimiter else None,
    columns=options.fields.split(",") if options.fields else None,
    unwrap=options.unwrap,
  )


def _reader(data, start, input_format, delimiter, columns, unwrap):
  if input_format == "ndjson":
    return read_lines(data, start, unwrap)
  if input_format in ("csv", "tsv"):
    default = b"\t" if input_format == "tsv" else b","
    return RowStream(data, start, delimiter or default, columns, unwrap).read()
  if input_format == "auto":
    found = _row_delimiter(data, start, delimiter, columns)
    if found:
      return RowStream(data, start, found, columns, unwrap).read()
  return JSONStream(data, start, unwrap).read()


def _row_delimiter(data, start, delimiter, columns):
  """The delimiter if an input is one of rows."""
  first = data[start:].lstrip(b" \t\r\n")[:1]
  if first in (b"{", b"[", b""):
    return None
  # Decided: if columns or a delimiter are given, input that is not JSON consists of rows.
  if delimiter or columns:
    return delimiter or b","
  if separator := separator_line(data, start):
    return separator[0]
  begin = len(data) - len(data[start:].lstrip(b"\r\n"))
  return detect_delimiter(data, begin)
