"""Keeps the embedded portal's processes alive: starts them, starts again whichever dies, stops all when told to."""

import ctypes
import logging
import os
import signal
import subprocess
import sys
import time

logger = logging.getLogger(__name__)

LIVED_WELL = 10.0  # seconds after which a death is taken for an accident, not for a wrong setting
LONGEST_PAUSE = 30.0
PATIENCE = 25.0  # seconds a process gets to finish what it is doing
PR_SET_PDEATHSIG = 1


class Child:
    """One process with those it starts itself, in a process group of its own."""

    def __init__(self, name, command):
        self.name = name
        self.command = command
        self.process = None
        self.started_at = 0.0
        self.failures = 0
        self.start_at = 0.0

    def start(self):
        self.process = subprocess.Popen(self.command, process_group=0, preexec_fn=_end_with_parent)  # noqa: S603, PLW1509
        self.started_at = time.monotonic()

    @property
    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def look_after(self):
        """Start it when it is not there; wait longer each time it dies young."""
        if self.is_running:
            return
        if self.process is not None:
            self._bury()
        if time.monotonic() >= self.start_at:
            self.start()

    def _bury(self):
        lived = time.monotonic() - self.started_at
        logger.warning("%s ended (%s) after %.0f s, starting it again", self.name, self.process.returncode, lived)
        self.failures = 0 if lived > LIVED_WELL else self.failures + 1
        pause = min(2 ** (self.failures - 1), LONGEST_PAUSE) if self.failures > 1 else 0
        self.start_at = time.monotonic() + pause
        # Its own children may have outlived it: two schedules, or a port still held.
        self.end_group(patience=5)
        self.process = None

    def tell(self, number):
        if self.process is not None:
            _signal_group(self.process.pid, number)

    def end_group(self, patience):
        """Ask what is left of the group to end, then make it."""
        group = self.process.pid
        until = time.monotonic() + patience
        while _signal_group(group, signal.SIGTERM) and time.monotonic() < until:
            self.process.poll()
            time.sleep(0.1)
        _signal_group(group, signal.SIGKILL)
        self.process.wait()


class Supervisor:
    def __init__(self, children):
        self.children = children
        self.stopping = False

    def run(self, on_start=None):
        """Look after the children until SIGTERM or SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        for child in self.children:
            child.start()
        if on_start:
            on_start(self)
        while not self.stopping:
            for child in self.children:
                child.look_after()
            time.sleep(0.2)
        self._end()

    def _stop(self, number, frame):
        self.stopping = True

    def _end(self):
        for child in self.children:
            child.tell(signal.SIGTERM)
        until = time.monotonic() + PATIENCE
        while any(child.is_running for child in self.children) and time.monotonic() < until:
            time.sleep(0.1)
        for child in self.children:
            if child.process is not None:
                child.end_group(patience=1)


def _signal_group(group, number):
    """Whether there was anybody left to tell."""
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return False
    except PermissionError:  # only the dead are left
        return False
    return True


def _end_with_parent():
    """A supervisor killed outright must not leave a server behind that holds the port (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
