"""Control characters from the input, on a terminal."""

import os
import pty
import re
import threading

from scene import EVENT

# U+001B, BEL, backspace, DEL, NEL, CSI (U+009B), OSC (U+009D), and bidirectional controls.
ATTACK = "\x1b[2J\x07\x08\x7f\x85\x9b2J\x9d0;x\x9c\u061c\u200e\u200f\u202a\u202e\u2066\u2069\u2028"
HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
# What the command itself sends: the end of a progress line, and the colours of indented documents, none
# of which is in the attack; and the terminal's own line ends.
OWN = re.compile("\r\x1b\\[K|\x1b\\[(?:0|32|33|34|90)m|\r\n")


def shown(scene, *arguments, feed=None):
    """What a terminal gets from both outputs."""
    terminal, end = pty.openpty()
    got = bytearray()

    def read():
        try:
            while piece := os.read(terminal, 1 << 16):
                got.extend(piece)
        except OSError:
            pass  # The other end is closed.

    reader = threading.Thread(target=read)
    reader.start()
    scene.run(*arguments, stdout=end, stderr=end, feed=feed)
    os.close(end)
    reader.join()
    os.close(terminal)
    return got.decode()


def expect_harmless(scene, text, what):
    found = HARMFUL.search(OWN.sub("", text))
    scene.expect(found is None, f"{what}: {found and found.group()!r} in {text[:300]!r}")


def attack():
    """An event with control characters in its values and its names, raw where JSON allows it."""
    raw = "".join(c if c >= " " else f"\\u{ord(c):04x}" for c in ATTACK)
    escaped = "".join(f"\\u{ord(c):04x}" for c in ATTACK)
    return (
        '{"Action":"block","ClientIP":"203.0.113.28","Datetime":1657630626219000000,'
        f'"ClientRequestPath":"/.env{raw}","ClientRequestHost":"{escaped}","RuleID":"{raw}",'
        f'"Description":"{raw}","UserAgent":"sqlmap{raw}","{raw}":"{raw}","Metadata":{{"{raw}":1}}}}\n'
    ).encode()


def documents_and_messages(scene):
    scene.write("in", attack() + f"oops{ATTACK}\n".encode() + b'{"Action":"\xff\x9b"}\n')
    name = "file" + ATTACK.replace("\x00", "")
    scene.write(name, attack() + f"{ATTACK}\n".encode())
    scene.write("feed", f"192.0.2.1\nnonsense {ATTACK}\n".encode())
    forms = [
        ["in"], ["-f", "pretty", "in"], ["-f", "bulk", "--index", ATTACK, "in"],
        ["-p", "elastic", "in"], ["-p", "elastic", "--namespace", ATTACK, "in"],
        [name, "--stats", "-"], [f"no{name}"], ["in", "--rejects", "/dev/stdout"],
        ["in", "--rejects", "/dev/stderr", "--stats", "/dev/stderr", "-o", "/dev/null"],
        ["in", "-o", f"no/{name}"], ["in", "-o", name, "--rejects", name],
        ["detect", "in"], ["detect", "-f", "summary", "in"], ["detect", "-f", "navigator", "in"],
        ["detect", "--iocs", "feed", "in"], ["detect", "--rule", ATTACK, "in"],
        ["detect", "--iocs", f"no{name}", "in"],
        ["--" + ATTACK], ["-f", ATTACK], [ATTACK], ["mapping", ATTACK],
        ["template", "--pattern", ATTACK], ["template"], ["mapping"], ["mapping", "-f", "tsv"],
        ["rules"], ["--help"], ["logpush", "fields"], ["logpush", "fields", "--check", "in"],
        ["logpush", "job", "--fields", ATTACK], ["logpush", "job", "--name", ATTACK],
        ["logpush", "job", "--filter", ATTACK], ["logpush", "job", "--" + ATTACK],
    ]
    for arguments in forms:
        expect_harmless(scene, shown(scene, *arguments), " ".join(arguments[:3]))
    return f"{len(forms)} command lines"


def progress(scene):
    """The progress line has the file's name."""
    name = "slow" + ATTACK.replace("\x00", "")
    os.mkfifo(scene.path(name))

    def supply():
        import time

        with open(scene.path(name), "wb", buffering=0) as pipe:
            for _ in range(3):
                pipe.write(EVENT)
                time.sleep(0.6)

    writer = threading.Thread(target=supply)
    writer.start()
    text = shown(scene, "--progress", "-o", "/dev/null", name)
    writer.join()
    scene.expect("slow" in text, f"no progress: {text!r}")
    expect_harmless(scene, text, "progress")


def documents_stay_json(scene):
    """On a terminal or not: no value breaks out of its string, and all say the same."""
    import json

    lines = [attack()]
    for character in [*map(chr, range(0x20)), '"', "\\", "\x7f", "\x80", "\u2028", "\ud800"]:
        text = json.dumps(f'x{character}","Action":"allow')
        lines.append(b'{"Action":"block","MatchIndex":0,"UserAgent":%s,"Own":%s}\n' % ((text.encode(),) * 2))
    scene.write("in", b"".join(lines))
    for profile in ["sekoia", "elastic"]:
        plain = scene.run("-p", profile, "in").output.decode().splitlines(keepends=False)
        on_screen = shown(scene, "-q", "-p", profile, "in").replace("\r\n", "\n").split("\n")[:-1]
        plain = [line for line in "\n".join(plain).split("\n") if line]
        documents = [json.loads(line) for line in scene.run("-p", profile, "in").output.split(b"\n") if line]
        scene.expect(len(documents) == len(lines), f"{len(documents)} documents")
        scene.expect([json.loads(line) for line in on_screen] == documents, "the screen differs")
        for document in documents:
            scene.expect(document["event"]["action"] == "block", f"broken out: {document}")


POINTS = [documents_and_messages, progress, documents_stay_json]
