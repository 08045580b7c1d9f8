"""An input of JSON of any layout, read into results."""

import re

from json_tree import Fault, Reader, too_deep_at
from records import RecordReader
from result import BLANK, SKIPPED, Result, rejection
from wrappers import WrapperReader

_RESUME = re.compile(rb"\n(?=[{\[])")
_VALIDATION_TEXTS = (b"test", b"tests")


class JSONStream:
  def __init__(self, data, start, unwrap=None):
    self.data = data
    self.start = self.offset = start
    self.reader = Reader(data)
    self.records = RecordReader(data, unwrap)
    self.wrappers = WrapperReader(self.reader, self.records)
    self.results = []
    # The closing brackets that are missing since the last fault. They are not faults themselves, and commas
    # between records are then optional. Decided: members that follow a list are skipped as well.
    self.open = []
    self.may_have_comma = False
    self.resume_at = None

  def read(self):
    while self._skip_space():
      byte = self.data[self.offset : self.offset + 1]
      if byte in (b"{", b"["):
        self._value()
      elif byte == b"," and (self.may_have_comma or self.open):
        # Decided: at most one comma after each value.
        self.may_have_comma = False
        self.offset += 1
      elif byte in self.open:
        # Decided: the faulty text contained the closing brackets in between.
        while self.open.pop() != byte:
          pass
        self.may_have_comma = True
        self.offset += 1
      elif not (self.open and byte == b'"' and self._pass_member()):
        self._text()
    return self.results

  def _skip_space(self):
    """Passes over white space. A line of nothing else is blank. False at the end."""
    end = self.reader.after_space(self.offset)
    line = self.offset
    if line != self.start and self.data[line - 1 : line] != b"\n":
      line = self.data.find(b"\n", line, end) + 1 or end + 1
    while (stop := self.data.find(b"\n", line, end)) >= 0:
      self.results.append(Result(BLANK, line))
      line = stop + 1
    # A last line of white space; or of a byte-order mark alone.
    if end == len(self.data) and (line < end or 0 < line == self.start):
      self.results.append(Result(BLANK, line))
    self.offset = end
    return end < len(self.data)

  def _fault_result(self, fault, start):
    """The rejection of what began at `start` and is faulty; and where to go on."""
    code, resume = fault.code, self._resume(start, fault)
    deep = too_deep_at(self.data, start, fault.offset)
    if deep is not None:
      code = "too_deep"
    elif fault.is_end and resume == len(self.data):
      code = "truncated"
    self.resume_at = resume
    return rejection(code, start, self.data[start:resume].rstrip(b" \t\r\n"), f"at {fault.offset}")

  def _resume(self, start, fault):
    """Where the first line after the one of `start` begins that starts with a bracket; `start` if
    such a line begins there and only a comma or a closer was missing before it."""
    if start == fault.offset and start and self.data[start - 1 : start] == b"\n":
      if self.data[start : start + 1] in (b"{", b"["):
        return start
    match = _RESUME.search(self.data, start)
    return match.end() if match else len(self.data)

  def _value(self):
    node = self.reader.value(self.offset)
    if node.kind == "object":
      results = self.wrappers.results(node, lambda start: self._fault_result(node.fault, start))
    else:
      results = self._array(node)
    self.may_have_comma = True
    for index, result in enumerate(results):
      if result.code == "too_deep":
        # A record that is too deep is not read to its end.
        del results[index + 1 :]
        _mark(node, Fault("too_deep", result.offset))
        self.resume_at = self._resume(result.offset, Fault("too_deep", result.offset + 1))
        break
    self.results += results
    if node.fault:
      # Decided: all brackets around the innermost faulty object, also those without records.
      self.open = _open_brackets(node, results[-1].offset)
      self.offset = self.resume_at
    else:
      self.offset = node.end

  def _array(self, node):
    results = []
    has_reported_fault = False
    for child in node.children:
      if child.kind == "object":
        results += self.wrappers.results(
          child, lambda start: self._fault_result(node.fault, start)
        )
        has_reported_fault = has_reported_fault or child.fault is not None
      elif child.fault:
        results.append(self._fault_result(node.fault, child.start))
        has_reported_fault = True
      else:
        results.append(rejection("not_an_object", child.start, self.reader.text(child)))
    if node.fault and not has_reported_fault:
      results.append(self._fault_result(node.fault, node.fault.offset))
    return results

  def _pass_member(self):
    """Passes over a member of a wrapper that a fault was in."""
    if self.open[-1] != b"}":
      return False
    member = self.reader.member_end(self.offset)
    if member is None:
      return False
    self.offset = member
    return True

  def _text(self):
    """Something that is neither an object nor an array."""
    start = self.offset
    stop = self.data.find(b"\n", start)
    stop = len(self.data) if stop < 0 else stop
    line = self.data[start:stop].rstrip(b" \t\r")
    self.may_have_comma = False
    node = self.reader.value(start)
    if line in _VALIDATION_TEXTS:
      self.results.append(Result(SKIPPED, start, line))
      self.offset = stop
      return
    # Decided: a scalar alone on its line is not_an_object; any other text is not_json.
    if not node.fault and node.end == start + len(line):
      code = "not_an_object"
    else:
      code = (node.fault or self.reader.fault(node.end)).code
    match = _RESUME.search(self.data, start)
    self.offset = match.end() if match else len(self.data)
    self.results.append(
      rejection(code, start, self.data[start : self.offset].rstrip(b" \t\r\n"))
    )


def _mark(node, fault):
  """Gives a fault to the containers around its offset, as if they had been read up to there."""
  while node is not None and node.start < fault.offset:
    node.fault = fault
    children = [child[1] if isinstance(child, tuple) else child for child in node.children]
    before = [child for child in children if child.start <= fault.offset]
    node.children = node.children[: len(before)]
    node = before[-1] if before else None
  if node is not None:
    node.fault = fault


def _open_brackets(node, rejected_at):
  """The closing brackets of the containers around the innermost faulty object, outermost first. Includes the
  object's own bracket if the rejection, at offset `rejected_at`, begins inside it."""
  closers = []
  while node is not None and node.fault:
    last = node.children[-1] if node.children else None
    inner = last[1] if isinstance(last, tuple) else last
    is_innermost = inner is None or inner.fault is None
    if node.kind == "array":
      closers.append(b"]")
    elif node.kind == "object" and not (is_innermost and node.start >= rejected_at):
      closers.append(b"}")
    node = inner
  return closers


def read_lines(data, start, unwrap=None):
  """An input whose lines each are a record or a whole wrapper."""
  results, records = [], RecordReader(data, unwrap)
  if 0 < start == len(data):  # a byte-order mark alone
    return [Result(BLANK, start)]
  while start < len(data):
    stop = data.find(b"\n", start)
    stop = len(data) if stop < 0 else stop
    results += _read_line(data, start, stop, records)
    start = stop + 1
  return results


def _read_line(data, start, stop, records):
  reader = Reader(data, stop)
  begin = reader.after_space(start)
  raw = data[begin:stop].rstrip(b" \t\r")
  if not raw:
    return [Result(BLANK, start)]
  if raw in _VALIDATION_TEXTS:
    return [Result(SKIPPED, begin, raw)]
  node = reader.value(begin)
  fault = node.fault
  if fault is None and node.end != begin + len(raw):
    fault = reader.fault(node.end)
  if fault:
    is_cut = fault.is_end and stop == len(data)
    code = "truncated" if is_cut and node.kind == "object" else fault.code
    if too_deep_at(data, begin, fault.offset) is not None:
      code = "too_deep"
    return [rejection(code, begin, raw, f"at {fault.offset}")]
  if node.kind != "object":
    return [rejection("not_an_object", begin, raw)]
  return WrapperReader(reader, records).results(node, None)
