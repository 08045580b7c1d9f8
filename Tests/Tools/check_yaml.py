#!/usr/bin/env python3
"""Compares the reader of rule files with PyYAML.

    python3 Tests/Tools/check_yaml.py [--count 500] [--seed 1] [FOLDER ...]

Writes random rule files with all styles of scalars, nesting, comments and several documents; with FOLDERs, their
`.yml` and `.yaml` files are used as well. A test of the package reads them (`YAML_FILES=FOLDER swift test --filter
YAMLFilesTests`) and writes what it read as JSON beside each. What PyYAML's BaseLoader reads, in which every scalar
is text, has to be equal, or the file refused with a line. Prints what differs; status 1 if anything does.

`--count 10000` is the documented long run. Needs PyYAML.
"""

import argparse
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

import yaml

ROOT = pathlib.Path(__file__).parents[2]
WORDS = [
  "selection", "cs-uri-query|contains", "/admin/login.php", "a b", "it's", '"quoted"', "*", "*.exe", "200", "-1",
  "true", "null", "~", "", "x: y", "# no comment", "a #b", "a#b", "- dash", "-dash", "?q", ":c", "c:d", "\\", "\\n",
  "ü", "日本", "\U0001f600", "{a}", "[b]", "a, b", "%41", "@x", "`y", "|", ">", "&z", "!t", "line\nbreak",
  "two\n\nbreaks", " leading", "trailing ", "tab\there", "end\n", "end\n\n", "\n", "1 of selection*", "'", "''",
  "2024-01-01", "${jndi:ldap://", "a'b\"c", "...", "---", "<<", "=", "http://example.com/?a=b&c=d",
]


def plain(text, chance):
  """Whether a text may be written without quotes. It is wrong on purpose now and then: such a file is refused."""
  if not text or text != text.strip() or "\n" in text or "\t" in text:
    return False
  odd = text[0] in "*&!|>%@`{}[]'\"#,?:-=<." or ": " in text or " #" in text or text[-1] == ":"
  return not odd and not any(c in "{}[],?" for c in text) or chance.random() < 0.02


class Writer:
  def __init__(self, chance):
    self.chance = chance

  def blank(self):
    return self.chance.choice(["", "", "", "\n", "   \n", "# a comment\n", "  # another: one\n"])

  def text(self):
    if self.chance.random() < 0.7:
      return self.chance.choice(WORDS)
    return "".join(self.chance.choice(WORDS) for _ in range(self.chance.randint(1, 4)))

  def single(self, text):
    return "'" + text.replace("'", "''").replace("\n", "\n\n  ") + "'"

  def double(self, text):
    parts = []
    for character in text:
      if character in '"\\':
        parts.append("\\" + character)
      elif character == "\n":
        parts.append(self.chance.choice(["\\n", "\n\n  ", "\\n\\\n    "]))
      elif ord(character) > 0x7E:
        parts.append(self.chance.choice([character, f"\\U{ord(character):08x}"]))
      elif character == " " and self.chance.random() < 0.1:
        parts.append(self.chance.choice(["\n   ", "\\ ", "\\x20"]))
      else:
        parts.append(character)
    return '"' + "".join(parts) + '"'

  def scalar(self, indent, in_flow=False, is_key=False):
    text = self.text()
    style = self.chance.choice(["plain", "plain", "single", "double", "block"])
    if is_key:
      text = text.replace("\n", " ").replace("\t", " ")
    if style == "block" and not in_flow and not is_key:
      return self.block(text, indent)
    if style == "plain" and plain(text, self.chance):
      if not in_flow and not is_key and self.chance.random() < 0.15:
        return text + "\n" + " " * (indent + self.chance.randint(1, 3)) + "more text"
      return text
    if is_key:
      return self.double(text).replace("\n", " ") if "'" in text else f"'{text}'"
    return self.single(text) if style == "single" else self.double(text)

  def block(self, text, indent):
    lines = text.split("\n")
    for _ in range(self.chance.randint(0, 3)):
      lines.insert(self.chance.randint(0, len(lines)), self.chance.choice(["", "text", "  more", "a: b", "# x"]))
    width = self.chance.randint(1, 4)
    header = self.chance.choice("|>") + self.chance.choice(["", "-", "+"])
    if self.chance.random() < 0.3 or lines[0].startswith(" "):
      header += str(width)
    comment = self.chance.choice(["", "", "  # comment"])
    pad = " " * (max(indent, 0) + width)
    body = "".join((pad + line if line else self.chance.choice(["", "", " "])) + "\n" for line in lines)
    return f"{header}{comment}\n{body}".rstrip("\n") + "\n" * self.chance.randint(0, 2)

  def flow(self, depth):
    def item():
      if depth < 3 and self.chance.random() < 0.2:
        return self.flow(depth + 1)
      return self.scalar(0, in_flow=True)

    space = self.chance.choice(["", " ", "\n     ", "  # c\n  "])
    count = self.chance.randint(0, 4)
    if self.chance.random() < 0.5:
      return "[" + space + ("," + (space or " ")).join(item() for _ in range(count)) + space + "]"
    pairs = []
    for number in range(count):
      key = self.chance.choice([f"k{number}", f"'k {number}'", f'"k{number}"'])
      pairs.append(key + ":" + self.chance.choice([" ", "  ", "\n   "]) + item())
    return "{" + space + ("," + (space or " ")).join(pairs) + space + "}"

  def node(self, indent, depth):
    """The text after `name:` or `-`, with its line break."""
    kind = self.chance.random()
    if depth > 4 or kind < 0.5:
      return " " + self.scalar(indent) + self.chance.choice(["", "", "", "  # comment", " "]) + "\n"
    if kind < 0.6:
      return " " + self.flow(0) + "\n"
    inner = indent + self.chance.randint(1, 4)
    end = self.chance.choice(["", " ", "  # here"]) + "\n"
    if kind < 0.8:
      return end + self.mapping(inner, depth + 1)
    return end + self.sequence(self.chance.choice([indent, inner]) if indent >= 0 else inner, depth + 1)

  def mapping(self, indent, depth, first=None):
    text = ""
    names = set()
    for number in range(self.chance.randint(1, 4)):
      name = self.scalar(indent, is_key=True) if self.chance.random() < 0.4 else f"name_{number}"
      if name in names:
        continue
      names.add(name)
      lead = first if first is not None and not text else " " * indent
      text += lead + name + self.chance.choice([":", ":", ":", " :"]) + self.node(indent, depth) + self.blank()
    return text

  def sequence(self, indent, depth):
    text = ""
    for _ in range(self.chance.randint(1, 4)):
      text += " " * indent + "-"
      if depth < 4 and self.chance.random() < 0.3:
        width = self.chance.randint(1, 3)
        text += self.mapping(indent + 1 + width, depth + 1, first=" " * width)
      else:
        text += self.node(indent, depth)
      text += self.blank()
    return text

  def document(self):
    head = "title: " + self.scalar(0) + "\n" + self.blank()
    kind = self.chance.random()
    if kind < 0.05:
      return self.scalar(-1).lstrip() + "\n"
    return head + self.mapping(0, 0) if kind < 0.8 else self.sequence(0, 0)

  def file(self):
    parts = [self.document() for _ in range(self.chance.choice([1, 1, 1, 2, 3]))]
    text = self.chance.choice(["", "---\n", "# head\n", "\n"]) + self.chance.choice(["---\n", "...\n---\n"]).join(
      part if part.endswith("\n") else part + "\n" for part in parts)
    if self.chance.random() < 0.1:
      text = text.rstrip("\n")
    if self.chance.random() < 0.1:
      text = text.replace("\n", "\r\n")
    if self.chance.random() < 0.15:
      # One character more, less or another.
      at = self.chance.randint(0, len(text))
      text = text[:at] + self.chance.choice(["", " ", "\t", ":", "-", "'", '"', "#", "{", "]", "\n", "&a "]) + text[
        at + self.chance.randint(0, 1):]
    return text


def expected(data):
  """The documents as PyYAML reads them; None if it refuses."""
  try:
    return list(yaml.load_all(data, Loader=yaml.BaseLoader))
  except (yaml.YAMLError, UnicodeDecodeError, TypeError, ValueError):
    return None


def read(folder):
  """Has the package read the files of a folder."""
  environment = dict(os.environ, YAML_FILES=str(folder))
  command = ["swift", "test", "--skip-build", "--filter", "YAMLFilesTests"]
  done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
  if done.returncode:
    sys.exit(done.stdout.decode()[-2000:])


def main():
  parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
  parser.add_argument("folders", nargs="*", type=pathlib.Path)
  parser.add_argument("--count", type=int, default=500)
  parser.add_argument("--seed", type=int, default=1)
  parser.add_argument("--reader", help="a command that reads a folder, instead of the test")
  arguments = parser.parse_args()
  chance = random.Random(arguments.seed)
  equal = refused = both = different = 0
  with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    given = [path for root in arguments.folders for path in sorted(root.rglob("*.y*ml"))]
    for number, path in enumerate(given):
      shutil.copy(path, folder / f"given-{number:05}.yml")
    for number in range(arguments.count):
      (folder / f"random-{number:05}.yml").write_bytes(Writer(chance).file().encode())
    if arguments.reader:
      subprocess.run([arguments.reader, name], check=True)
    else:
      read(folder)
    for path in sorted(folder.glob("*.yml")):
      found = json.loads((folder / (path.name + ".json")).read_text())
      wanted = expected(path.read_bytes())
      if "refused" in found:
        if wanted is None:
          both += 1
        else:
          refused += 1
          if path.name.startswith("given"):
            print(f"{given[int(path.name[6:11])]}: refused: {found['refused']}")
        if not found["refused"].startswith("line "):
          different += 1
          print(f"{path.name}: refused without a line: {found['refused']}", file=sys.stderr)
      elif wanted == found["documents"]:
        equal += 1
      else:
        different += 1
        print(f"{path.name} differs\n  PyYAML {json.dumps(wanted)[:600]}\n  ours   "
              f"{json.dumps(found['documents'])[:600]}\n{path.read_text()[:1200]}", file=sys.stderr)
  print(f"{equal + refused + both + different} files: {equal} equal, {refused} refused that PyYAML reads, "
        f"{both} refused by both, {different} different")
  return 1 if different or not equal else 0


if __name__ == "__main__":
  sys.exit(main())
