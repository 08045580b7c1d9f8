"""Exact decimals: digits that are moved, never a floating-point number (rule 4)."""

import re

_DECIMAL = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?)([0-9]+))?")
# More zeros than any number has that is in range.
_MANY = 10_000


def integer_digits(text, has_sign=True):
  """The digits of the integer that a decimal is, with `-` if it is negative; None if it is no
  integer. A number that is far out of range has only some of its zeros."""
  match = _DECIMAL.fullmatch(text)
  if not match or match[1] and not has_sign:
    return None
  sign, whole, fraction, exponent_sign, exponent = match.groups(default="")
  digits, places = whole + fraction, -len(fraction)
  if not digits.strip("0"):
    return "0"
  exponent = exponent.lstrip("0") or "0"
  # An exponent beyond all digits decides alone.
  power = int(exponent) if len(exponent) < 10 else 10**10
  places += -power if exponent_sign == "-" else power
  zeros = len(digits) - len(digits.rstrip("0"))
  if places < 0:
    if zeros < -places:
      return None
    digits = digits[:places]
  else:
    digits += "0" * min(places, _MANY)
  return sign + (digits.lstrip("0") or "0")
