"""Registered domains (rule 9): the ICANN section of the Public Suffix List.

The list is the one inside the package `publicsuffixlist`, or Debian's where that is not installed. The
matching is not, since that package takes the parent of a wildcard rule for a suffix too, and the
mapping does not."""

import importlib.util
import pathlib

_PACKAGE = importlib.util.find_spec("publicsuffixlist")
LIST = pathlib.Path(
  _PACKAGE.submodule_search_locations[0] if _PACKAGE else "/usr/share/publicsuffix",
  "public_suffix_list.dat",
)


def _canonical(label):
  """A label for comparing: lower case, and in punycode where it is not ASCII."""
  lowered = label.lower()
  return lowered if lowered.isascii() else "xn--" + lowered.encode("punycode").decode("ascii")


def _load():
  rules, inside = set(), False
  with open(LIST, encoding="utf-8") as lines:
    for line in map(str.strip, lines):
      if line.startswith("// ===BEGIN ICANN"):
        inside = True
      elif line.startswith("// ===END ICANN"):
        break
      elif inside and line and not line.startswith("//"):
        rule = line.split()[0]
        mark = "!" if rule.startswith("!") else ""
        rules.add(mark + ".".join(map(_canonical, rule.removeprefix("!").split("."))))
  return frozenset(rules)


_RULES = _load()


def _suffix_length(labels):
  """How many of the labels are the public suffix."""
  longest = 1  # the default rule `*`
  for count in range(1, len(labels) + 1):
    tail = labels[-count:]
    if "!" + ".".join(tail) in _RULES:
      return count - 1
    if ".".join(tail) in _RULES or ".".join(["*"] + tail[1:]) in _RULES:
      longest = count
  return longest


def domain_parts(name):
  """The parts of a name that there are: top_level_domain, registered_domain, subdomain."""
  labels = name.split(".")
  if "" in labels:
    return {}
  count = _suffix_length([_canonical(label) for label in labels])
  parts = {"top_level_domain": ".".join(labels[-count:])}
  if len(labels) > count:
    parts["registered_domain"] = ".".join(labels[-count - 1 :])
  if len(labels) > count + 1:
    parts["subdomain"] = ".".join(labels[: -count - 1])
  return parts
