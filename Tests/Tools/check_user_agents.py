#!/usr/bin/env python3
"""What `cf-ecs --user-agent` says of user agents, against ua-parser and uap-core's own answers.

    python3 Tests/Tools/check_user_agents.py CF_ECS [--count N] [--seed N]

Takes the user agents of uap-core's tests and of its lists, user agents made from each rule's own
expression, and such with characters changed, mixed and cut; N of them, or all that there are with
`--count 0`. uap-core's tests say what is expected of theirs; of all, ua-parser does (Debian's packages
uap-core, python3-ua-parser, python3-yaml). ua-parser has each expression with `(?a)`: classes know ASCII
only, as in this library and in Java's and JavaScript's expressions.
"""

import argparse
import json
import multiprocessing
import pathlib
import random
import re._constants as C
import re._parser as parser
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "Reference"))
import user_agents
from user_agents import LISTS, joined, load

# The files of user agents, and which part of each uap-core's own tests look at.
FILES = {
  "tests/test_ua.yaml": "ua",
  "test_resources/firefox_user_agent_strings.yaml": "ua",
  "test_resources/pgts_browser_list.yaml": "ua",
  "test_resources/opera_mini_user_agent_strings.yaml": "ua",
  "test_resources/podcasting_user_agent_strings.yaml": "ua",
  "tests/test_os.yaml": "os",
  "test_resources/additional_os_tests.yaml": "os",
  "tests/test_device.yaml": "device",
}
ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -_./;:()[]+,"


# MARK: User agents


class Writer:
  """Writes texts that an expression matches."""

  def __init__(self, rng):
    self.rng = rng

  def character(self, argument):
    inverted, members = False, []
    for kind, value in argument:
      if kind is C.NEGATE:
        inverted = True
      elif kind is C.LITERAL:
        members.append(chr(value))
      elif kind is C.RANGE:
        members += map(chr, range(value[0], value[1] + 1))
      else:
        members.append(self.category(value))
    if not inverted:
      return self.rng.choice(members)
    return self.rng.choice([letter for letter in ALPHABET if letter not in members] or ["\u00e9"])

  def category(self, value):
    name = str(value)
    if name.endswith("NOT_SPACE") or name.endswith("WORD") and "NOT" not in name:
      return self.rng.choice("abzABZ09_")
    if name.endswith("DIGIT") and "NOT" not in name:
      return self.rng.choice("0123456789")
    if name.endswith("SPACE"):
      return " "
    return self.rng.choice(" -/.")

  def text(self, tree):
    return "".join(self.part(*step) for step in tree)

  def part(self, operation, argument):
    if operation is C.LITERAL:
      return chr(argument)
    if operation is C.NOT_LITERAL:
      return self.rng.choice([letter for letter in ALPHABET if ord(letter) != argument])
    if operation is C.ANY:
      return self.rng.choice(ALPHABET + "\u00e9\u4e2d")
    if operation is C.IN:
      return self.character(argument)
    if operation is C.SUBPATTERN:
      return self.text(argument[3])
    if operation is C.BRANCH:
      return self.text(self.rng.choice(argument[1]))
    if operation in (C.MAX_REPEAT, C.MIN_REPEAT):
      least, most, tree = argument
      most = min(most, least + self.rng.choice([0, 1, 2, 5, 12]))
      return "".join(self.text(tree) for _ in range(self.rng.randint(least, most)))
    return ""


def written(rules, rng, times):
  for rule in (rule for name in LISTS for rule in rules[name]):
    tree = parser.parse(rule["regex"])
    for _ in range(times):
      text = Writer(rng).text(tree)
      around = rng.randrange(4)
      if around == 1:
        text = "Mozilla/5.0 (Linux; Android 9; " + text
      elif around == 2:
        text += rng.choice([" Build/ABC) AppleWebKit/537.36", "/1.2.3", " Safari/537.36", " bot"])
      elif around == 3:
        text = rng.choice(["x", "(", "Mozilla/5.0 "]) + text + rng.choice(["y", ")", " z/0"])
      yield text


def changed(agents, rng, count):
  for _ in range(count):
    text = rng.choice(agents)
    place = rng.randrange(len(text) + 1)
    match rng.randrange(6):
      case 0: text = text[:place] + rng.choice(ALPHABET) + text[place + 1:]
      case 1: text = text[:place] + text[place + rng.randint(1, 4):]
      case 2: text = text[place:]
      case 3: text = text[:place]
      case 4: text = text[:place] + rng.choice(agents)[place:]
      case 5: text = text.swapcase() if rng.random() < 0.3 else text + " " + rng.choice(agents)
    yield text


# MARK: Answers


def answers_of(cf_ecs, agents, profile="elastic"):
  """Name, version, device, system and its version of each."""
  events = "".join(
    json.dumps({"Action": "block", "ClientRequestUserAgent": agent}) + "\n" for agent in agents)
  done = subprocess.run(
    [cf_ecs, "-q", "-j", "1", "-p", profile, "--user-agent", "--select", "user_agent.*"],
    input=events.encode(), stdout=subprocess.PIPE, check=True)
  for line in done.stdout.decode().splitlines():
    found = json.loads(line).get("user_agent")
    if not found:
      # An empty user agent gives no fields, and uap-core's answer is that nothing is known.
      yield "Other", None, "Other", None if profile == "elastic" else "Other", None
      continue
    system = found.get("os", {})
    full = f"{system['name']} {system['version']}" if "version" in system else None
    if system.get("full") != (full if profile == "elastic" else None):
      sys.exit(f"os.full is wrong: {line}")
    yield (
      found["name"], found.get("version"), found["device"]["name"],
      system.get("name"), system.get("version"))


def own_answers(core, cf_ecs):
  """uap-core's tests: what each expects of one part. Returns their user agents, and how many differ."""
  all_agents, wrong = [], 0
  for name, part in FILES.items():
    cases = load(core / name)["test_cases"]
    agents = [case["user_agent_string"] for case in cases]
    for case, found in zip(cases, answers_of(cf_ecs, agents), strict=True):
      version = joined(*(case.get(key) for key in ("major", "minor", "patch", "patch_minor")))
      if part == "ua":
        # uap-core's own test does not look at the fourth part either: many cases do not have it.
        version = joined(*(case.get(key) for key in ("major", "minor", "patch")))
        same = found[0] == case["family"] and (
          found[1] == version or version and (found[1] or "").startswith(version + "."))
      elif part == "os":
        same = (found[3] or "Other", found[4]) == (case["family"], version)
      else:
        same = found[2] == case["family"]
      if not same:
        wrong += 1
        print(f"uap-core's {name}: {case}\n  cf-ecs: {found}")
    all_agents += agents
  print(f"{len(all_agents)} answers of uap-core's tests, {wrong} differ")
  return all_agents, wrong


def main():
  arguments = argparse.ArgumentParser(description=__doc__)
  arguments.add_argument("cf_ecs")
  arguments.add_argument("--count", type=int, default=20_000)
  arguments.add_argument("--seed", type=int, default=20261129)
  arguments = arguments.parse_args()
  core, rng = user_agents.CORE, random.Random(arguments.seed)
  agents, wrong = own_answers(core, arguments.cf_ecs)
  real = list(dict.fromkeys(agents))
  made = list(written(load(core / "regexes.yaml"), rng, 12))
  made += changed(real + made, rng, 12_000)
  agents = [
    agent for agent in dict.fromkeys(real + made)
    if agent and len(agent.encode()) <= user_agents.MOST_BYTES]
  if arguments.count:
    agents = rng.sample(agents, min(arguments.count, len(agents)))
  with multiprocessing.Pool() as pool:
    answers = pool.map(user_agents.answers, agents, chunksize=50)
  for profile in ["elastic", "sekoia"]:
    for agent, found, right in zip(
        agents, answers_of(arguments.cf_ecs, agents, profile), answers, strict=True):
      if right is not None and found != right[profile]:
        wrong += 1
        print(f"{agent!r}\n  {profile}: {found}\n  ua-parser: {right[profile]}")
  print(
    f"{len(agents)} user agents against ua-parser; {answers.count(None)} have no answer there, "
    f"{wrong} differ")
  sys.exit(1 if wrong else 0)


if __name__ == "__main__":
  main()
