"""Inputs that are not there, cannot be read, change, or come a byte at a time."""

import gzip
import os
import pty
import signal
import threading
import time

from scene import EVENT

DOCUMENTS = 50


def missing_among_good(scene):
    """A vanished file, a directory, an unreadable one, among good ones."""
    scene.write("a", EVENT)
    scene.write("b", EVENT)
    one = scene.run("a").output
    os.mkdir(scene.path("empty"))
    outcome = scene.run("a", "vanished", "empty", "b", "a/b", "--stats", "stats", "-o", "out")
    scene.expect_status(outcome, 1)
    scene.expect_error(outcome, b"vanished: No such file or directory")
    scene.expect_error(outcome, b"a/b: Not a directory")
    scene.expect(scene.read("out") == one * 2, "documents differ")
    scene.expect_sums(scene.read("stats"))


def unreadable(scene):
    command = scene.unprivileged()
    os.mkdir(scene.path("logs"))
    for name in "abc":
        scene.write(f"logs/{name}", EVENT)
    os.mkdir(scene.path("logs/names"))
    scene.write("logs/names/d", EVENT)
    os.mkdir(scene.path("logs/shut"))
    os.chmod(scene.path("logs/b"), 0)
    # Its names may be read, its files not; and not even the names.
    os.chmod(scene.path("logs/names"), 0o744)
    os.chmod(scene.path("logs/shut"), 0o700)
    outcome = scene.run("logs", "--stats", "-", command=command)
    scene.expect_status(outcome, 1)
    for name in ["logs/b", "logs/names/d", "logs/shut"]:
        scene.expect_error(outcome, f"{name}: Permission denied".encode())
    scene.expect(outcome.output == scene.run("logs/a").output * 2, "documents differ")
    scene.expect_sums(outcome.error[outcome.error.index(b"{"):])


def read_errors(scene):
    """A file whose reading fails: the memory of a process, at an address that is not there."""
    scene.write("a", EVENT)
    outcome = scene.run("a", "/proc/self/mem", "a")
    scene.expect_status(outcome, 1)
    scene.expect_error(outcome, b"/proc/self/mem: Input/output error")
    scene.expect(outcome.output == scene.run("a").output * 2, "documents differ")


def vanishing(scene):
    """Files that go away, or are cut, while they are read."""
    scene.write("large", EVENT * 100_000)
    documents = scene.run("large").output
    for action in [os.unlink, lambda path: os.truncate(path, 1_000_003)]:
        scene.write("large", EVENT * 100_000)
        # Without a buffer: communicate() reads past it, and how large it is depends on Python.
        process = scene.start("large", "--stats", "-", bufsize=0)
        first = process.stdout.read(1 << 16)
        action(scene.path("large"))
        output, error = process.communicate(timeout=60)
        scene.expect(process.returncode in [0, 1], f"status {process.returncode}")
        output = first + output
        scene.expect_lines(output)
        scene.expect(documents.startswith(output), "documents differ")
        scene.expect_sums(error[error.index(b'{"files"'):])


def standard_input_closed(scene):
    outcome = scene.run("-c", 'exec "$0" 0<&-', scene.command, command=["bash"])
    scene.expect_status(outcome, 1)
    scene.expect_error(outcome, b"standard input: Bad file descriptor")


def one_byte_at_a_time(scene):
    """One-byte reads: each byte of a pipe comes alone, plain and gzip."""
    text = EVENT * DOCUMENTS + b"oops\n" + EVENT[:-1]
    scene.write("in", text)
    expected = scene.run("in").output
    for form, content in [("plain", text), ("gzip", gzip.compress(text) * 2)]:
        pieces = (content[index : index + 1] for index in range(len(content)))
        outcome = scene.run(
            "-j", "4", "--stats", "stats", feed=pieces, bufsize=0, timeout=60
        )
        scene.expect_status(outcome, 1)
        repeated = expected * (1 if form == "plain" else 2)
        # The last record and the first of the next member stand on one line.
        scene.expect(outcome.output == repeated, f"{form}: documents differ")
        scene.expect_sums(scene.read("stats"))


def one_byte_writes(scene):
    """A pipe of one page that is read a byte at a time."""
    import fcntl

    scene.write("in", EVENT * DOCUMENTS)
    expected = scene.run("in").output
    process = scene.start("in", bufsize=0)
    fcntl.fcntl(process.stdout.fileno(), 1031, 4096)
    got = bytearray()
    while byte := os.read(process.stdout.fileno(), 1):
        got += byte
    scene.expect(process.wait() == 0, f"status {process.returncode}")
    scene.expect(bytes(got) == expected, "documents differ")


def stopped_and_continued(scene):
    """A job that is stopped and goes on, with calls that this interrupts."""
    import signal

    scene.write("in", EVENT * 20_000)
    expected = scene.run("in").output
    process = scene.start("-j", "2", "in")
    got = []
    reader = threading.Thread(target=lambda: got.append(process.stdout.read()))
    for number in range(8):
        process.send_signal(signal.SIGSTOP)
        process.send_signal(signal.SIGURG)
        process.send_signal(signal.SIGCONT)
        if number == 4:
            reader.start()
        time.sleep(0.01)
    reader.join()
    scene.expect(process.wait() == 0, f"status {process.returncode}")
    scene.expect(got == [expected], "documents differ")


def typed_on_a_terminal(scene):
    """Lines typed on a terminal, an end of file (^D), an interrupt (^C)."""
    expected = scene.run(feed=EVENT).output
    # A terminal shows no U+000D that it did not add itself.
    for last, status in [(b"\x04", 0), (b"\x03", 130)]:
        pid, terminal = pty.fork()
        if pid == 0:
            # Whoever runs this in the background has it ignored.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.chdir(scene.directory)
            os.execv(scene.command, [scene.command, "-q"])
        os.write(terminal, EVENT)
        shown = b""
        while expected.strip() not in shown:
            shown += os.read(terminal, 4096)
        os.write(terminal, last)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        os.close(terminal)
        scene.expect(code == status, f"status {code}, not {status}")


POINTS = [
    missing_among_good, unreadable, read_errors, vanishing, standard_input_closed,
    one_byte_at_a_time, one_byte_writes, stopped_and_continued, typed_on_a_terminal,
]
