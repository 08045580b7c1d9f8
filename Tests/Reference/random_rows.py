"""Inputs of rows, for `random_streams.py`: headers anywhere, quotes, separators."""

import datasets
from random_others import spelled

_LOGPUSH = sorted(datasets.LOGPUSH_NAMES)
_OTHERS = ("Note", "x", "EdgeStartTimestamp", "PolicyID", "QueryName", "tags")
_CELLS = (
  "block", "203.0.113.7", "2026-05-01T10:00:00Z", "403", "", "", "a b", "é", '{"a":1}', "[1,2]",
  "{x", "a;b", "a|b", "1.0", "Action", "tests", " ", "null",
)
_QUOTED = ("a,b", 'say "x"', "one\ntwo", "\r\n", '"', "a\tb", ",", "")


class Rows:
  def __init__(self, source):
    self.random = source
    self.options = []
    self.delimiter = ","
    self.columns = self.header()

  def header(self):
    style = self.random.choice(("logpush", "logpush", "logpush", "lower", "snake", "graphql"))
    names = self.random.sample(_LOGPUSH, self.random.randrange(1, 6))
    if self.random.random() < 0.5:
      names = ["Action", "ClientRequestHost", *names]
    names = [spelled(name, style) for name in dict.fromkeys(names)]
    if self.random.random() < 0.3:
      names.insert(self.random.randrange(len(names) + 1), self.random.choice(_OTHERS))
    return names

  def text(self):
    start = self._start()
    rows = [self._piece() for _ in range(self.random.randrange(8))]
    return start + "".join(row + "\n" for row in rows[:-1]) + "".join(rows[-1:])

  def _start(self):
    """What stands before the rows; sets the delimiter and the options."""
    kind = self.random.random()
    header = self.columns
    if kind < 0.15:
      self.delimiter = self.random.choice(";|,\t")
      return f"sep={self.delimiter}\n" + self.row(header) + "\n"
    if kind < 0.25:
      self.delimiter = self.random.choice(";|")
      self.options = ["--delimiter", self.delimiter]
    elif kind < 0.4:
      self.delimiter = "\t"
      self.options = self.random.choice(([], ["--input-format", "tsv"]))
    elif kind < 0.5:
      self.options = ["--input-format", "csv"]
    elif kind < 0.65:
      self.options = ["--fields", ",".join(header)]
      return self.row(header) + "\n" if self.random.random() < 0.5 else ""
    elif kind < 0.7:
      return ""  # no header and nothing that says so
    return self.row(header) + "\n"

  def _piece(self):
    kind = self.random.random()
    if kind < 0.7:
      return self.row([self.random.choice(_CELLS) for _ in self.columns])
    if kind < 0.75:
      return self.row(self.columns)
    if kind < 0.8:
      self.columns = self.header()
      return self.row(self.columns)
    if kind < 0.85:
      return self.random.choice(("", "  ", "tests", '{"content":"test"}', self.delimiter * 2))
    cells = [self.random.choice(_CELLS) for _ in self.columns]
    if kind < 0.9:
      cells += self.random.choice(([""], ["x"], ["", ""]))
    elif kind < 0.95:
      cells = cells[: self.random.randrange(1, len(cells) + 1)]
    else:
      return self.row(cells) + self.random.choice(('"', '"x', 'x"', '""'))
    return self.row(cells)

  def row(self, cells):
    return self.delimiter.join(self._cell(cell) for cell in cells)

  def _cell(self, cell):
    if self.random.random() < 0.03:
      cell = self.random.choice(_QUOTED)
    must = any(character in cell for character in '"\r\n' + self.delimiter)
    if must or self.random.random() < 0.1:
      return '"' + cell.replace('"', '""') + '"'
    return cell
