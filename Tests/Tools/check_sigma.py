#!/usr/bin/env python3
"""Checks the Sigma rules with the tools that people convert them with.

    python3 Tests/Tools/check_sigma.py CF-ECS

CF-ECS is the built command. The rules must parse with pySigma without errors, convert to Lucene
queries, and convert to SQL that sqlite3 runs on the flattened documents of the rules' examples and
near misses, in both profiles, with the verdicts of `cf-ecs detect`. Status 1 if a verdict differs.

Needs the PyPI packages of Tests/Tools/requirements.txt.
"""

import json
import re
import sqlite3
import subprocess
import sys

from sigma.backends.elasticsearch import LuceneBackend
from sigma.backends.sqlite import sqliteBackend
from sigma.collection import SigmaCollection
from sigma.rule import SigmaRule

PROFILES = ["sekoia", "elastic"]


def run(command, *arguments, text=None):
    """What the command writes."""
    return subprocess.run(
        [command, *arguments], input=text, capture_output=True, text=True, check=True
    ).stdout


def flattened(value, prefix=""):
    """The leaves of a document, by their paths."""
    leaves = {}
    for name, member in value.items():
        if isinstance(member, dict):
            leaves.update(flattened(member, f"{prefix}{name}."))
        else:
            leaves[prefix + name] = member if isinstance(member, (str, int)) else json.dumps(member)
    return leaves


def table(documents):
    """The documents as a table `logs` in memory, with their places as `place`."""
    columns = sorted({path for document in documents for path in document})
    database = sqlite3.connect(":memory:")
    # Python's sqlite3 has no REGEXP of its own; Sigma's means a search.
    database.create_function(
        "REGEXP", 2, lambda pattern, text: text is not None and bool(re.search(pattern, text))
    )
    # Sigma compares without regard to letter case.
    names = ", ".join(f'"{column}" COLLATE NOCASE' for column in columns)
    database.execute(f"CREATE TABLE logs (place INTEGER, {names})")
    marks = ", ".join("?" * (len(columns) + 1))
    for place, document in enumerate(documents):
        row = [place] + [document.get(column) for column in columns]
        database.execute(f"INSERT INTO logs VALUES ({marks})", row)
    return database


def sigma_rules(command, profile, count):
    """The rules on single events, with the names of a profile. Correlations only have to parse."""
    collection = SigmaCollection.from_yaml(run(command, "rules", "-f", "sigma", "-p", profile))
    errors = [error for rule in collection.rules for error in rule.errors]
    if errors:
        sys.exit(f"pySigma: {errors}")
    single = [
        rule for rule in collection.rules
        if isinstance(rule, SigmaRule) and not (rule.name or "").endswith("-events")
    ]
    if len(single) != count:
        sys.exit(f"{len(single)} Sigma rules, {count} rules with a condition")
    return single


def main():
    command = sys.argv[1]
    rules = [rule for rule in json.loads(run(command, "rules", "-f", "json")) if rule["condition"]]
    collections = {profile: sigma_rules(command, profile, len(rules)) for profile in PROFILES}
    for sigma in collections[PROFILES[0]]:
        print(f"{sigma.title}: {LuceneBackend().convert_rule(sigma)}")

    records = [record for rule in rules for record in rule["examples"] + rule["near_misses"]]
    lines = "".join(json.dumps(record) + "\n" for record in records)
    wrong = 0
    for profile in PROFILES:
        documents = [json.loads(line) for line in run(command, "-p", profile, text=lines).splitlines()]
        database = table([flattened(document) for document in documents])
        for rule, sigma in zip(rules, collections[profile]):
            # SQLite has no arrays, in which one element is enough.
            if "upload" in rule["id"]:
                continue
            (query,) = sqliteBackend().convert_rule(sigma)
            query = query.replace("<TABLE_NAME>", "logs").replace("SELECT *", "SELECT place")
            found = [place for (place,) in database.execute(query)]
            for place, record in enumerate(records):
                alerts = run(
                    command, "detect", "--rule", rule["id"], "-p", profile, text=json.dumps(record)
                )
                if (place in found) != bool(alerts):
                    wrong += 1
                    print(f"{profile}: {rule['id']} differs on {json.dumps(record)}: {query}")
    print(f"{len(rules)} rules, {len(records)} records, {len(PROFILES)} profiles: {wrong} differ")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
