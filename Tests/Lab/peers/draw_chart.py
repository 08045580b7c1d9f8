#!/usr/bin/env python3
"""Draws the speeds of results.json as a bar chart, on a logarithmic scale: what reads gzip, then what reads plain text.

    python3 draw_chart.py [results.json] [-o FILE.svg]
"""

import argparse
import html
import json
import math
import pathlib

PEERS = pathlib.Path(__file__).resolve().parent
RESOURCES = PEERS.parents[2] / "Documentation" / "CloudflareECS.docc" / "Resources"
LEFT, WIDTH, RIGHT, ROW, TOP = 312, 400, 68, 26, 58
STYLE = """
  text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #24292f }
  .title { font-size: 15px; font-weight: 600 } .group { font-weight: 600 } .small { font-size: 11px; fill: #57606a }
  .whole { fill: #d9730d } .part { fill: #9aa5b1 } .other { fill: #4a6fa5 }
  line { stroke: #d0d7de } rect.back { fill: #ffffff }
"""


def kind(name):
  if name.startswith("cf-ecs"):
    return "whole"
  return "part" if name.endswith(" only") else "other"


def drawn(results):
  rows = results["speed"]
  groups = [
    (title, [row for row in rows if ("gzip" in row["name"]) == is_gzip])
    for title, is_gzip in (("From gzip, as Logpush writes it", True), ("From plain text", False))
  ]
  low = 10 ** math.floor(math.log10(min(row["speed"] for row in rows)))
  high = max(row["speed"] for row in rows) * 1.05
  bottom = TOP + ROW * (len(rows) + len(groups))
  height = bottom + 52

  def x(speed):
    return LEFT + WIDTH * math.log(max(speed, low) / low) / math.log(high / low)

  yield (
    f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + WIDTH + RIGHT}" height="{height}" '
    f'viewBox="0 0 {LEFT + WIDTH + RIGHT} {height}" role="img" aria-labelledby="title">'
  )
  yield f"<style>{STYLE}</style>"
  yield f'<rect class="back" width="{LEFT + WIDTH + RIGHT}" height="{height}"/>'
  yield '<text class="title" id="title" x="12" y="22">MB of input per second, longer is faster</text>'
  yield f'<text class="small" x="12" y="40">{html.escape(results["input"])}; logarithmic scale</text>'
  tick = low
  while tick <= high:
    yield f'<line x1="{x(tick):.1f}" x2="{x(tick):.1f}" y1="{TOP - 6}" y2="{bottom}"/>'
    yield (f'<text class="small" x="{x(tick):.1f}" y="{bottom + 15}" text-anchor="middle">'
           f"{tick:,}</text>")
    tick *= 10
  y = TOP
  for title, members in groups:
    yield f'<text class="group" x="12" y="{y + 15}">{title}</text>'
    y += ROW
    for row in members:
      yield f'<text x="{LEFT - 8}" y="{y + 15}" text-anchor="end">{html.escape(row["name"])}</text>'
      yield (f'<rect class="{kind(row["name"])}" x="{LEFT}" y="{y + 2}" '
             f'width="{x(row["speed"]) - LEFT:.1f}" height="{ROW - 8}" rx="2"/>')
      rounded = float(format(row["speed"], ".3g"))
      yield f'<text x="{x(row["speed"]) + 6:.1f}" y="{y + 15}">{rounded:,g}</text>'
      y += ROW
  legend = (("whole", "cf-ecs: a whole conversion"), ("part", "a part of the work only"),
            ("other", "the same conversion by others"))
  for number, (name, text) in enumerate(legend):
    place = 12 + 230 * number
    yield f'<rect class="{name}" x="{place}" y="{bottom + 28}" width="12" height="12" rx="2"/>'
    yield f'<text class="small" x="{place + 18}" y="{bottom + 38}">{text}</text>'
  yield "</svg>"


def main():
  parser = argparse.ArgumentParser()
  parser.add_argument("results", nargs="?", type=pathlib.Path, default=PEERS / "results.json")
  parser.add_argument("-o", "--output", type=pathlib.Path, default=RESOURCES / "speed.svg")
  options = parser.parse_args()
  options.output.parent.mkdir(parents=True, exist_ok=True)
  lines = drawn(json.loads(options.results.read_text()))
  options.output.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
  main()
