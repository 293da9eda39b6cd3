"""A pseudo-terminal: the program is talked to as a person would."""

import os
import re
import select
import signal
import sys
import time
from pathlib import Path
from types import TracebackType

import pytest

pty = pytest.importorskip("pty", reason="pseudo-terminals are a matter of Unix")
PATIENCE = 60.0
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_WHERE_IS_THE_CURSOR, _THERE = b"\x1b[6n", b"\x1b[1;1R"


class Terminal:
    """A program at a terminal of 100 columns; ``shown`` is what stands on it, without colours."""

    def __init__(self, folder: Path, *arguments: str, **environment: str) -> None:
        self.written = b""
        self.seen = 0
        self.code: int | None = None
        self.pid, self.handle = pty.fork()
        if self.pid == 0:  # pragma: no cover - the child
            os.chdir(folder)
            os.environ.update(TERM="xterm", COLUMNS="100", LINES="40", **environment)
            os.execv(sys.executable, [sys.executable, "-m", "diagnost", *arguments])

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.code is None:
            self.kill()
        os.close(self.handle)

    @property
    def shown(self) -> str:
        """Return all that was shown so far."""
        text = self.written.decode(errors="replace").replace("\r", "")
        return _ESCAPES.sub("", text)

    def _read(self) -> bool:
        """Take what is written; False once the program has ended."""
        ready, _, _ = select.select([self.handle], [], [], 0.1)
        if not ready:
            return True
        try:
            found = os.read(self.handle, 65536)
        except OSError:
            return False
        if _WHERE_IS_THE_CURSOR in found:
            os.write(self.handle, _THERE)
        self.written += found
        return bool(found)

    def answer(self, question: str, keys: str) -> None:
        """Wait for a question after all that was answered, then press keys."""
        end = time.monotonic() + PATIENCE
        while question not in self.shown[self.seen :]:
            assert time.monotonic() < end, f"{question!r} is not asked in: {self.shown}"
            assert self._read(), f"ended before {question!r}: {self.shown}"
        self.seen += self.shown[self.seen :].index(question) + len(question)
        os.write(self.handle, keys.encode())

    def end(self) -> int:
        """Wait for the end and return the exit code."""
        limit = time.monotonic() + PATIENCE
        while self._read():
            assert time.monotonic() < limit, f"does not end: {self.shown}"
        _, status = os.waitpid(self.pid, 0)
        self.code = os.waitstatus_to_exitcode(status)
        return self.code

    def kill(self) -> None:
        """End the program as a power cut would."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self.code = -signal.SIGKILL
