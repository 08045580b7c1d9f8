#!/usr/bin/env python3
"""Writes what the reference makes of each fixture: Fixtures/expected/X.<profile>.json from
Fixtures/records/X.json. The wording of `error.message` is not specified: `*` stands for any text.
"""

import pathlib

from json_text import render
from reference_normalizer import PROFILES, convert
from streams import read

FIXTURES = pathlib.Path(__file__).parents[1] / "CloudflareECSTests" / "Fixtures"


def main():
  for record in sorted((FIXTURES / "records").glob("*.json")):
    [result] = read(record.read_bytes())
    for name, profile in PROFILES.items():
      converted = convert(result, profile)
      error = converted.get("document", {}).get("error", {})
      if "message" in error:
        error["message"] = "*"
      target = FIXTURES / "expected" / f"{record.stem}.{name}.json"
      target.write_text(render(converted, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
  main()
