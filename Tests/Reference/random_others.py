"""Names in the spellings that people have, and records that are not all firewall events, for
`random_events.py`."""

import datasets
import fields
import random_values as values

# How the names of one record are written.
STYLES = ("logpush", "graphql", "lower", "snake", "upper", "odd")

_OTHER_NAMES = """
  @timestamp ecs event apiVersion webaclId kind metadata spec message log httpRequest dimensions
  count securityAction terminatingRuleId eventTime note x
""".split()
_ENVELOPES = ("message", "event", "log", "event.original", "data", "info", "record")


def spelled(name, style):
  """A Logpush or GraphQL name in a style."""
  if style == "graphql":
    return fields.GRAPHQL_NAME.get(name, name)
  if style == "lower":
    return name.lower()
  if style == "upper":
    return name.upper()
  if style == "snake":
    return _snake(name)
  if style == "odd":
    return "_" + _snake(name).upper().replace("_", "__") + "_"
  return name


def _snake(name):
  """`ClientASNDescription` as `client_asn_description`."""
  parts = []
  for index, character in enumerate(name):
    before, after = name[index - 1 : index], name[index + 1 : index + 2]
    if character.isupper() and (before.islower() or before and after.islower()):
      parts.append("_")
    parts.append(character.lower())
  return "".join(parts)


def scalar(source):
  return source.choice((values.any_text(source), source.choice(values.NUMBERS), "x"))


def dataset_record(generator):
  """Some fields of a dataset, in one of the spellings."""
  source = generator.random
  names = sorted(datasets.DATASETS[source.choice(sorted(datasets.DATASETS))])
  chosen = source.sample(names, min(len(names), source.choice((1, 2, 3, 5, 10, 20, 200))))
  style = source.choice(("logpush",) * 4 + STYLES)
  return [(spelled(name, style), generator.text(scalar(source))) for name in chosen]


def mixed_record(generator):
  """Names of several datasets and vendors: whether it is an event is decided by counting."""
  source = generator.random
  pools = [sorted(fields.TYPE_OF), _OTHER_NAMES, values.UNKNOWN_NAMES]
  pools += [
    sorted(datasets.DATASETS[source.choice(sorted(datasets.DATASETS))])
    for _ in range(source.randrange(3))
  ]
  names = []
  for _ in range(source.choice((1, 2, 3, 4, 6, 9))):
    name = source.choice(source.choice(pools))
    names.append(spelled(name, source.choice(STYLES)) if name in fields.TYPE_OF else name)
  return [(name, generator.text(scalar(source))) for name in names]


def envelope(generator):
  """An event inside a member, as an object or as text."""
  source = generator.random
  inner = values.Raw(generator.event())
  value = values.Nested(inner) if source.random() < 0.7 else inner
  pairs = [(source.choice(_ENVELOPES), generator.text(value))]
  if source.random() < 0.5:
    pairs.insert(source.randrange(2), ("@timestamp", generator.text("2026-05-01T10:00:00Z")))
  return pairs
