"""Inputs made to exhaust memory or time: each yields pieces of about `size` bytes together."""

import zlib

PIECE = 1 << 20


def repeated(text, size, head=b"", tail=b""):
    """`head`, then `text` again and again, then `tail`."""
    if head:
        yield head
    block = text * max(1, PIECE // len(text))
    for _ in range(size // len(block)):
        yield block
    rest = text * (size % len(block) // len(text))
    if rest:
        yield rest
    if tail:
        yield tail


def compressed(pieces):
    """The pieces as one gzip member."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    for piece in pieces:
        if packed := packer.compress(piece):
            yield packed
    yield packer.flush()


def numbered(template, size):
    """Copies of a template with a number of twelve digits in the place of `%`."""
    head, tail = template.split(b"%")
    length = len(head) + len(tail) + 12
    numbers = range(size // length)
    for start in range(0, len(numbers), 10_000):
        yield b"".join(b"%b%012d%b" % (head, n, tail) for n in numbers[start : start + 10_000])


def keys(size, name):
    """One record; `name` has a number in it, or what is the same for all."""
    yield b'{"Action":"block","MatchIndex":0'
    yield from numbered(b',"%b":1' % name, size)
    yield b"}\n"


def long_names(size, length):
    """Records with one unknown name each, of that length."""
    for number in range(max(1, size // length)):
        yield b'{"Action":"log","%012d' % number
        yield b"n" * (length - 50)
        yield b'":1}\n'


def unfinished_lines(size):
    """Lines that each begin a record, none of which ends: where reading resumes, it does so again."""
    while size > 0:
        yield b'{"a":[\n' * 60
        filler = b"[1,2,3,4,5,6,7],\n" * 60_000
        yield filler
        size -= len(filler)


def columns(size):
    """CSV with very many columns, in the header and in each row."""
    yield b"Action,MatchIndex," + b",".join(b"C%d" % n for n in range(5_000)) + b"\n"
    yield from repeated(b"block,0" + b",1" * 5_000 + b"\n", size)


def addresses(size):
    """Blocked requests, each from an address of its own."""
    event = b'{"Action":"block","ClientIP":"2001:db8::%x:%x","Datetime":%d}\n'
    for start in range(0, size // 70, 10_000):
        yield b"".join(
            event % (n >> 16, n & 0xFFFF, 1_657_630_626 + n) for n in range(start, start + 10_000)
        )
