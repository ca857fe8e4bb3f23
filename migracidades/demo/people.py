"""The people of the demonstration: programme team, government teams, and the sign-ins handed out."""

from functools import cache

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db.models import Q

from accounts.models import User
from accounts.people import create_person, give_role
from core.text import without_accents
from governments import team
from governments.models import Membership

from . import content

# One for everybody: it opens invented rows only, and only where a mark says that all rows are invented.
PASSWORD = "pontes-que-acolhem"  # noqa: S105
ADMINISTRATOR = ("Ada Moreira Quintela", "ada.quintela")
LEFT_EARLIER = ("Ivone Padilha Guedes", "ivone.guedes", "Servidora da assistência social")


@cache
def _hashed():
    return make_password(PASSWORD)


def person(name, local_part):
    """An account of the demonstration; one of the same address stays one."""
    email = f"{local_part}@{settings.DEMO_EMAIL_DOMAIN}".lower()
    known = User.objects.filter(email=email).first()
    if known:
        return known
    user = create_person(email=email, name=name)
    user.password = _hashed()
    user.save(update_fields=["password"])
    return user


def programme_team(since):
    """{key: person} of the coordinators, reviewers and the administrator; the key of the administrator is «ada»."""
    found = {}
    for row in content.everything()["coordination_team"]:
        found[row["key"]] = person(row["name"], row["email"].partition("@")[0])
        give_role(found[row["key"]], "coordinator" if row["role"] == "coordinator" else "reviewer")
    found["ada"] = person(*ADMINISTRATOR)
    give_role(found["ada"], "administrator", by=found["ada"])
    for user in found.values():
        user.programme_role_rows.update(since=since)
        user.forget_roles()
    return found


class Crew:
    """A government's people. Who was there on a day, who manages, who answers what.

    rows: the profile's people. cal: calendar of the current edition, from which their days are counted.
    """

    def __init__(self, government, rows, cal, by, *, unique=False):
        self.government, self.cal, self.by = government, cal, by
        self.unique = unique
        self.rows = sorted(rows, key=lambda row: row["from"])
        self.users = {}
        for row in self.rows:
            if cal.at(row["from"]) < cal.now:
                self._join(row)

    def _join(self, row):
        local_part = without_accents(row["email"].partition("@")[0])
        local_part += f".{self.government.ibge_code}" if self.unique else ""
        user = self.users[row["name"]] = person(row["name"], local_part)
        role = {"signatory": "reader", "reference": "manager"}.get(row["kind"], "editor")
        team.add_member(
            self.government.body,
            user=user,
            role=role,
            department=row["department"],
            position=row["position"],
            by=self.by,
            at=self.cal.at(row["from"], 9),
        )

    def there(self, day, *kinds):
        """Rows of the people who work there on a day, of certain kinds."""
        return [
            row
            for row in self.rows
            if row["name"] in self.users
            and row["from"] <= day
            and (row["until"] is None or day < row["until"])
            and (not kinds or row["kind"] in kinds)
        ]

    def manager(self, day):
        """Who leads the team on a day."""
        rows = self.there(day, "reference") or self.there(self.cal.today, "reference")
        return self.users[rows[-1]["name"]]

    def writers(self, day):
        """Rows of those who fill in, the manager first."""
        return self.there(day, "reference") + self.there(day, "alternate", "contributor") or self.there(
            self.cal.today, "reference"
        )

    def user(self, row):
        return self.users[row["name"]]

    def say_goodbye(self):
        """End the memberships of those who have left since: their work and history stay."""
        for row in self.rows:
            left = row["until"]
            if row["name"] in self.users and left is not None and self.cal.at(left) < self.cal.now:
                membership = Membership.objects.get(
                    body=self.government.body, user=self.users[row["name"]], until__isnull=True
                )
                team.end_membership(membership, by=self.by, at=self.cal.at(left, 18))


def missing_team(profile, years):
    """A person for the years before the profile's own came: nobody of today answered the last edition."""
    earlier = -365 * years
    if any(row["from"] <= earlier and row["kind"] in ("reference", "alternate") for row in profile["people"]):
        return []
    name, local_part, position = LEFT_EARLIER
    reference = next(row for row in profile["people"] if row["kind"] == "reference")
    facts = {"name": name, "position": position, "email": f"{local_part}@municipio.example"}
    return [{**reference, **facts, "from": earlier - 40, "until": reference["from"] + 3}]


def sign_ins(programme, crews):
    """The list handed out: the teams of the governments, then the programme's people."""
    return [*_of_teams(crews), *_of_programme(programme)]


def _of_teams(crews):
    for crew in crews:
        memberships = (
            Membership.objects.in_force()
            .filter(Q(body=crew.government.body))
            .select_related("user")
            .order_by("since", "pk")
        )
        by_role = {}
        for membership in memberships:
            by_role.setdefault(membership.role, membership)
        lead = by_role.get("manager")
        # Of the editors, one of another department than the manager's, where there is one.
        others = [m for m in memberships if m.role == "editor" and lead and m.department != lead.department]
        by_role.update({"editor": others[0]} if others else {})
        for role in ("manager", "editor", "reader"):
            if role in by_role:
                yield _sign_in(role, by_role[role].user, crew.government.ibge_code, by_role[role].department)


def _of_programme(programme):
    roles = (("tiago", "reviewer"), ("helena", "coordinator"), ("marcos", "coordinator"), ("ada", "administrator"))
    return [_sign_in(role, programme[key]) for key, role in roles]


def _sign_in(role, user, government=None, department=None):
    return {
        "role": role,
        "email": user.email,
        "password": PASSWORD,
        "government": government,
        "department": department,
    }
