#!/usr/bin/env python3
"""Writes the gzip files of the corpus, good and broken ones, and the table of what is to come.

    python3 Tests/Tools/generate_gzip_corpus.py

Every file holds the events `{"Action":"log","RayID":"1"}`, `…"2"}` and so on, a line each. Blocks and
headers are put together by hand (RFC 1951, RFC 1952) where zlib would not write them.
"""

import json
import struct
import zlib
from pathlib import Path

CORPUS = Path(__file__).resolve().parent.parent / "Corpus"
ENDS = "ends inside a member"
OTHER = "is followed by other bytes"
DAMAGED = "is damaged"

rows = []


def lines(first, last):
  return b"".join(b'{"Action":"log","RayID":"%d"}\n' % n for n in range(first, last + 1))


ONE = lines(1, 1)
TWO = lines(2, 2)


def deflate(data, level=6, strategy=zlib.Z_DEFAULT_STRATEGY):
  coder = zlib.compressobj(level, zlib.DEFLATED, -15, 9, strategy)
  return coder.compress(data) + coder.flush()


def stored(data, final=True):
  return struct.pack("<BHH", final, len(data), len(data) ^ 0xFFFF) + data


def bits(text):
  """Deflate bits, the first one first: `1 01` is a final block with fixed codes."""
  digits = text.replace(" ", "")
  digits += "0" * (-len(digits) % 8)
  return bytes(int(digits[at : at + 8][::-1], 2) for at in range(0, len(digits), 8))


def header(flags=0, method=8, time=0, extra=b"", system=3):
  return struct.pack("<2sBBIBB", b"\x1f\x8b", method, flags, time, 0, system) + extra


def trailer(data, crc=None, size=None):
  crc = zlib.crc32(data) if crc is None else crc
  return struct.pack("<II", crc, len(data) if size is None else size)


def member(data, body=None, head=None):
  return (head or header()) + (deflate(data) if body is None else body) + trailer(data)


def put(side, name, file, records, tail=b"", fault="", at=None):
  """`tail` is what stands behind the events; `at` is the byte of the fault, where it is known."""
  path = CORPUS / side / "gzip" / f"{name}.gz"
  path.parent.mkdir(parents=True, exist_ok=True)
  path.write_bytes(file)
  where = f" (byte {at})" if at is not None else ""
  rows.append((f"{side}/gzip/{name}.gz", str(records), json.dumps(tail.decode()), fault + where))


def accept(name, file, records, tail=b""):
  put("accept", name, file, records, tail)


def reject(name, file, records, tail=b"", fault="", at=None):
  put("reject", name, file, records, tail, fault, at)


def good():
  many = lines(1, 400)
  accept("one-member", member(ONE), 1)
  for level in (0, 1, 9):
    accept(f"level-{level}", member(many, deflate(many, level)), 400)
  accept("fixed-codes", member(ONE, deflate(ONE, 9, zlib.Z_FIXED)), 1)
  accept("codes-only", member(many, deflate(many, 9, zlib.Z_HUFFMAN_ONLY)), 400)
  accept("runs-only", member(many, deflate(many, 9, zlib.Z_RLE)), 400)
  accept("stored-block", member(ONE, stored(ONE)), 1)
  accept("stored-blocks-of-one-byte", member(
    ONE, b"".join(stored(ONE[at : at + 1], at == len(ONE) - 1) for at in range(len(ONE)))), 1)
  accept("stored-blocks-empty-between", member(
    ONE, stored(b"", False) + stored(ONE[:9], False) + stored(b"", False) + stored(ONE[9:])), 1)
  accept("stored-then-fixed", member(ONE + TWO, stored(ONE, False) + deflate(TWO, 9, zlib.Z_FIXED)), 2)
  coder = zlib.compressobj(9, zlib.DEFLATED, -15)
  flushed = b"".join(
    coder.compress(many[at : at + 700]) + coder.flush(zlib.Z_SYNC_FLUSH)
    for at in range(0, len(many), 700)
  ) + coder.flush()
  accept("flushed-now-and-then", member(many, flushed), 400)
  accept("nothing", member(b""), 0)
  accept("nothing-stored", member(b"", stored(b"")), 0)
  accept("line-break-only", member(b"\n"), 0, b"\n")
  accept("no-line-break-at-the-end", member(ONE[:-1]), 0, ONE[:-1])
  accept("byte-order-mark", member(b"\xef\xbb\xbf" + ONE), 0, b"\xef\xbb\xbf" + ONE)
  accept("csv", member(b"Action,RayID\nblock,1\n"), 0, b"Action,RayID\nblock,1\n")
  accept("array", member(b"[" + ONE.strip() + b"]"), 0, b"[" + ONE.strip() + b"]")

  name, comment, extra = b"events.log\0", b"of today\0", struct.pack("<H", 6) + b"AB\x02\0xy"
  accept("header-text-flag", member(ONE, head=header(1)), 1)
  accept("header-extra", member(ONE, head=header(4, extra=extra)), 1)
  accept("header-extra-empty", member(ONE, head=header(4, extra=b"\0\0")), 1)
  accept("header-extra-longest", member(
    ONE, head=header(4, extra=struct.pack("<H", 65_535) + bytes(65_535))), 1)
  accept("header-name", member(ONE, head=header(8, extra=name)), 1)
  accept("header-name-empty", member(ONE, head=header(8, extra=b"\0")), 1)
  accept("header-comment", member(ONE, head=header(16, extra=comment)), 1)
  whole = header(31 & ~1, extra=extra + name + comment)
  accept("header-all-with-crc", member(
    ONE, head=whole + struct.pack("<H", zlib.crc32(whole) & 0xFFFF)), 1)
  accept("header-time-and-system", member(ONE, head=header(time=0xFFFFFFFF, system=255)), 1)

  accept("two-members", member(ONE) + member(TWO), 2)
  accept("members-of-each-line", b"".join(member(lines(n, n)) for n in range(1, 301)), 300)
  accept("members-of-each-byte", b"".join(member(ONE[at : at + 1]) for at in range(len(ONE))), 1)
  accept("members-empty-around", member(b"") * 3 + member(ONE) + member(b"") + member(TWO) + member(b""), 2)
  accept("members-split-a-line", member(ONE[:11]) + member(ONE[11:]), 1)
  split = '{"Action":"é😀"}\n'.encode()
  accept("members-split-a-character", member(split[:12]) + member(split[12:15]) + member(split[15:]), 0,
         split)
  accept("members-of-different-kinds", member(ONE, stored(ONE)) + member(TWO, deflate(TWO, 9, zlib.Z_FIXED))
         + member(lines(3, 400)), 400)
  accept("zeros-at-the-end", member(ONE) + bytes(600), 1)
  accept("one-zero-at-the-end", member(ONE) + b"\0", 1)
  accept("zeros-between-members", member(ONE) + bytes(512) + member(TWO) + bytes(70_000), 2)
  accept("plain-text", ONE + TWO, 2)
  accept("plain-text-empty", b"", 0)


def broken():
  one = member(ONE)
  size = len(one)
  # Two bytes make it gzip; one does not, and is a text that is no JSON.
  for length in (2, 3, 9):
    reject(f"cut-in-the-header-at-{length}", one[:length], 0, b"", ENDS, length)
  reject("cut-behind-the-header", one[:10], 0, b"", ENDS, 10)
  named = member(ONE, head=header(8, extra=b"events.log\0"))
  reject("cut-in-the-name", named[:15], 0, b"", ENDS, 15)
  extra = member(ONE, head=header(4, extra=struct.pack("<H", 6) + b"AB\x02\0xy"))
  reject("cut-in-the-extra", extra[:14], 0, b"", ENDS, 14)
  block = member(ONE + TWO, stored(ONE, False) + stored(TWO))
  cut = 10 + 5 + len(ONE) + 5
  reject("cut-in-the-data", block[: cut + 12], 1, TWO[:12], ENDS, cut + 12)
  reject("cut-between-lines", block[:cut], 1, b"", ENDS, cut)
  reject("cut-in-a-block-header", block[: cut - 2], 1, b"", ENDS, cut - 2)
  reject("cut-before-the-crc", one[:-8], 1, b"", ENDS, size - 8)
  reject("cut-in-the-crc", one[:-6], 1, b"", ENDS, size - 6)
  reject("cut-in-the-length", one[:-1], 1, b"", ENDS, size - 1)
  reject("second-member-cut", one + member(TWO)[:-3], 2, b"", ENDS, size + len(member(TWO)) - 3)
  reject("second-member-cut-in-the-header", one + member(TWO)[:5], 1, b"", ENDS, size + 5)
  reject("second-member-cut-at-the-first-byte", one + b"\x1f", 1, b"", ENDS, size + 1)

  reject("crc-wrong", header() + deflate(ONE) + trailer(ONE, crc=1), 1, b"", DAMAGED)
  reject("crc-of-another-member", header() + deflate(ONE) + trailer(TWO), 1, b"", DAMAGED)
  reject("length-wrong", header() + deflate(ONE) + trailer(ONE, size=7), 1, b"", DAMAGED)
  reject("length-zero", header() + deflate(ONE) + trailer(ONE, size=0), 1, b"", DAMAGED)
  reject("second-member-crc-wrong", one + header() + deflate(TWO) + trailer(TWO, crc=1), 2, b"", DAMAGED)
  reject("first-member-crc-wrong", header() + deflate(ONE) + trailer(ONE, crc=1) + member(TWO), 1, b"",
         DAMAGED)
  reject("crc-and-length-missing", header() + deflate(ONE) + member(TWO), 1, b"", DAMAGED)

  reject("method-7", member(ONE, head=header(method=7)), 0, b"", DAMAGED)
  reject("method-0", member(ONE, head=header(method=0)), 0, b"", DAMAGED)
  for bit in (5, 6, 7):
    reject(f"reserved-flag-{bit}", member(ONE, head=header(1 << bit)), 0, b"", DAMAGED)
  reject("header-crc-wrong", member(ONE, head=header(2, extra=b"\1\2")), 0, b"", DAMAGED)
  reject("block-type-3", header() + bits("1 11") + trailer(b""), 0, b"", DAMAGED)
  bad = bytearray(stored(ONE))
  bad[3] ^= 1
  reject("stored-length-wrong", header() + bytes(bad) + trailer(ONE), 0, b"", DAMAGED)
  reject("stored-length-too-large", header() + struct.pack("<BHH", 1, 500, 500 ^ 0xFFFF) + ONE,
         1, b"", ENDS, 10 + 5 + len(ONE))
  # Length 3 (0000001), distance 1 (00000) with nothing before it.
  reject("distance-too-far", header() + bits("1 10 0000001 00000 0000000") + trailer(b""), 0, b"", DAMAGED)
  # Symbols 286 and distance 30 do not exist.
  reject("length-symbol-286", header() + bits("1 10 11000110 00000") + trailer(b""), 0, b"", DAMAGED)
  reject("distance-symbol-30", header() + bits("1 10 00110000 0000001 11110") + trailer(b""), 0, b"\0",
         DAMAGED)
  # 31 + 257 length codes are too many; four codes of one bit, too.
  reject("too-many-length-codes", header() + bits("1 01 11111 00000 0000" + "0" * 64) + trailer(b""), 0,
         b"", DAMAGED)
  reject("code-lengths-too-many", header() + bits("1 01 00000 00000 0000" + "100" * 4 + "0" * 64)
         + trailer(b""), 0, b"", DAMAGED)
  reject("damage-behind-good-blocks", header() + stored(ONE, False) + bits("1 11") + trailer(ONE), 1, b"",
         DAMAGED)

  for name, rest in (("text", b"more"), ("a-line", TWO), ("0xff", b"\xff"), ("a-zip", b"PK\x03\x04")):
    reject(f"followed-by-{name}", one + rest, 1, b"", OTHER, size)
  reject("followed-by-zeros-and-text", one + bytes(9) + b"x", 1, b"", OTHER, size + 9)
  reject("followed-by-half-a-magic-number", one + b"\x1f\x00", 1, b"", DAMAGED)


def main():
  good()
  broken()
  with open(CORPUS / "gzip.tsv", "w", encoding="utf-8") as table:
    table.write("# Generated by Tests/Tools/generate_gzip_corpus.py: file, events, what follows them, ")
    table.write("the fault\n")
    for row in sorted(rows):
      table.write("\t".join(row) + "\n")


if __name__ == "__main__":
  main()
