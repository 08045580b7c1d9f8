"""Outputs that cannot be written, or are not what they seem."""

import os
import resource
import socket
import stat
import subprocess
import threading

from scene import EVENT, OLD, Impossible

COUNT = 3000


def given(scene, count=COUNT):
    """An input, an old output; returns what the output is to be."""
    scene.write("in", EVENT * count)
    scene.write("out", OLD)
    return scene.run("in").output


def closed_standard_output(scene):
    given(scene)
    for redirection in ["1>&-", "0<&- 1>&-", "0<&- 1>&- 2>&-"]:
        outcome = scene.run(
            "-c", f'exec "$0" in {redirection}', scene.command, command=["bash"]
        )
        scene.expect_status(outcome, 3)
        scene.expect(outcome.output == b"", "something was written")
    for command in ["mapping", "rules", "template", "--help", "--version"]:
        outcome = scene.run("-c", f'exec "$0" {command} 1>&-', scene.command, command=["bash"])
        scene.expect_status(outcome, 3)
        scene.expect_error(outcome, b"standard output: Bad file descriptor")
    scene.expect_names("in", "out")


def closed_standard_error(scene):
    expected = given(scene)
    scene.write("mixed", EVENT + b"oops\n" + EVENT)
    outcome = scene.run("-c", 'exec "$0" mixed --stats - -o out 2>&-', scene.command, command=["bash"])
    scene.expect_status(outcome, 1)
    scene.expect(scene.read("out") == expected[: len(expected) // COUNT] * 2, "documents differ")
    scene.expect_names("in", "mixed", "out")


def reader_gone(scene):
    given(scene, 60_000)
    scene.write("mixed", (EVENT + b"oops\n") * 20_000)
    outcome = scene.run(
        "-c",
        '"$0" -q -j 2 --stats stats --rejects rejects mixed 2>error | head -n 1; '
        "exit ${PIPESTATUS[0]}",
        scene.command,
        command=["bash"],
    )
    scene.expect_status(outcome, 0)
    scene.expect_lines(outcome.output)
    scene.expect_lines(scene.read("rejects"))
    # What was done until then is told.
    scene.expect_sums(scene.read("stats"))
    scene.expect_names("error", "in", "mixed", "out", "rejects", "stats")


def full_device(scene):
    given(scene)
    scene.write("mixed", EVENT * COUNT + b"oops\n")
    for arguments in [
        ["in", "-o", "/dev/full"],
        ["mixed", "-o", "out", "--rejects", "/dev/full"],
        ["in", "-o", "out", "--stats", "/dev/full"],
    ]:
        outcome = scene.run(*arguments)
        scene.expect_status(outcome, 3)
        scene.expect_error(outcome, b"/dev/full: No space left on device")
        scene.expect(scene.read("out") == OLD, "the old file is gone")
        scene.expect_names("in", "mixed", "out")
    with open("/dev/full", "wb") as full:
        outcome = scene.run("in", stdout=full)
    scene.expect_status(outcome, 3)
    scene.expect_error(outcome, b"standard output: No space left on device")


def full_file_system(scene):
    if os.geteuid() != 0:
        raise Impossible("only root can mount a small file system")
    os.mkdir(scene.path("small"))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k,mode=777", "none", scene.path("small")],
        capture_output=True,
    )
    if mounted.returncode != 0:
        raise Impossible("mount is refused here")
    try:
        given(scene)
        scene.write("small/out", OLD)
        for name in ["out", "out.gz"]:
            # A compressed file would fit: it has to be a larger one.
            inputs = ["in"] if name == "out" else ["in"] * 200
            outcome = scene.run(*inputs, "-o", f"small/{name}", "--stats", "stats")
            scene.expect_status(outcome, 3)
            scene.expect_error(outcome, f"small/{name}: No space left on device".encode())
            scene.expect(os.listdir(scene.path("small")) == ["out"], "a file is left over")
            scene.expect(scene.read("small/out") == OLD, "the old file is gone")
            scene.expect_names("in", "out", "small")
    finally:
        subprocess.run(["umount", scene.path("small")], check=True)


def file_size_limit(scene):
    expected = given(scene)
    for size in [0, 1, 4096, 100_000, len(expected) - 1]:
        limits = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        outcome = scene.run("in", "-o", "out", limits=limits)
        scene.expect_status(outcome, 3)
        scene.expect_error(outcome, b"out: File too large")
        scene.expect(scene.read("out") == OLD, "the old file is gone")
        scene.expect_names("in", "out")
    outcome = scene.run(
        "in", "-o", "out",
        limits=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (len(expected),) * 2),
    )
    scene.expect_status(outcome, 0)
    scene.expect(scene.read("out") == expected, "documents differ")


def no_permission(scene):
    command = scene.unprivileged()
    expected = given(scene)
    os.mkdir(scene.path("closed"), 0o755)
    scene.write("closed/out", OLD)
    os.mkdir(scene.path("open"))
    os.chmod(scene.path("open"), 0o777)
    scene.write("open/mine", OLD)
    os.chmod(scene.path("open/mine"), 0o444)
    for path in ["closed/new", "closed/out", "open/mine"]:
        outcome = scene.run("in", "-o", path, command=command)
        scene.expect_status(outcome, 3)
        scene.expect_error(outcome, f"{path}: Permission denied".encode())
    scene.expect(os.listdir(scene.path("closed")) == ["out"], "a file is left over")
    outcome = scene.run("in", "-o", "open/new", command=command)
    scene.expect_status(outcome, 0)
    scene.expect(scene.read("open/new") == expected, "documents differ")
    scene.expect(sorted(os.listdir(scene.path("open"))) == ["mine", "new"], "a file is left over")


def no_directory(scene):
    given(scene)
    for path, words in [
        ("nowhere/out", b"No such file or directory"),
        ("in/out", b"Not a directory"),
        (".", b"Is a directory"),
        ("x" * 300, b"File name too long"),
    ]:
        for option in ["-o", "--rejects", "--stats"]:
            outcome = scene.run("in", option, path)
            scene.expect_status(outcome, 3)
            scene.expect_error(outcome, words)
    scene.expect_names("in", "out")


def symbolic_links(scene):
    expected = given(scene)
    os.mkdir(scene.path("d"))
    os.symlink("../out", scene.path("d/link"))
    os.symlink("d/link", scene.path("second"))
    outcome = scene.run("in", "-o", "second")
    scene.expect_status(outcome, 0)
    scene.expect(os.path.islink(scene.path("second")), "the link is gone")
    scene.expect(scene.read("out") == expected, "documents differ")
    # Round and round, or to a name that cannot be read.
    os.symlink("round", scene.path("round"))
    os.symlink(b"x\xff", scene.path("odd"))
    for name in ["round", "odd"]:
        outcome = scene.run("in", "-o", name)
        scene.expect_status(outcome, 3)
    outcome = scene.run("in", "-o", b"y\xff")
    scene.expect_status(outcome, 3)
    scene.expect_names("d", "in", "odd", "out", "round", "second")
    scene.expect(os.listdir(scene.path("d")) == ["link"], "a file is left over")


def prepared_names(scene):
    """Nobody's file is written under the temporary name, and the mode is kept from others."""
    given(scene)
    os.chmod(scene.path("out"), 0o640)
    scene.write("mixed", EVENT + b"oops\n")
    outcome = scene.run("mixed", "-o", "out", "--rejects", "rejects", "--stats", "stats")
    scene.expect_status(outcome, 1)
    for name, mode in [("out", 0o640), ("rejects", 0o600), ("stats", 0o600)]:
        found = stat.S_IMODE(os.stat(scene.path(name)).st_mode)
        scene.expect(found == mode, f"{name} has the mode {found:o}")
    scene.expect_sums(scene.read("stats"))


def devices_and_pipes(scene):
    expected = given(scene)
    outcome = scene.run("in", "-o", "/dev/null", "--rejects", "/dev/null", "--stats", "/dev/null")
    scene.expect_status(outcome, 0)
    outcome = scene.run("in", "-o", "/dev/stdout")
    scene.expect(outcome.output == expected, "documents differ")
    os.mkfifo(scene.path("pipe"))
    got = []
    reader = threading.Thread(target=lambda: got.append(scene.read("pipe")))
    reader.start()
    outcome = scene.run("in", "-o", "pipe")
    reader.join()
    scene.expect_status(outcome, 0)
    scene.expect(got == [expected], "documents differ")
    scene.expect(stat.S_ISFIFO(os.stat(scene.path("pipe")).st_mode), "the pipe was replaced")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(scene.path("socket"))
        server.listen(1)
        outcome = []
        client = threading.Thread(target=lambda: outcome.append(scene.run("in", "-o", "socket")))
        client.start()
        connection, _ = server.accept()
        with connection, connection.makefile("rb") as file:
            scene.expect(file.read() == expected, "documents differ")
        client.join()
        scene.expect_status(outcome[0], 0)
    # Nobody listens any more.
    scene.expect_status(scene.run("in", "-o", "socket"), 3)
    scene.expect_names("in", "out", "pipe", "socket")


def output_is_input(scene):
    given(scene)
    text = scene.read("in")
    os.link(scene.path("in"), scene.path("hard"))
    os.symlink("in", scene.path("soft"))
    scene.write("feed", b"203.0.113.28\n")
    for arguments in [
        ["in", "-o", "in"], ["in", "-o", "hard"], ["in", "-o", "soft"], ["soft", "-o", "hard"],
        ["in", "-o", "./in"], ["in", "--rejects", "in"], ["in", "--stats", "hard"],
        ["in", "-o", "new", "--rejects", "new"], ["in", "-o", "out", "--rejects", "./out"],
        ["in", "--rejects", "new", "--stats", scene.path("new")],
        ["detect", "in", "--iocs", "feed", "-o", "feed"],
    ]:
        outcome = scene.run(*arguments)
        scene.expect_status(outcome, 2)
        scene.expect(outcome.error.count(b"\n") == 2, f"not two lines: {outcome.error!r}")
    with open(scene.path("in"), "ab") as file:
        scene.expect_status(scene.run("in", stdout=file), 2)
    with open(scene.path("in"), "rb") as file:
        scene.expect_status(scene.run("-o", "hard", stdin=file), 2)
    scene.expect(scene.read("in") == text, "the input was changed")
    scene.expect_names("feed", "hard", "in", "out", "soft")
    # In a directory, an output under whatever name is none of its inputs.
    os.mkdir(scene.path("logs"))
    scene.write("logs/a", EVENT)
    os.link(scene.path("out"), scene.path("logs/b"))
    outcome = scene.run("logs", "-o", "out", "--stats", "stats")
    scene.expect_status(outcome, 0)
    scene.expect(scene.expect_sums(scene.read("stats"))["files"] == 1, "the output was read")


POINTS = [
    closed_standard_output, closed_standard_error, reader_gone, full_device, full_file_system,
    file_size_limit, no_permission, no_directory, symbolic_links, prepared_names,
    devices_and_pipes, output_is_input,
]
