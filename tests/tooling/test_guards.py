"""The guards of the suite itself."""

import socket

import pytest


def test_no_test_reaches_beyond_this_machine():
    with socket.socket() as line, pytest.raises(AssertionError, match=r"192\.0\.2\.1"):
        line.connect(("192.0.2.1", 80))
