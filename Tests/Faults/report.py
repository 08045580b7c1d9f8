"""What became of each fault point: a line each, and the sums."""

import time


class Report:
    def __init__(self):
        self.passed = 0
        self.failed = 0
        self.skipped = 0
        self.began = time.monotonic()

    def passes(self, name, remark=""):
        self.passed += 1
        print(f"passed   {name}" + (f": {remark}" if remark else ""), flush=True)

    def fails(self, name, reason):
        self.failed += 1
        print(f"FAILED   {name}: {reason}", flush=True)

    def skips(self, name, reason):
        self.skipped += 1
        print(f"skipped  {name}: {reason}", flush=True)

    def close(self):
        """Prints the sums; returns the exit status."""
        seconds = time.monotonic() - self.began
        print(
            f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped, "
            f"{seconds:.0f} s"
        )
        return 1 if self.failed else 0
