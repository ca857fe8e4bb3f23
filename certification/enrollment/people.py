"""The four places of an enrolment: two pairs of a reference person and an alternate."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from .models import PersonRole

# What every person of a place has; the telephone alone may stay empty.
FIELDS = ("name", "position", "department", "email", "phone")
NEEDED = ("name", "position", "department", "email")

# Mail of private life: institutional contacts survive the person's leaving, these do not.
PERSONAL_MAIL = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "hotmail.com",
        "hotmail.com.br",
        "outlook.com",
        "outlook.com.br",
        "live.com",
        "msn.com",
        "yahoo.com",
        "yahoo.com.br",
        "ymail.com",
        "icloud.com",
        "me.com",
        "uol.com.br",
        "bol.com.br",
        "terra.com.br",
        "ig.com.br",
        "globo.com",
        "globomail.com",
        "r7.com",
        "zipmail.com.br",
        "oi.com.br",
        "proton.me",
        "protonmail.com",
    ]
)


class Place(NamedTuple):
    """One of the four: the pair's number and the role in it."""

    pair: int
    role: str

    @property
    def key(self):
        """How form fields and anchors are named: «reference_1»."""
        return f"{self.role}_{self.pair}"

    @property
    def label(self):
        return LABELS[self]


PLACES = tuple(
    Place(pair, role) for pair in (1, 2) for role in (PersonRole.REFERENCE.value, PersonRole.ALTERNATE.value)
)
LABELS = dict(
    zip(
        PLACES,
        (
            _("Pessoa de referência"),
            _("Suplente"),
            _("Segunda pessoa de referência"),
            _("Segunda suplente"),
        ),
        strict=True,
    )
)


def is_personal_mail(address):
    """Whether an address belongs to a provider of private mail."""
    return address.rpartition("@")[2].strip().lower() in PERSONAL_MAIL


def by_place(people):
    """{Place: {field: text}} of rows; empty places are left out."""
    return {Place(row.pair, row.role): {name: getattr(row, name) for name in FIELDS} for row in people}


def cleaned(people):
    """The same without blanks at the ends and without places where nothing is written."""
    stripped = {
        Place(*place): {name: person.get(name, "").strip() for name in FIELDS} for place, person in people.items()
    }
    return {place: person for place, person in stripped.items() if any(person.values())}
