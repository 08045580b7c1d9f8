"""Country names in English, as in CLDR, by ISO 3166-1 alpha-2 code."""

from babel import Locale

# What CLDR has two letters for and ISO 3166-1 does not assign: exceptional reservations, groups
# of countries, private and pseudo codes. XK (Kosovo) is private too, but wanted.
_NOT_ISO = frozenset("AC AN CP CQ CS DG EA EU EZ IC QO TA UN XA XB ZZ".split())

COUNTRY_NAMES = {
  code: name
  for code, name in Locale("en").territories.items()
  if len(code) == 2 and code.isascii() and code.isalpha() and code not in _NOT_ISO
}
# 249 codes of ISO 3166-1, and XK.
assert len(COUNTRY_NAMES) == 250, len(COUNTRY_NAMES)
