#!/usr/bin/env python3
"""Checks the rooms of Sources/CloudflareECS: each depends only on those before it, and generic rooms
name no field of firewall_events.

    python3 Tests/Tools/check_rooms.py [ROOT]

The rooms, their order, and which may name fields, are the table of Architecture.md. A file depends on a
room if its code names a type that the room declares, or a file's extension does. Prints each violation
and ends with 1 if there is one.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2])
SOURCES = ROOT / "Sources" / "CloudflareECS"
PAGE = ROOT / "Documentation" / "CloudflareECS.docc" / "Architecture.md"
FIELDS = SOURCES / "Cloudflare" / "CloudflareField.swift"

# Words of every day that are the names of fields, too.
COMMON = {"action", "datetime", "description", "kind", "metadata", "ref", "source", "useragent"}


def rooms():
  """Name and whether it may name fields, in order."""
  rows = re.findall(r"^\| `(\w+)/` \|.*\| (yes|no) \|$", PAGE.read_text(), re.M)
  if len(rows) < 5:
    sys.exit(f"{PAGE.name}: no table of rooms")
  return [(name, names == "yes") for name, names in rows]


def code(text):
  """The text without comments and the contents of strings."""
  text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
  text = re.sub(r"//[^\n]*", "", text)
  text = re.sub(r'#"""(.*?)"""#|"""(.*?)"""', '""', text, flags=re.S)
  return re.sub(r'#"[^\n]*?"#|"(?:\\.|[^"\\\n])*"', '""', text)


def declared(text):
  """The types that a file declares at its top level."""
  return set(re.findall(
    r"^(?:@\w+(?:\([^)]*\))? )*(?:(?:public|package|internal|final|indirect) )*"
    r"(?:struct|class|enum|protocol|actor|typealias) (\w+)", text, re.M))


def field_names():
  text = FIELDS.read_text()
  properties = set(re.findall(r"public static let (\w+) *=\s*CloudflareField\(", text))
  names = set(re.findall(r'CloudflareField\(\s*\d+, "(\w+)"', text))
  names |= set(re.findall(r'graphQL: "(\w+)"', text))
  if len(properties) < 40:
    sys.exit(f"{FIELDS.name}: no fields found")
  return properties - COMMON, {name for name in names if name.lower() not in COMMON}


def main():
  order = rooms()
  names = [name for name, _ in order]
  found = sorted(path.name for path in SOURCES.iterdir() if path.is_dir())
  problems = [f"{name}/: not in the table of {PAGE.name}" for name in found if name not in names]
  problems += [f"{name}/: in the table, but there is no such folder" for name in names
               if name not in found]
  files = {name: sorted((SOURCES / name).rglob("*.swift")) for name in names}
  texts = {path: path.read_text() for name in names for path in files[name]}
  codes = {path: code(text) for path, text in texts.items()}
  owner = {}
  for index, name in enumerate(names):
    for path in files[name]:
      for declaration in declared(codes[path]):
        owner.setdefault(declaration, (index, name))
  properties, strings = field_names()
  for index, (name, may_name_fields) in enumerate(order):
    for path in files[name]:
      where = path.relative_to(ROOT)
      # A nested type of the file's own may have the name of another room's.
      own = set(re.findall(
        r"\b(?:struct|class|enum|protocol|typealias|associatedtype) (\w+)", codes[path]))
      for word in sorted(set(re.findall(r"(?<![.\w])[A-Z]\w+", codes[path])) - own):
        if word in owner and owner[word][0] > index:
          problems.append(f"{where}: names {word} of the later room {owner[word][1]}/")
      if may_name_fields:
        continue
      for word in sorted(set(re.findall(r"\.([a-z]\w+)\b", codes[path])) & properties):
        if re.search(rf"(?:CloudflareField|(?<![\w\])?!]))\.{word}\b", codes[path]):
          problems.append(f"{where}: names the field .{word}")
      uncommented = re.sub(r"//[^\n]*", "", texts[path])
      for word in sorted(strings):
        if re.search(rf'"{word}"', uncommented):
          problems.append(f"{where}: names the field \"{word}\"")
  for problem in problems:
    print(problem)
  print(f"{sum(map(len, files.values()))} files in {len(names)} rooms, {len(problems)} violations")
  sys.exit(1 if problems else 0)


if __name__ == "__main__":
  main()
