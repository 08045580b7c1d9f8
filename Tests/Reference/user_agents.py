"""What user agents say: ua-parser with the rules of uap-core (Debian's python3-ua-parser, uap-core and python3-yaml).

Decided: classes and letter case know ASCII only, only the first 2,048 bytes are read, a version ends before its first
missing part, and what is not known is `Other`; but `elastic` leaves out systems that are not known.
"""

import functools
import pathlib
import types

import ua_parser
import ua_parser.loaders
import yaml

CORE = pathlib.Path("/usr/share/uap-core")
LISTS = ["user_agent_parsers", "os_parsers", "device_parsers"]
MOST_BYTES = 2048


def load(path):
  with open(path, encoding="utf-8") as file:
    return yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@functools.cache
def _parser():
  rules = load(CORE / "regexes.yaml")
  for name in LISTS:
    for rule in rules[name]:
      rule["regex"] = "(?a)" + rule["regex"]
  matchers = ua_parser.loaders.load_data(tuple(rules[name] for name in LISTS))
  return ua_parser.Parser(ua_parser.BasicResolver(matchers))


def joined(*parts):
  """A version: its parts up to the first that is missing."""
  found = []
  for part in parts:
    if not part:
      break
    found.append(part)
  return ".".join(found) or None


@functools.cache
def answers(agent):
  """By profile: name, version, device, system and its version. None if ua-parser has no answer: a rule matches, but
  has no name to give."""
  agent = agent.encode()[:MOST_BYTES].decode(errors="ignore")
  try:
    found = _parser().parse(agent)
  except (TypeError, ValueError):
    return None
  browser, system, device = found.user_agent, found.os, found.device
  version = browser and [browser.major, browser.minor, browser.patch, browser.patch_minor]
  name = browser and browser.family or "Other"
  device = device and device.family or "Other"
  system_version = system and joined(
    system.major, system.minor, system.patch, system.patch_minor)
  system = system and system.family
  return {
    "elastic": (name, version and joined(*version), device, system, system_version),
    # Three parts of the version, and a name for what is not known.
    "sekoia": (
      name, version and joined(*version[:3]), device, system or "Other", system_version)}


def with_user_agents(profile):
  """The profile with the fields for the parts of user agents."""
  name = profile.__name__

  def part(index):
    def value(event):
      agent = event["ClientRequestUserAgent"]
      return answers(agent)[name][index] if agent else None
    return value

  def full(event):
    system, version = part(3)(event), part(4)(event)
    return f"{system} {version}" if version else None

  targets = ["name", "version", "device.name", "os.name", "os.version"]
  fields = [(f"user_agent.{target}", part(index)) for index, target in enumerate(targets)]
  if name == "elastic":
    fields.append(("user_agent.os.full", full))
  return types.SimpleNamespace(
    FIELDS=profile.FIELDS + fields, UNKNOWN=profile.UNKNOWN, finish=profile.finish)
