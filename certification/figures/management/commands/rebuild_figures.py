import json

from django.core.management.base import BaseCommand

from certification.figures import archive, domain


class Command(BaseCommand):
    help = "Makes the prepared tables of the public pages anew from frozen copies and verified entries; asks for archives of reports that are due."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")

    def handle(self, *args, as_json, **options):
        told = {"editions": domain.rebuild(), "archives_requested": archive.request_due()}
        if as_json:
            self.stdout.write(json.dumps(told))
            return
        years = ", ".join(map(str, told["editions"])) or "-"
        self.stdout.write(f"editions: {years}; archives requested: {told['archives_requested']}")
