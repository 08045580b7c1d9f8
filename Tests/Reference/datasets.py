"""The names of all Logpush datasets.

`cloudflare_datasets.tsv` has one line for each dataset and no header: its name, a tab, and the names
of its fields, separated by spaces, in the order of their names."""

import pathlib

import fields
from fields import fold

FIREWALL_EVENTS = "firewall_events"

_FILE = pathlib.Path(__file__).parent / "cloudflare_datasets.tsv"


def _load():
  lines = (line.split("\t") for line in _FILE.read_text(encoding="utf-8").splitlines())
  return {dataset: frozenset(names.split()) for dataset, names in lines}


DATASETS = _load()
LOGPUSH_NAMES = DATASETS[FIREWALL_EVENTS]
# Decided: the names that Transformers add from other datasets count as names of this dataset. So does rulesetId.
EVENT_NAMES = LOGPUSH_NAMES | frozenset("""
  ClientRequestBytes ClientRequestReferer ClientSSLCipher ClientSSLProtocol ClientSrcPort
  WAFRequestSignatureCategories WAFRequestSignatureRefs""".split())
GRAPHQL_NAMES = frozenset(fields.GRAPHQL_NAME.values()) | {"rulesetId"}
FOLDED = {dataset: frozenset(map(fold, names)) for dataset, names in DATASETS.items()}
FOLDED_EVENT_NAMES = frozenset(map(fold, EVENT_NAMES)) | frozenset(map(fold, GRAPHQL_NAMES))


def is_event_name(name):
  """Whether a name is one of firewall_events in any of its three spellings."""
  return name in EVENT_NAMES or name in GRAPHQL_NAMES or fold(name) in FOLDED_EVENT_NAMES
