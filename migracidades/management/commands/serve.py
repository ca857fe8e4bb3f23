"""The embedded portal in one command: web server and background worker, looked after together."""

import errno
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from governments.models import Government
from migracidades import instance
from migracidades.supervisor import Child, Supervisor

ROLES = {
    "manager": "gestora ou gestor",
    "editor": "equipe (edita)",
    "reader": "equipe (só lê)",
    "coordinator": "coordenação",
    "reviewer": "analista",
    "administrator": "administração",
}
READY_WITHIN = 60


class Command(BaseCommand):
    help = "Serves the portal on 127.0.0.1 with one background worker; Ctrl+C ends both."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))

    def handle(self, *, port, **options):
        os.environ["PORT"] = str(port)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings.SETTINGS_MODULE)
        os.environ.setdefault("LOG_LEVEL", "WARNING")
        refuse_taken_port(port)
        try:
            with instance.only_one():
                Supervisor([web(), worker()]).run(on_start=lambda supervisor: self._greet(supervisor, port))
        except instance.AlreadyRunning as error:
            raise CommandError("O portal já está aberto nesta pasta, em outra janela.") from error
        self.stdout.write("Portal fechado. Os dados ficam guardados em var/.")

    def _greet(self, supervisor, port):
        address = f"http://127.0.0.1:{port}/"
        if not answers(address, supervisor):
            if not supervisor.stopping:
                self.stderr.write("O portal está demorando a abrir; veja as mensagens acima.")
            return
        self.stdout.write(f"\nPortal aberto em {address}  (Ctrl+C fecha)\n")
        people = instance.credentials()
        if people:
            self.stdout.write("Demonstração com dados fictícios. Entre em Entrar com um destes acessos:\n\n")
            shown = first_of_each(people)
            self.stdout.write(table(named(shown)))
            if len(shown) < len(people):
                others = (
                    f"\nMais {len(people) - len(shown)} acessos, de outros governos, em {instance.credentials_file()}\n"
                )
                self.stdout.write(others)
        self.stdout.flush()


def web():
    command = ["-m", "gunicorn", "--config", "python:migracidades.server", "migracidades.wsgi"]
    return Child("web", [sys.executable, *command])


def worker():
    """One process with two threads and the schedule inside: enough for one machine, and no broker to install."""
    schedule = Path(settings.VAR_DIR) / "beat-schedule"
    command = ["-m", "celery", "-q", "-A", "migracidades", "worker", "--pool=threads", "-c", "2", "-B"]
    options = ["-Q", "default,pdf", "-s", str(schedule), "-l", "WARNING", "--without-mingle"]
    # Started by root in a container, it is as safe as the web server beside it.
    quiet = ["-W", "ignore:You're running the worker"]
    return Child("worker", [sys.executable, *quiet, *command, *options])


def refuse_taken_port(port):
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise CommandError(f"Não dá para usar a porta {port}: {error.strerror}.") from error
            raise CommandError(
                f"A porta {port} já está em uso. Feche o outro programa ou escolha outra: PORT={port + 1} make run"
            ) from error


def answers(address, supervisor):
    """Wait until the portal answers anything at all."""
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and not supervisor.stopping:
        try:
            urllib.request.urlopen(address, timeout=5)  # noqa: S310 (our own http address)
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.2)
        else:
            return True
    return False


def first_of_each(people):
    """One government's manager, editor and reader, and everybody of the programme: enough to look around."""
    shown = []
    for person in people:
        of_a_team = person.get("government") is not None
        if not (of_a_team and any(person["role"] == other["role"] for other in shown)):
            shown.append(person)
    return shown


def named(people):
    """The same with the government's name in place of its code."""
    codes = [person["government"] for person in people if person.get("government")]
    names = {row.ibge_code: str(row) for row in Government.objects.filter(ibge_code__in=codes)}
    return [{**person, "government": names.get(person["government"], person["government"])} for person in people]


def table(people):
    rows = [("papel", "e-mail", "senha", "governo e área"), *(row(person) for person in people)]
    widths = [max(len(cells[column]) for cells in rows) for column in range(3)]
    return "".join(
        f"  {cells[0]:<{widths[0]}}  {cells[1]:<{widths[1]}}  {cells[2]:<{widths[2]}}  {cells[3]}".rstrip() + "\n"
        for cells in rows
    )


def row(person):
    where = ", ".join(str(person[key]) for key in ("government", "department") if person.get(key))
    return ROLES.get(person["role"], person["role"]), person["email"], person["password"], where
