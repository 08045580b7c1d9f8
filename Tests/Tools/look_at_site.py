#!/usr/bin/env python3
"""Opens the pages that `Documentation/build.sh FOLDER` has written in headless Chromium.

    python3 Tests/Tools/look_at_site.py FOLDER [--screenshots DIR]

The landing page, each article and the root, at 1,280 and 400 pixels: it has to show its title, the console must stay empty,
the page may not be wider than the window, and at 1,280 pixels no table may be wider than the text and no picture narrower
than two thirds of it. With --screenshots the pictures are kept. Prints SKIPPED if there is no Chromium.
"""

import argparse
import functools
import http.server
import json
import pathlib
import sys
import tempfile
import threading
import time

from look_at_report import browser, console_messages, finish, opened

LOOK = """
(() => {
  const text = document.querySelector("main .content");
  const width = text ? text.clientWidth : 0;
  document.querySelectorAll("img").forEach(image => image.loading = "eager");
  return JSON.stringify({
    scroll: document.documentElement.scrollWidth, width,
    waiting: [...document.images].filter(image => !image.complete).length,
    tables: [...document.querySelectorAll("table")].filter(
      table => table.scrollWidth > table.parentElement.clientWidth + 1).map(
      table => table.scrollWidth + " pixels: " + table.rows[0].innerText.replace(/\\s+/g, " ")),
    pictures: [...document.querySelectorAll(".content img")].filter(
      image => image.clientWidth < width * 2 / 3).map(image => image.clientWidth + " pixels: " + image.src)});
})()
"""


class Quiet(http.server.SimpleHTTPRequestHandler):
  def log_message(self, *arguments):
    pass


def pages(folder):
  """(address, title) of the landing page and each article."""
  data = folder / "data"
  for path in sorted([*data.glob("*/*.json"), *data.glob("*/*/*.json")]):
    page = json.loads(path.read_text())
    if page.get("kind") == "article" or page["metadata"].get("symbolKind") == "module":
      yield "/" + path.relative_to(data).with_suffix("").as_posix() + "/", page["metadata"]["title"]


def found(page, address, title):
  """What the page shows once it has its title and its pictures, and stays the same; nothing if it does not."""
  page.call("Page.navigate", url=address)
  deadline = time.time() + 20
  before = None
  while time.time() < deadline:
    try:
      if page.value("document.querySelector('h1')?.innerText") == title:
        seen = json.loads(page.value(LOOK))
        if seen == before and not seen["waiting"]:
          return seen
        before = seen
    except RuntimeError as error:
      # The page that was asked has just led to another one, as the site's root does.
      if "navigated" not in str(error):
        raise
    time.sleep(0.1)
  return None


def main():
  parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
  parser.add_argument("folder", type=pathlib.Path)
  parser.add_argument("--screenshots", type=pathlib.Path)
  arguments = parser.parse_args()
  program = browser()
  if program is None:
    print("SKIPPED: no Chromium")
    return 0
  server = http.server.ThreadingHTTPServer(
    ("127.0.0.1", 0), functools.partial(Quiet, directory=arguments.folder))
  threading.Thread(target=server.serve_forever, daemon=True).start()
  addresses = dict(pages(arguments.folder))
  landing = min(addresses, key=len)
  addresses["/"] = addresses[landing]
  problems = []
  with tempfile.TemporaryDirectory() as name, opened(program, pathlib.Path(name)) as page:
    for width in (1280, 400):
      page.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
      for address, title in addresses.items():
        page.events.clear()
        seen = found(page, f"http://127.0.0.1:{server.server_port}{address}", title)
        view = f"{address} at {width}"
        if arguments.screenshots:
          page.picture(arguments.screenshots / f"{address.strip('/').rpartition('/')[2] or 'root'}-{width}.png", width)
        problems += console_messages(page, view)
        if seen is None:
          problems.append(f"{view}: does not show {title}")
          continue
        if seen["scroll"] > width:
          problems.append(f"{view}: {seen['scroll']} pixels wide")
        if width == 1280:
          problems += [f"{view}: a table of {table}" for table in seen["tables"]]
          problems += [f"{view}: a picture of {picture}" for picture in seen["pictures"]]
  return finish(2 * len(addresses), problems)


if __name__ == "__main__":
  sys.exit(main())
