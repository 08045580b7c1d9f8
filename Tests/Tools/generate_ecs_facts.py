"""Writes what the conformance tests know of the Elastic Common Schema: names, types, whether a field
is an array, allowed values, other fields of the same value, and event types by category.

Facts only, from the two generated files of an ECS release (https://github.com/elastic/ecs/releases,
in the source archive): generated/csv/fields.csv says version, names, types and arrays;
generated/ecs/ecs_flat.yml says values and other fields.

    pip install pyyaml==6.0.3
    python3 Tests/Tools/generate_ecs_facts.py ecs-9.4.0/generated \
        -o Tests/CloudflareECSTests/Fixtures

Multi-fields (`url.full.text`) are no rows of their own: they stand with their field.
"""

import argparse
import csv
import pathlib

import yaml


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("generated", type=pathlib.Path, help="folder `generated` of a release")
    parser.add_argument("-o", "--output", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    with open(arguments.generated / "csv/fields.csv", newline="", encoding="utf-8") as file:
        fields = list(csv.DictReader(file))
    with open(arguments.generated / "ecs/ecs_flat.yml", encoding="utf-8") as file:
        details = yaml.load(file, yaml.CSafeLoader)
    version = fields[0]["ECS_Version"]
    notice = f"# Elastic Common Schema {version}. Written by Tests/Tools/generate_ecs_facts.py."

    lines = [notice + " Cells: name, type, array, allowed values, multi-fields."]
    for field in sorted(fields, key=lambda field: field["Field"]):
        name = field["Field"]
        if name not in details:
            continue
        detail = details[name]
        allowed = [value["name"] for value in detail.get("allowed_values", [])]
        others = [f"{other['flat_name']}:{other['type']}" for other in detail.get("multi_fields", [])]
        is_array = "array" in field["Normalization"].split(",")
        lines.append(
            "\t".join((name, field["Type"], "array" if is_array else "", ",".join(allowed), ",".join(others)))
        )
    write(arguments.output / f"ecs-{version}.tsv", lines)

    lines = [notice + " Cells: event.category, its event.type."]
    for category in details["event.category"]["allowed_values"]:
        lines.append(f"{category['name']}\t{','.join(category['expected_event_types'])}")
    write(arguments.output / f"ecs-{version}-categories.tsv", lines)


def write(path, lines):
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{path.name}: {len(lines) - 1} rows")


if __name__ == "__main__":
    main()
