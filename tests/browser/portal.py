"""The portal as a newcomer starts it: `manage.py serve` with its web server and its worker, on a port and in a folder of its own."""

import email
import email.policy
import os
import re
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90
# What the suite or a shell has set for another portal.
NOT_OURS = ("SECRET_KEY", "MEDIA_ROOT", "MEDIA_URL", "TEST_VAR_DIR", "FILE_SCANNER", "TRUSTED_PROXIES", "ALLOWED_HOSTS")


class Portal:
    """A portal that runs. `address` is where; `var` is its folder."""

    def __init__(self, var, database=None):
        self.var = Path(var)
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.database = database
        self.environment = self._environment(database)
        self.server = None

    def _environment(self, database):
        kept = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
        facts = {
            "DJANGO_SETTINGS_MODULE": "migracidades.settings.dev",
            "VAR_DIR": str(self.var),
            "PORT": str(self.port),
            "PUBLIC_BASE_URL": self.address,
            "EMAIL_URL": f"file:{self.var}/mail",
            "DATABASE_URL": database or f"sqlite:///{self.var}/portal.sqlite3",
            "LOG_LEVEL": "WARNING",
        }
        return kept | facts

    def run(self, *arguments):
        """A command of the story beside the server, such as `opening`; what it printed."""
        command = [sys.executable, "-m", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self):
        with (self.var / "log").open("a") as log:
            command = [sys.executable, "manage.py", "serve", "--port", str(self.port)]
            self.server = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        wait_until(self.is_ready, "the portal did not open", self.log)

    def is_ready(self):
        assert self.server.poll() is None, self.log()
        try:
            with urllib.request.urlopen(f"{self.address}/health/live", timeout=5) as response:
                return response.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def stop(self):
        if self.server and self.server.poll() is None:
            self.server.send_signal(signal.SIGTERM)
            self.server.wait(timeout=60)

    def log(self):
        """What web server and worker had to complain about."""
        return (self.var / "log").read_text()

    def ask(self, question):
        """Rows read from the portal's database, beside it."""
        if self.database:
            connection = psycopg2.connect(self.database)
        else:
            connection = sqlite3.connect(f"file:{self.var}/portal.sqlite3?mode=ro", uri=True)
        try:
            cursor = connection.cursor()
            cursor.execute(question)
            return cursor.fetchall()
        finally:
            connection.close()

    def worker(self):
        """The process that makes reports, by its number, or None while there is none."""
        # Unlimited width: what is cut off after 80 signs may be the word looked for.
        asked = ["ps", "-ww", "--ppid", str(self.server.pid), "-o", "pid=,args="]
        children = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.splitlines()
        return next((int(line.split()[0]) for line in children if "celery" in line), None)

    def letters(self, to):
        """Texts of the mails sent to an address, oldest first."""
        found = []
        for path in sorted((self.var / "mail").glob("*")):
            messages = re.split(r"(?m)^-{79}$\n?", path.read_text())
            parsed = [email.message_from_string(text, policy=email.policy.default) for text in messages if text.strip()]
            found += [text_of(message) for message in parsed if to in message.get("To", "")]
        return found

    def wait_for_letter(self, to, containing):
        wait_until(lambda: any(containing in letter for letter in self.letters(to)), f"no letter to {to}: {containing}")
        return next(letter for letter in reversed(self.letters(to)) if containing in letter)


def text_of(message):
    body = message.get_body(("plain",))
    return f"{message['Subject']}\n{body.get_content()}"


def free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def wait_until(true, complaint, details=lambda: "", patience=PATIENCE):
    """Ask again and again until it is so; what cannot be waited for in the browser."""
    end = time.monotonic() + patience
    while not true():
        assert time.monotonic() < end, f"{complaint}\n{details()}"
        time.sleep(0.05)


class OwnDatabase:
    """A fresh database on the PostgreSQL server the suite was given; on SQLite the portal makes its own file."""

    def __init__(self, url):
        self.server = url if urlsplit(url or "").scheme.startswith("postgres") else None
        self.name = f"portal_{secrets.token_hex(4)}"

    def __enter__(self):
        if self.server is None:
            return None
        self._say(f'CREATE DATABASE "{self.name}"')
        return urlunsplit(urlsplit(self.server)._replace(path=f"/{self.name}"))

    def __exit__(self, *failure):
        if self.server:
            self._say(f'DROP DATABASE "{self.name}" WITH (FORCE)')

    def _say(self, sentence):
        connection = psycopg2.connect(self.server)
        connection.autocommit = True
        try:
            connection.cursor().execute(sentence)
        finally:
            connection.close()
