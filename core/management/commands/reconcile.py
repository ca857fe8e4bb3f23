import json

from django.core.management.base import BaseCommand, CommandError

from core.upkeep import reconcile


class Command(BaseCommand):
    help = "Puts right what a crash left behind: expired leases, unsent mail, orphan files. Safe to repeat."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="counts as JSON")

    def handle(self, *args, **options):
        counts = reconcile()
        if options["json"]:
            self.stdout.write(json.dumps(counts))
        else:
            for name, count in counts.items():
                self.stdout.write(f"{name.replace('_', ' ')}: {count}")
        if counts["files_missing"]:
            raise CommandError("rows name files that the storage does not have: restore them from a backup")
