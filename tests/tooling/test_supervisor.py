"""The supervisor with real processes: what dies comes back, what is told to stop stops."""

import os
import signal
import subprocess
import sys
import time

import pytest

from migracidades.supervisor import Child

pytestmark = pytest.mark.faults

# Writes its own number and that of a child of its own, then waits.
FAMILY = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
with open(sys.argv[1] + ".new", "w") as file:
    file.write(f"{os.getpid()} {child.pid}")
os.rename(sys.argv[1] + ".new", sys.argv[1])
time.sleep(60)
"""
SUPERVISED = """
import sys
from migracidades.supervisor import Child, Supervisor
Supervisor([Child(name, [sys.executable, "-c", sys.argv[1], name]) for name in sys.argv[2:]]).run()
"""


def eventually(fact, within=15.0):
    until = time.monotonic() + within
    while time.monotonic() < until:
        if found := fact():
            return found
        time.sleep(0.05)
    raise AssertionError("it did not happen in time")


def is_alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def family(path):
    return eventually(lambda: path.exists() and [int(pid) for pid in path.read_text().split()])


def new_family(path, old):
    return eventually(lambda: (pids := family(path)) != old and pids)


@pytest.fixture
def supervised(tmp_path):
    """A supervisor over two families, each known by the file it writes."""
    files = [tmp_path / "web", tmp_path / "worker"]
    process = subprocess.Popen(
        [sys.executable, "-c", SUPERVISED, FAMILY, *map(str, files)], process_group=0, stderr=subprocess.DEVNULL
    )
    yield process, files
    process.terminate()
    process.wait(timeout=60)


def test_killed_child_comes_back_and_leaves_no_orphan(supervised):
    _, (web, worker) = supervised
    before, untouched = family(web), family(worker)
    os.kill(before[0], signal.SIGKILL)
    after = new_family(web, before)
    assert is_alive(after[0])
    assert not is_alive(before[1])
    assert family(worker) == untouched
    assert is_alive(untouched[0])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_ends_everybody(supervised, number):
    process, files = supervised
    pids = [pid for path in files for pid in family(path)]
    process.send_signal(number)
    assert process.wait(timeout=30) == 0
    eventually(lambda: not any(is_alive(pid) for pid in pids))


def test_killed_supervisor_leaves_nobody_in_charge_of_the_port(supervised):
    process, files = supervised
    leaders = [family(path)[0] for path in files]
    process.kill()
    process.wait()
    eventually(lambda: not any(is_alive(pid) for pid in leaders))
    for path in files:  # grandchildren of this test's own making
        os.killpg(family(path)[0], signal.SIGKILL)


def test_child_that_dies_young_is_not_started_in_a_tight_loop(tmp_path):
    marks = tmp_path / "marks"
    child = Child("broken", [sys.executable, "-c", f"open({str(marks)!r}, 'a').write('x')"])
    until = time.monotonic() + 4
    while time.monotonic() < until:
        child.look_after()
        time.sleep(0.02)
    assert 2 <= len(marks.read_text()) <= 5
