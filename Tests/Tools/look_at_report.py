#!/usr/bin/env python3
"""Opens the page of `cf-ecs report --format html` in headless Chromium.

    python3 Tests/Tools/look_at_report.py .build/release/cf-ecs [--screenshots DIR]

Once for the samples and once for events with hostile values in every field: at 1,280 and 400 pixels, light and dark.
The console must stay empty, nothing may be requested, no script may run, and nothing may be wider than the window.
Texts must have a contrast of at least 4.5 to their background. With --screenshots the pictures are kept. Prints SKIPPED
if there is no Chromium.
"""

import argparse
import base64
import contextlib
import json
import os
import pathlib
import re
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

ROOT = pathlib.Path(__file__).parents[2]
HOSTILE = [
  "<script>document.title='run'</script>", "\"><img src=x onerror=document.title='run'>",
  "'-document.title-'", "</title><svg onload=document.title='run'>", "\u202eabc\u2066", "\u001b[2J\u009b31m",
  "&lt;b&gt;", "https://example.com/" + "a" * 3000, "漢字" * 400, "مرحبا بالعالم", "e\u0301" * 300, "\u0000\r\n\t",
  "javascript:document.title='run'", "<style>*{display:none}</style>", "<!--", "]]>", "{{7*7}}", "%3Cscript%3E",
]
FIELDS = [
  "Action", "ClientIP", "ClientASNDescription", "ClientCountry", "RuleID", "Description", "Source",
  "ClientRequestHost", "ClientRequestPath", "ClientRequestMethod", "ClientRequestUserAgent",
  "LeakedCredentialCheckResult", "Datetime"]

# Runs in the page, from outside: what is too wide, and texts whose contrast is too low.
LOOK = r"""
(() => {
  const channels = text => (text.match(/[\d.]+/g) || []).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const page = luminance(channels(getComputedStyle(document.body).backgroundColor));
  const low = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let texts = 0;
  while (walker.nextNode()) {
    if (!walker.currentNode.data.trim()) continue;
    texts++;
    const element = walker.currentNode.parentElement;
    const own = luminance(channels(getComputedStyle(element).color));
    const ratio = (Math.max(own, page) + 0.05) / (Math.min(own, page) + 0.05);
    if (ratio < 4.5) low.add(element.tagName + "." + element.className + " " + ratio.toFixed(2));
  }
  const bars = new Set();
  for (const rect of document.querySelectorAll("rect:not(.rail)")) {
    const own = luminance(channels(getComputedStyle(rect).fill));
    const ratio = (Math.max(own, page) + 0.05) / (Math.min(own, page) + 0.05);
    if (ratio < 3) bars.add(rect.getAttribute("class") + " " + ratio.toFixed(2));
  }
  const wide = [...document.querySelectorAll("main *:not(svg *)")].filter(
    element => element.getBoundingClientRect().right > innerWidth + 1).map(element => element.tagName);
  return JSON.stringify({
    title: document.title, scripts: document.scripts.length, images: document.images.length, texts, low: [...low],
    bars: [...bars], wide: wide.slice(0, 5), scroll: document.documentElement.scrollWidth,
    unlabelled: [...document.querySelectorAll("svg")].filter(
      svg => !svg.getAttribute("aria-hidden") && !svg.querySelector("title")).length});
})()
"""


class Page:
  """A page of the browser, by the DevTools protocol over a WebSocket."""

  def __init__(self, url):
    host, port, path = re.match(r"ws://([^:/]+):(\d+)(/.*)", url).groups()
    self.socket = socket.create_connection((host, int(port)), timeout=30)
    key = base64.b64encode(os.urandom(16)).decode()
    self.socket.sendall(
      f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())
    self.buffer = b""
    while b"\r\n\r\n" not in self.buffer:
      self.buffer += self.socket.recv(4096)
    self.buffer = self.buffer.split(b"\r\n\r\n", 1)[1]
    self.number, self.events = 0, []

  def _take(self, count):
    while len(self.buffer) < count:
      part = self.socket.recv(1 << 20)
      if not part:
        raise EOFError
      self.buffer += part
    taken, self.buffer = self.buffer[:count], self.buffer[count:]
    return taken

  def _message(self):
    text = b""
    while True:
      first, second = self._take(2)
      size = second & 127
      if size == 126:
        size, = struct.unpack(">H", self._take(2))
      elif size == 127:
        size, = struct.unpack(">Q", self._take(8))
      text += self._take(size)
      if first & 128:
        return json.loads(text)

  def call(self, method, **parameters):
    self.number += 1
    data = json.dumps({"id": self.number, "method": method, "params": parameters}).encode()
    mask = os.urandom(4)
    size = struct.pack(">BBH", 129, 254, len(data)) if len(data) < 65536 else struct.pack(">BBQ", 129, 255, len(data))
    self.socket.sendall(size + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(data)))
    while True:
      message = self._message()
      if message.get("id") == self.number:
        if "error" in message:
          raise RuntimeError(f"{method}: {message['error']}")
        return message["result"]
      self.events.append(message)

  def value(self, expression):
    return self.call("Runtime.evaluate", expression=expression)["result"].get("value")

  def picture(self, path, width):
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = self.call(
      "Page.captureScreenshot", captureBeyondViewport=True,
      clip={"x": 0, "y": 0, "width": width, "height": 2400, "scale": 1})
    path.write_bytes(base64.b64decode(picture["data"]))


def browser():
  return next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)


@contextlib.contextmanager
def opened(program, folder):
  """A page of a browser that is ended afterwards; its profile is in the folder."""
  process = subprocess.Popen(
    [program, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-port=0",
     f"--user-data-dir={folder / 'profile'}", "--disable-background-networking", "about:blank"],
    stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
  try:
    port = next(found[1] for line in process.stderr if (found := re.search(r"ws://[^:]+:(\d+)/", line)))
    threading.Thread(target=process.stderr.read, daemon=True).start()
    targets = json.load(urllib.request.urlopen(f"http://127.0.0.1:{port}/json"))
    page = Page(next(each for each in targets if each["type"] == "page")["webSocketDebuggerUrl"])
    for domain in ("Page", "Runtime", "Log", "Network"):
      page.call(f"{domain}.enable")
    yield page
  finally:
    process.terminate()
    process.wait()


def console_messages(page, name):
  """What the page wrote to its console."""
  return [
    f"{name}: {event['method']} {json.dumps(event['params'])[:300]}" for event in page.events
    if event["method"] in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded")]


def finish(views, problems):
  """Prints the problems and what was looked at. Returns the exit status."""
  for problem in problems:
    print(problem, file=sys.stderr)
  print(f"{views} views, {len(problems)} problems")
  return 1 if problems else 0


def hostile_events():
  """Each value in each field: once alone, and once in all fields."""
  def record(members):
    return json.dumps({"Action": "block", "Datetime": 1657630626} | members, ensure_ascii=True)

  lines = [record({field: value}) for value in HOSTILE for field in FIELDS]
  lines += [record({field: value for field in FIELDS if field != "Datetime"}) for value in HOSTILE]
  lines += [record({"ContentScanObjTypes": HOSTILE, "AISecurityPIICategories": HOSTILE})]
  return "\n".join(lines * 2) + "\n"


def look(page, url, width, scheme, problems, name):
  page.events.clear()
  page.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
  page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
  page.call("Page.navigate", url=url)
  deadline = time.time() + 20
  while page.value("document.readyState") != "complete":
    if time.time() > deadline:
      sys.exit(f"{name}: not loaded")
    time.sleep(0.05)
  time.sleep(0.2)
  page.value("document.querySelectorAll('details').forEach(d => d.open = true)")
  found = json.loads(page.value(LOOK))
  problems += console_messages(page, name)
  for event in page.events:
    if event["method"] == "Network.requestWillBeSent":
      asked = event["params"]["request"]["url"]
      if asked != url and not asked.startswith("data:"):
        problems.append(f"{name}: requests {asked[:200]}")
  wanted = {"title": "Firewall events", "scripts": 0, "images": 0, "low": [], "bars": [], "wide": [], "unlabelled": 0}
  for key, value in wanted.items():
    if found[key] != value:
      problems.append(f"{name}: {key} is {found[key]}, not {value}")
  if found["scroll"] > width:
    problems.append(f"{name}: {found['scroll']} pixels wide")
  if found["texts"] < 20:
    problems.append(f"{name}: only {found['texts']} texts")
  page.value("document.querySelectorAll('details').forEach(d => d.open = false)")


def main():
  parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
  parser.add_argument("command")
  parser.add_argument("--screenshots", type=pathlib.Path)
  arguments = parser.parse_args()
  program = browser()
  if program is None:
    print("SKIPPED: no Chromium")
    return 0
  problems = []
  with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    (folder / "hostile.ndjson").write_text(hostile_events())
    pages = {
      "samples": [ROOT / "Documentation" / "Samples" / "firewall_events.ndjson.gz"],
      "hostile": ["--top", "40", folder / "hostile.ndjson"]}
    for title, options in pages.items():
      path = folder / f"{title}.html"
      subprocess.run([arguments.command, "report", "-q", "-f", "html", "-o", path, *options], check=True)
      if path.stat().st_size > 300_000:
        problems.append(f"{title}: {path.stat().st_size} bytes")
    with opened(program, folder) as page:
      for title in pages:
        for width in (1280, 400):
          for scheme in ("light", "dark"):
            look(page, (folder / f"{title}.html").as_uri(), width, scheme, problems, f"{title} {width} {scheme}")
            if arguments.screenshots:
              page.picture(arguments.screenshots / f"{title}-{width}-{scheme}.png", width)
  return finish(4 * len(pages), problems)


if __name__ == "__main__":
  sys.exit(main())
