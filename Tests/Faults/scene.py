"""A directory of its own for one fault point, the command in it, and what must hold afterwards."""

import json
import os
import resource
import shutil
import signal
import subprocess
import tempfile
import threading


class Failed(Exception):
    """Something does not hold."""


class Impossible(Exception):
    """The fault cannot be made here; the text says why."""


EVENT = (
    b'{"Action":"block","ClientIP":"203.0.113.28","ClientRequestHost":"foo-bar.example.com",'
    b'"Datetime":1657630626219000000,"RayID":"7299f155dda47d6b"}\n'
)
OLD = b"old\n"


class Outcome:
    def __init__(self, status, output, error, usage):
        self.status = status
        self.output = output
        self.error = error
        self.peak = usage.ru_maxrss * 1024
        self.seconds = usage.ru_utime + usage.ru_stime


class Scene:
    def __init__(self, command, random):
        self.command = command
        self.random = random
        self.directory = tempfile.mkdtemp(prefix="cf-ecs-faults-")
        # An account without rights must reach it.
        os.chmod(self.directory, 0o755)

    def close(self):
        shutil.rmtree(self.directory, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.directory, name)

    def write(self, name, content):
        with open(self.path(name), "wb") as file:
            file.write(content)

    def read(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def names(self):
        return sorted(os.listdir(self.directory))

    def start(self, *arguments, limits=None, **options):
        """Starts the command as a shell would (Popen restores the signals), without core files."""

        def prepare():
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            # A shell ignores these for what it runs in the background, and the command would, too.
            for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
                signal.signal(number, signal.SIG_DFL)
            if limits:
                limits()

        options = {
            "stdin": subprocess.DEVNULL,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
        } | options
        command = options.pop("command", [self.command])
        return subprocess.Popen(
            [*command, *arguments], cwd=self.directory, preexec_fn=prepare, **options
        )

    def run(self, *arguments, feed=None, take=None, timeout=120, **options):
        """Runs the command to its end. Threads write the pieces of `feed`, and read; `take` gets the
        stream of standard output, which is kept otherwise."""
        if feed is not None:
            options["stdin"] = subprocess.PIPE
        process = self.start(*arguments, **options)
        parts = {"stdout": b"", "stderr": b""}

        def drain(name):
            stream = getattr(process, name)
            if stream is not None:
                parts[name] = take(stream) if take and name == "stdout" else stream.read()
                stream.close()

        def supply():
            try:
                for piece in [feed] if isinstance(feed, bytes) else feed:
                    process.stdin.write(piece)
                    process.stdin.flush()
            except BrokenPipeError:
                pass
            try:
                process.stdin.close()
            except BrokenPipeError:
                pass

        threads = [threading.Thread(target=drain, args=(name,)) for name in parts]
        if feed is not None:
            threads.append(threading.Thread(target=supply))
        alarm = threading.Timer(timeout, process.kill)
        alarm.start()
        for thread in threads:
            thread.start()
        _, code, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(code)
        alarm.cancel()
        for thread in threads:
            thread.join()
        return Outcome(process.returncode, parts["stdout"], parts["stderr"], usage)

    # What must hold.

    def expect(self, condition, reason):
        if not condition:
            raise Failed(reason)

    def expect_status(self, outcome, *statuses):
        self.expect(
            outcome.status in statuses,
            f"status {outcome.status}, not {' or '.join(map(str, statuses))}; "
            f"standard error: {outcome.error[-300:]!r}",
        )

    def expect_error(self, outcome, text):
        self.expect(text in outcome.error, f"standard error {outcome.error[-300:]!r} lacks {text!r}")

    def expect_lines(self, output):
        """Whole documents only, each valid JSON."""
        self.expect(output == b"" or output.endswith(b"\n"), f"a cut line: {output[-60:]!r}")
        for line in output.splitlines():
            try:
                json.loads(line)
            except ValueError:
                raise Failed(f"no whole document: {line[:80]!r}") from None

    def expect_names(self, *names):
        """Nothing but these files: no temporary one either."""
        self.expect(self.names() == sorted(names), f"files {self.names()}")

    def expect_sums(self, statistics, detects=False):
        """Conservation. Alerts are no documents, so there the events are what is left."""
        counts = json.loads(statistics)
        outcome = counts["documents"] + counts["rejected"] + counts["skipped"]
        holds = outcome <= counts["records"] if detects else outcome == counts["records"]
        self.expect(holds, f"the counts do not add up: {counts}")
        return counts

    def unprivileged(self):
        """The beginning of a command line for an account without rights."""
        if os.geteuid() != 0:
            return [self.command]
        if shutil.which("setpriv") is None:
            raise Impossible("root may do everything, and there is no setpriv")
        prefix = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs"]
        probe = subprocess.run([*prefix, self.command, "--version"], capture_output=True)
        if probe.returncode != 0:
            raise Impossible("another account cannot run the command where it lies")
        return [*prefix, self.command]
