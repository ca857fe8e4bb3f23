"""Whether a seal or its credential is genuine and in force, without a network: against this portal's rows, or only against files somebody saved."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from certification.seal import carriers, checking, offline
from certification.seal.models import Seal
from certification.seal.verdicts import Verdict, verdict
from core.verifiable import plain

EXIT = {Verdict.VALID: 0, Verdict.EXPIRED: 3, Verdict.REVOKED: 4, Verdict.REPLACED: 5, offline.UNASKED: 6}
NOT_GENUINE = 1


class Command(BaseCommand):
    help = _(
        "Verifica um selo pelo código ou por um arquivo (SVG, PNG, JSON, JWT). Saída: 0 válido, 1 não autêntico, 3 expirado, 4 revogado, "
        "5 substituído, 6 autêntico sem a situação conferida."
    )

    def add_arguments(self, parser):
        parser.add_argument("what", metavar="FILE|CODE")
        parser.add_argument("--keys", type=Path, help="a saved /.well-known/seal-keys.json: the database is not asked")
        parser.add_argument("--status", type=Path, help="a saved /selos/<code>/situacao.json, used with --keys")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, what, keys, status, **options):
        if status and not keys:
            raise CommandError(_("--status vai junto com --keys: sem elas, a situação é a deste banco de dados."))
        try:
            told = self._of_file(Path(what), keys, status) if Path(what).is_file() else self._of_code(what)
        except (carriers.NoCredential, checking.NotGenuine) as refused:
            doubt = getattr(refused, "doubt", checking.Doubt.UNREADABLE)
            told = {"genuine": False, "state": None, "doubt": doubt, "in_words": str(refused)}
        self._tell(told, options["json"])

    def _of_file(self, path, keys, status):
        if path.stat().st_size > carriers.LARGEST:
            raise carriers.NoCredential(_("O arquivo é grande demais para ser um selo."))
        token = carriers.token_in(path.read_bytes())
        if keys is None:
            checked = checking.check(token, timezone.now())
            return self._genuine(checked.claims, checked.state, checked.seal.code)
        known = offline.keys_in(keys.read_bytes())
        claims = checking.genuine(token, known)
        state = offline.state_of(token, claims, known, status and status.read_bytes(), timezone.now())
        return self._genuine(claims, state, offline.code_of(claims))

    def _of_code(self, code):
        seal = Seal.objects.filter(code=plain(code)).select_related("participation__edition").first()
        if seal is None or seal.credential is None or not seal.participation.edition.is_public():
            raise checking.NotGenuine(checking.Doubt.UNKNOWN)
        claims = checking.genuine(seal.credential.jwt, checking.published_keys())
        return self._genuine(claims, verdict(seal), seal.code)

    def _genuine(self, claims, state, code):
        words = _("autêntico; situação não conferida") if state == offline.UNASKED else str(Verdict.WORDS[state])
        return {"genuine": True, "state": state, "code": code, "name": claims.get("name"), "in_words": words}

    def _tell(self, told, as_json):
        if as_json:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            self.stdout.write(
                f"{told['name']} · {told['code']}: {told['in_words']}" if told["genuine"] else told["in_words"]
            )
        status = EXIT[told["state"]] if told["genuine"] else NOT_GENUINE
        if status:
            raise SystemExit(status)
