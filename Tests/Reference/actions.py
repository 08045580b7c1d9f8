"""Table 1: what an action means (rule 6)."""

import string

_DENIED, _ALLOWED, _INFO = ["denied"], ["allowed"], ["info"]

# folded action: (event.type in `sekoia`, event.type in `elastic`, event.outcome in `elastic`)
_TABLE = {
  ("block", "drop"): (_DENIED, _DENIED, "success"),
  ("challengefailed", "jschallengefailed"): (_DENIED, _DENIED, "failure"),
  ("connectionclose", "forceconnectionclose"): (["end"], ["denied", "end"], "success"),
  (
    "allow", "bypass", "skip", "challengesolved", "challengebypassed", "jschallengesolved",
    "jschallengebypassed", "managedchallengeskipped", "managedchallengenoninteractivesolved",
    "managedchallengeinteractivesolved", "managedchallengebypassed",
    "precursorinterstitialpagebypassed", "precursorinterstitialpagesolved",
  ): (_ALLOWED, _ALLOWED, "success"),
}
_MEANING = {action: meaning for actions, meaning in _TABLE.items() for action in actions}
_INFORMING = """
  unknown challenge jschallenge managedchallenge precursorinterstitialpageissued log simulate
  rewrite""".split()
KNOWN = frozenset(_MEANING) | frozenset(_INFORMING)
_ANYTHING_ELSE = (_INFO, _INFO, None)


_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_UPPER = str.maketrans(string.ascii_lowercase, string.ascii_uppercase)


def ascii_lower(text):
  return text.translate(_LOWER)


def ascii_upper(text):
  return text.translate(_UPPER)


def fold(text, digits=False):
  """ASCII letters in lower case, nothing else; digits too if asked for."""
  lowered = ascii_lower(text)
  return "".join(c for c in lowered if c.isascii() and (c.isalpha() or digits and c.isdigit()))


def meaning(action):
  return _MEANING.get(fold(action), _ANYTHING_ELSE)
