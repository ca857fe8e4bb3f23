"""A new key for what is signed from now on. The old one stays published, for what it signed."""

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certification.seal import credential, keys
from certification.seal.models import SigningKey


class Command(BaseCommand):
    help = _(
        "Troca a chave que assina as credenciais dos selos. A anterior continua publicada, para o que ela assinou."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--compromised",
            action="store_true",
            help=_("a chave atual vazou: retira-a da lista publicada e assina de novo tudo o que ela assinou"),
        )

    def handle(self, *args, compromised, **options):
        at, again = timezone.now(), 0
        with transaction.atomic():
            old = SigningKey.objects.filter(retired_at__isnull=True).first()
            new = keys.rotate(by=None, at=at, old=old, compromised=compromised)
            if compromised and old:
                again = credential.sign_again(old, at=at)
        self.stdout.write(_("Nova chave: %(kid)s") % {"kid": new.kid})
        if compromised:
            self.stdout.write(_("Credenciais assinadas de novo: %(n)d") % {"n": again})
