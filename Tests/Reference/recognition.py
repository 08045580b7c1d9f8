"""Which records are firewall events."""

from datasets import (
  DATASETS, FIREWALL_EVENTS, FOLDED, EVENT_NAMES, fold, is_event_name,
)

# The GraphQL list that contains events.
EVENTS_LIST = "firewallEventsAdaptive"

EVENT, WRONG_DATASET, NO_EVENT = "event", "wrong_dataset", "not_a_firewall_event"

_EVIDENCE = frozenset("""
  ClientRequestHost ClientRequestPath ClientRequestUserAgent ClientIPClass MatchIndex
  OriginatorRayID""".split())
# Exact Logpush names that other products use, too.
_SHARED = frozenset("Action ClientIP Datetime Description Kind Metadata Ref Source".split())
_COMMON = frozenset("action datetime description kind metadata ref source".split())
_NOT_TELLING = _COMMON | {"clientip", "useragent", "ruleid"}
_GRAPHQL_EVENT = frozenset(
  "action source ruleId rulesetId matchIndex originatorRayName".split()
)


def is_foreign(names):
  """Whether a name identifies another vendor's record, so that rewritten spellings do not count."""
  if "apiVersion" in names or "webaclId" in names:
    return True
  return "@timestamp" in names and ("ecs" in names or "event" in names)


def _counts_rewritten(names, known):
  """Whether GraphQL's and rewritten spellings count."""
  if is_foreign(names):
    return False
  # Decided: "one of these" means any known name, in any spelling.
  folded = set(map(fold, known))
  if 2 * len(known) > len(names) and folded - _NOT_TELLING:
    return True
  return len(known) == len(names) and bool(folded - _COMMON)


def recognise(names):
  """(EVENT, []), (WRONG_DATASET, the datasets that it may be) or (NO_EVENT, [])."""
  names = set(names)
  if names & _EVIDENCE and names & {"Action", "Source"}:
    return EVENT, []
  known = {name for name in names if is_event_name(name)}
  rewritten = bool(known) and _counts_rewritten(names, known)
  counts = {FIREWALL_EVENTS: _count_events(names, known, rewritten)}
  folded = {name: fold(name) for name in names}
  for dataset in DATASETS.keys() - {FIREWALL_EVENTS}:
    counts[dataset] = _count(dataset, folded, rewritten)
  highest = max(counts.values())
  if highest == 0:
    return NO_EVENT, []
  if counts[FIREWALL_EVENTS] == highest:
    return EVENT, []
  return WRONG_DATASET, sorted(dataset for dataset in counts if counts[dataset] == highest)


def _count_events(names, known, rewritten):
  exact = names & EVENT_NAMES
  half = 2 * len(known) >= len(names)
  count = len(exact if half else exact - _SHARED)
  return count + len(known - exact) if rewritten else count


def _count(dataset, folded, rewritten):
  exact = folded.keys() & DATASETS[dataset]
  # Decided: names in another spelling count as names that the dataset knows.
  known = sum(text in FOLDED[dataset] for text in folded.values())
  if 2 * known < len(folded):
    return 0
  return known if rewritten else len(exact)


def is_graphql_event(list_name, names):
  """Whether an object in a list of a GraphQL response is an event."""
  if list_name == EVENTS_LIST:
    return True
  if list_name.endswith(("Adaptive", "Groups")):
    return False
  names = set(names)
  return bool(names & _GRAPHQL_EVENT) and not names & {"dimensions", "securityAction"}
