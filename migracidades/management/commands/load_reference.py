import json

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _

from certification.models.edition import Programme
from dimensions import loader
from governments.reference import load_governments

PROGRAMME = {"slug": "migracidades", "name": "MigraCidades"}


class Command(BaseCommand):
    help = (
        "Load what every installation needs: the governments of Brazil, the questionnaire and the programme. Run again, it mends names and "
        "regions that changed and deletes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    @transaction.atomic
    def handle(self, **options):
        governments = load_governments()
        questionnaire = loader.load_default()
        Programme.objects.get_or_create(slug=PROGRAMME["slug"], defaults=PROGRAMME)
        if options["json"]:
            version = {"slug": questionnaire.slug, "version": questionnaire.version}
            self.stdout.write(json.dumps({"governments": governments.as_dict(), "questionnaire": version}))
            return
        text = _("Governos: %(created)d novos, %(updated)d atualizados, %(unchanged)d sem mudança.")
        self.stdout.write(text % governments.as_dict())
        self.stdout.write(_("Questionário: versão %(version)d.") % {"version": questionnaire.version})
