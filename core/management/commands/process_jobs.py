from django.core.management.base import BaseCommand

from core import jobs, outbox


class Command(BaseCommand):
    requires_system_checks = []  # the web process has made them
    help = "Does the worker's work without Celery: jobs that wait, then letters that are due."

    def add_arguments(self, parser):
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--once", action="store_true", help="one attempt at one job")
        how.add_argument("--drain", action="store_true", help="until nothing waits (the default)")

    def handle(self, *args, once, **options):
        attempts = jobs.drain(limit=1 if once else None)
        letters = outbox.deliver_due()
        self.stdout.write(f"attempts at jobs: {attempts}, letters sent: {letters}")
