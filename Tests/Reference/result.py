"""The result of reading one record: an event, a rejection, a skipped validation body, a blank
line."""

import dataclasses

EVENT, REJECTED, SKIPPED, BLANK = "event", "rejected", "skipped", "blank"


@dataclasses.dataclass
class Result:
  kind: str
  offset: int
  raw: bytes = b""
  code: str | None = None  # of a rejection
  message: str = ""
  text: str | None = None  # of an event: the record's text
  members: dict | None = None  # of an event whose text is no JSON: a row
  line: int = 0


def rejection(code, offset, raw=b"", message=""):
  return Result(REJECTED, offset, raw, code, message)
