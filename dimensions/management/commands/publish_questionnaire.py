import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dimensions import loader


class Command(BaseCommand):
    help = (
        "Publish a questionnaire file as the next version of its questionnaire: checks it wholly, prints the difference to the "
        "last version, all or nothing. The same content again is nothing to do. Exit code 1 when the file has problems."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE.yaml")
        parser.add_argument("--dry-run", action="store_true", help="check and print the difference, publish nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, file, dry_run, **options):
        try:
            outcome = loader.publish_file(file, dry_run=dry_run)
        except loader.Invalid as error:
            self._refuse(error.problems, as_json=options["json"])
        if options["json"]:
            self._print_json(outcome_as_dict(outcome))
        else:
            self._tell(outcome)

    def _refuse(self, problems, *, as_json):
        if as_json:
            rows = [{"place": problem.place, "message": problem.message} for problem in problems]
            self._print_json({"published": False, "problems": rows})
        else:
            for problem in problems:
                self.stderr.write(str(problem))
        count = len(problems)
        sentence = ngettext(
            "O arquivo tem %(count)d problema; nada foi publicado.",
            "O arquivo tem %(count)d problemas; nada foi publicado.",
            count,
        )
        raise CommandError(sentence % {"count": count}, returncode=1)

    def _tell(self, outcome):
        if outcome.nothing_to_do:
            self.stdout.write(_("A versão %d já tem este conteúdo: nada a fazer.") % outcome.version)
            return
        for label, codes in lines_of(outcome.changes):
            self.stdout.write(f"{label}: {len(codes)}" + (f" ({', '.join(codes)})" if codes else ""))
        sentence = (
            _("Versão %d publicada.") if outcome.published else _("A versão %d seria publicada; nada foi gravado.")
        )
        self.stdout.write(self.style.SUCCESS(sentence % outcome.version))

    def _print_json(self, content):
        self.stdout.write(json.dumps(content, ensure_ascii=False))


def outcome_as_dict(outcome):
    return {
        "published": outcome.published,
        "nothing_to_do": outcome.nothing_to_do,
        "id": outcome.questionnaire and outcome.questionnaire.pk,
        "version": outcome.version,
        "digest": outcome.digest,
        "difference": outcome.changes and asdict(outcome.changes),
        "problems": [],
    }


def lines_of(changes):
    def linked(rows):
        return [f"{row['code']} ← {', '.join(row['from'])}" for row in rows]

    return [
        (_("Indicadores novos"), changes.added),
        (_("Iguais"), changes.same),
        (_("Iguais, com texto ou regra ajustados"), changes.retouched),
        (_("Reescritos"), linked(changes.reworded)),
        (_("Divididos"), linked(changes.split)),
        (_("Reunidos"), linked(changes.merged)),
        (_("Retirados"), changes.dropped),
        (_("Dimensões com outro nome"), [str(number) for number in changes.dimensions]),
    ]
