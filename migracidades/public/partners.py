"""Organisations that make the programme beside governments, by what they do in it: only those with something published."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from governments.models import Organisation
from practices.models import Practice

# Names of languages as the rows hold them.
LANGUAGES = {
    "Arabic": _("árabe"),
    "Aymara": _("aimará"),
    "English": _("inglês"),
    "French": _("francês"),
    "Haitian Creole": _("crioulo haitiano"),
    "Portuguese": _("português"),
    "Quechua": _("quéchua"),
    "Spanish": _("espanhol"),
    "Warao": _("warao"),
    "Wolof": _("wolof"),
}


def organisations_by_role(at):
    """[(title, organisations)], roles without anybody left out. One query."""
    published = Practice.objects.public(at)
    rows = Organisation.objects.annotate(
        tells=Exists(published.filter(owner=OuterRef("pk"))),
        takes_part=Exists(published.filter(partners=OuterRef("pk"))),
    )
    told = [row for row in rows if row.tells]
    partners = [row for row in rows if row.takes_part and not row.tells]
    roles = [(_("Contam as suas boas práticas"), told), (_("Participam de boas práticas de governos"), partners)]
    return [(title, [_facts(row) for row in found]) for title, found in roles if found]


def _facts(organisation):
    return {
        "name": organisation.name,
        "kind": organisation.get_kind_display(),
        "uf": organisation.uf,
        "description": organisation.description,
        "languages": [LANGUAGES.get(name, name) for name in organisation.languages],
    }
