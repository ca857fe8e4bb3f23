"""Everything between a clone and an open portal: texts, tables, reference data, demo, static files."""

import shutil
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError, call_command
from django.db import DatabaseError, connection

from migracidades import instance
from migracidades.checks import is_demo

KEPT_ON_RESET = {"secret_key", "serve.lock"}


class Command(BaseCommand):
    help = "Prepares the embedded portal and its demo; does nothing when nothing changed."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--anew", action="store_true", help="throw the demo away and make it again")

    def handle(self, *, anew, **options):
        try:
            with instance.only_one():
                if anew:
                    self._throw_away()
                if anew or not instance.is_prepared():
                    self._prepare()
        except instance.AlreadyRunning as error:
            if anew:
                raise CommandError(
                    "O portal está aberto. Feche-o (Ctrl+C) e repita, para recomeçar a demonstração."
                ) from error

    def _prepare(self):
        instance.forget_prepared()
        steps = (
            ("Textos da interface", self._messages),
            ("Banco de dados", self._database),
            ("Arquivos da página", lambda: call_command("collectstatic", interactive=False, verbosity=0)),
            ("Dados de referência", lambda: call_command("load_reference", verbosity=0)),
            ("Demonstração", self._demo),
        )
        for title, step in steps:
            self.stdout.write(f"· {title}…")
            self.stdout.flush()
            step()
        instance.remember_prepared()

    def _messages(self):
        if not shutil.which("msgfmt"):
            self.stderr.write("gettext não está instalado: a interface fica só em português.")
            return
        call_command("compilemessages", ignore_patterns=[".venv", "var"], verbosity=0)

    def _database(self):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)

    def _demo(self):
        if is_demo() and instance.credentials():
            return
        if not is_demo() and get_user_model().objects.exists():
            self.stdout.write("  há dados de verdade neste banco; a demonstração fica de fora")
            return
        call_command("seed_demo", credentials_out=str(instance.credentials_file()), verbosity=0)

    def _throw_away(self):
        self._refuse_real_data()
        connection.close()
        for path in Path(settings.VAR_DIR).iterdir():
            if path.name in KEPT_ON_RESET:
                continue
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    def _refuse_real_data(self):
        if connection.vendor != "sqlite":
            raise CommandError("Só se recomeça a demonstração do banco embutido (SQLite em var/).")
        try:
            real = not is_demo() and get_user_model().objects.exists()
        except DatabaseError:  # not made yet
            real = False
        if real:
            raise CommandError("Este banco guarda dados de verdade, não a demonstração. Nada foi apagado.")
