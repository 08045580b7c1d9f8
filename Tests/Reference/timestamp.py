"""Datetime texts (rule 7). Digits only: no floating-point number is ever made."""

import datetime
import re

from decimals import integer_digits

_SECONDS = re.compile(r"([0-9]+)\.([0-9]+)")
_CALENDAR = re.compile(
  r"([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt ]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?"
  r"(?: ?(Z|z|UTC|[+-][0-9]{2}(?::?[0-9]{2})?)(?: [A-Z]{3,5})?)?"
)
_EPOCH = datetime.datetime(1970, 1, 1)


def read_timestamp(text):
  """(UTC datetime of the whole second, its fraction's digits), or None if unreadable."""
  if (digits := integer_digits(text, has_sign=False)) is not None:
    return _read_unix(int(digits) if len(digits) < 25 else 10**24)
  if match := _SECONDS.fullmatch(text):
    # Decided: a fraction with an exponent is unreadable.
    whole, fraction = match.groups()
    if len(whole.lstrip("0")) <= 11:
      return _EPOCH + datetime.timedelta(seconds=int(whole.lstrip("0") or 0)), fraction
    return None
  if match := _CALENDAR.fullmatch(text):
    return _read_calendar(*match.groups())
  return None


def _read_unix(number):
  if number < 10**11:
    return _EPOCH + datetime.timedelta(seconds=number), ""
  # Milliseconds, microseconds or nanoseconds: how many of the digits are the fraction.
  digits = 3 if number < 10**14 else 6 if number < 10**17 else 9
  seconds, rest = divmod(number, 10**digits)
  try:
    return _EPOCH + datetime.timedelta(seconds=seconds), str(rest).zfill(digits)
  except OverflowError:
    return None


def _read_calendar(year, month, day, hour, minute, second, fraction, zone):
  offset = datetime.timedelta()
  if zone not in (None, "Z", "z", "UTC"):
    hours, minutes = int(zone[1:3]), int(zone[3:].lstrip(":") or 0)
    if hours > 23 or minutes > 59:
      return None
    offset = datetime.timedelta(hours=hours, minutes=minutes) * (-1 if zone[0] == "-" else 1)
  try:
    local = datetime.datetime(*map(int, (year, month, day, hour, minute, second)))
    return local - offset, fraction or ""
  except (ValueError, OverflowError):
    return None


def render_timestamp(timestamp, digit_choices):
  """RFC 3339 text with as few fraction digits of `digit_choices` as lose nothing; digits beyond
  the longest choice are cut."""
  second, fraction = timestamp
  fraction = fraction[: digit_choices[-1]].rstrip("0")
  digits = next(choice for choice in digit_choices if choice >= len(fraction))
  return f"{second.isoformat()}.{fraction.ljust(digits, '0')}Z"
