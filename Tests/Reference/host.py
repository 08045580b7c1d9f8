"""Addresses (rule 10) and the host of a request (rules 8 and 9)."""

import dataclasses
import ipaddress
import re

from public_suffix import domain_parts

_ADDRESS = re.compile(r"[0-9A-Fa-f.:]+")
_DIGITS = re.compile(r"[0-9]+")


def address_version(text):
  """4 or 6; None if the text is no address. No zone, no prefix length, no leading zeros."""
  if not _ADDRESS.fullmatch(text):
    return None
  try:
    return ipaddress.ip_address(text).version
  except ValueError:
    return None


@dataclasses.dataclass
class Host:
  address: str  # as given, without port
  name: str = ""  # without port and trailing dot; empty for an address
  ip: str = ""  # without brackets
  url_domain: str = ""
  port: int | None = None
  port_is_bad: bool = False
  parts: dict = dataclasses.field(default_factory=dict)


def read_host(text):
  address, port_text = _split_port(text)
  host = Host(address)
  bare = address.removesuffix(".")
  literal = bare[1:-1] if bare.startswith("[") and bare.endswith("]") else bare
  host.url_domain = bare
  if address_version(literal):
    host.ip = literal
  else:
    host.name = bare
    host.parts = domain_parts(bare)
  if port_text:  # an empty port is none
    digits = port_text.lstrip("0") or "0"
    if _DIGITS.fullmatch(port_text) and len(digits) <= 5 and int(digits) <= 65535:
      host.port = int(digits)
    else:
      host.port_is_bad = True
  return host


def _split_port(text):
  """The host and the text after its first colon outside of brackets, None without such a colon."""
  if address_version(text.removesuffix(".")):
    return text, None
  start = 0
  if text.startswith("["):
    start = text.find("]")
    if start < 0:
      return text, None
  colon = text.find(":", start)
  if colon < 0:
    return text, None
  return text[:colon], text[colon + 1 :]
