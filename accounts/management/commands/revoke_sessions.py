from json import dumps

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from accounts import people


class Command(BaseCommand):
    help = "Signs a person out everywhere at once. Safe to repeat."

    def add_arguments(self, parser):
        parser.add_argument("user", metavar="USER", help="e-mail address of the person")
        parser.add_argument("--json", action="store_true", help="report as JSON")

    def handle(self, *args, user, json, **options):
        try:
            person = get_user_model().objects.get_by_natural_key(user)
        except get_user_model().DoesNotExist as missing:
            raise CommandError(f"no account has the address {user}") from missing
        count = people.revoke_sessions(person)
        report = {"user": person.email, "sessions_ended": count}
        self.stdout.write(dumps(report) if json else f"{person.email}: {count} session(s) ended")
