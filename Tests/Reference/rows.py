"""Reads an input of rows, CSV or TSV, into results."""

from datasets import DATASETS, is_event_name
from json_text import Members, parse
from records import is_validation_body, rejected_names, unwrapped
from result import BLANK, EVENT, SKIPPED, Result, rejection
import fields

_JSON_KINDS = (fields.ARRAY, fields.OBJECT, fields.METADATA)


class BadRow(ValueError):
  """The quoting of a row is wrong, so that its end is unknown."""


def line_end(data, start):
  """Where the line's text ends, and where the next line begins."""
  stop = data.find(b"\n", start)
  following = len(data) if stop < 0 else stop + 1
  stop = len(data) if stop < 0 else stop
  return stop - 1 if data[start:stop].endswith(b"\r") else stop, following


def split_row(data, start, delimiter):
  """(cells, end of the row's text, start of the next row)."""
  cells, offset = [], start
  while True:
    if data[offset : offset + 1] == b'"':
      cell, offset = _quoted(data, offset + 1)
    else:
      end, _ = line_end(data, offset)
      stop = data.find(delimiter, offset, end)
      stop = end if stop < 0 else stop
      cell, offset = data[offset:stop], stop
    cells.append(cell)
    if data.startswith(delimiter, offset):
      offset += len(delimiter)
      continue
    end, following = line_end(data, offset)
    if offset != end:
      raise BadRow
    return cells, end, following


def _quoted(data, offset):
  cell = b""
  while True:
    stop = data.find(b'"', offset)
    if stop < 0:
      raise BadRow
    cell += data[offset:stop]
    if data[stop + 1 : stop + 2] != b'"':
      return cell, stop + 1
    cell += b'"'
    offset = stop + 2


def separator_line(data, start):
  """(delimiter, next row) of a first line `sep=;`; None if it is none."""
  end, following = line_end(data, start)
  line = data[start:end]
  return (line[4:], following) if len(line) == 5 and line.startswith(b"sep=") else None


def detect_delimiter(data, start):
  """The delimiter if the first line is a header, else None."""
  line = data[start : line_end(data, start)[0]]
  best = (0, None)
  for delimiter in (b",", b"\t"):
    try:
      cells = [cell.decode("utf-8") for cell in split_row(data, start, delimiter)[0]]
    except (BadRow, UnicodeDecodeError):
      continue
    # Decided: one name of firewall_events in any spelling is enough. A name of another dataset must be exact,
    # and there must be another cell.
    known = sum(map(is_event_name, cells))
    if len(cells) > 1:
      known += sum(any(cell in names for names in DATASETS.values()) for cell in cells)
    if known and line:
      best = max(best, (known, delimiter), key=lambda each: each[0])
  return best[1]


class RowStream:
  def __init__(self, data, start, delimiter=b",", columns=None, unwrap=None):
    self.data = data
    self.unwrap = unwrap
    self.start = start
    self.delimiter = delimiter
    self.columns = columns
    self.only_row = None
    self.results = []

  def read(self):
    offset = self.start
    if separator := separator_line(self.data, offset):
      self.delimiter, offset = separator
    while offset < len(self.data):
      offset = self._row(offset)
    # Decided: a single row that names no field is no header of an empty file, but may be data.
    if self.only_row:
      self.results.append(self.only_row)
    return self.results

  def _row(self, start):
    """Reads the row at `start`; gives where the next begins."""
    end, following = line_end(self.data, start)
    line = self.data[start:end]
    # Decided: a line of spaces is blank; so is a line of tabs, unless they are delimiters.
    if not line.strip(b" \r" if self.delimiter == b"\t" else b" \t\r"):
      self.results.append(Result(BLANK, start))
      return following
    if self._is_validation(line):
      self.results.append(Result(SKIPPED, start, line))
      return following
    try:
      cells, end, following = split_row(self.data, start, self.delimiter)
      raw = self.data[start:end]
      texts = [cell.decode("utf-8") for cell in cells]
    except BadRow:
      # Decided: any error in quoting rejects only the first line of the row.
      self.results.append(rejection("bad_row", start, line))
      return following
    except UnicodeDecodeError:
      self.results.append(rejection("invalid_utf8", start, raw))
      return following
    if self.columns is None or texts == self.columns or all(map(is_event_name, texts)):
      self.columns = texts
      named = any(map(is_event_name, texts))
      self.only_row = None if named else rejection("not_a_firewall_event", start, raw)
      return following
    self.only_row = None
    self.results.append(self._result(texts, start, raw))
    return following

  def _is_validation(self, line):
    if line in (b"test", b"tests"):
      return True
    try:
      value = parse(line.decode("utf-8"))
    except (ValueError, RecursionError):
      return False
    return isinstance(value, dict) and is_validation_body(value)

  def _result(self, texts, start, raw):
    if texts[len(self.columns) :] not in ([], [""]):
      return rejection("bad_row", start, raw)
    if self.unwrap is not None:
      return unwrapped(dict(zip(self.columns, texts)).get(self.unwrap), start, raw)
    members = Members(
      (name, _value(name, text)) for name, text in zip(self.columns, texts) if text != ""
    )
    # Decided: empty cells do not count for the recognition of a row.
    rejected = rejected_names(list(members), start, raw)
    if rejected:
      return rejected
    return Result(EVENT, start, raw, text=raw.decode("utf-8"), members=members)


def _value(name, text):
  """The value of a cell: text, or an object or an array where one may stand."""
  # Decided: for a keyword, a number or a time, text that looks like JSON stays text.
  kind = fields.kind_of(name)
  if text[0] in "{[" and (kind is None or kind in _JSON_KINDS):
    try:
      value = parse(text)
    except (ValueError, RecursionError):
      return text
    return value if isinstance(value, (dict, list)) else text
  return text
