"""Other formats, detected from their first bytes."""

import re

_MAGIC = {
  "zip": (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"),
  "Zstandard": (b"\x28\xb5\x2f\xfd",),
  "bzip2": (b"BZh",),
  "xz": (b"\xfd7zXZ\x00",),
  "7z": (b"7z\xbc\xaf\x27\x1c",),
  "Parquet": (b"PAR1",),
  "gzip inside gzip": (b"\x1f\x8b",),
  "UTF-16": (b"\xff\xfe", b"\xfe\xff"),
}
_MARKUP = re.compile(rb"<[A-Za-z!?]")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def other_format(data):
  """The name of the format that an input is in; None if it may be read."""
  for name, beginnings in _MAGIC.items():
    if data.startswith(beginnings):
      return name
  # Decided: a file's name in a tar archive begins with no brace or bracket, and its header has no line feed before.
  if data[257:262] == b"ustar" and data[:1] not in (b"{", b"[") and b"\n" not in data[:257]:
    return "tar"
  # Decided: UTF-16 without a byte order mark is recognised by two ASCII characters with zero bytes, in the same
  # order.
  units = data[:2], data[2:4]
  if all(_is_utf_16(unit, 0) for unit in units) or all(_is_utf_16(unit, 1) for unit in units):
    return "UTF-16"
  # Decided: markup may follow a byte-order mark and white space, within the first 1,024 bytes.
  text = data.removeprefix(_BYTE_ORDER_MARK)
  start = len(data) - len(text.lstrip(b" \t\r\n"))
  if start < 1024 and _MARKUP.match(data[start:]):
    return "HTML or XML"
  return None


def _is_utf_16(unit, zero):
  return len(unit) == 2 and unit[zero] == 0 and 0 < unit[1 - zero] < 128
