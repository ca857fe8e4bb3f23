"""Other stages and sizes, and what the command refuses."""

import json
import random

import pytest
from django.core.management import CommandError, call_command
from django.core.validators import validate_email
from django.utils import timezone

from certification.enrollment.models import ReferencePerson
from certification.models import Edition, Kind, Participation, Programme, State
from core.models import Mark
from migracidades.demo import content
from migracidades.demo.casting import Casting
from migracidades.demo.seeding import Options, seed
from tests.factories import GovernmentFactory, UserFactory

# Seeding on every engine is what test_seed_demo.py holds; here it is what is chosen.
pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def tell(**options):
    seed(Options(**options), now=timezone.now())
    return Edition.objects.filter(from_before_portal=False).latest("year")


def by_profile(edition):
    """Participations in the order of the profiles: they are told one after the other."""
    return list(edition.participations.with_cycle().order_by("pk"))


# Refusals.


def test_it_refuses_where_people_are(tmp_path):
    UserFactory()
    with pytest.raises(CommandError, match="pessoas"):
        call_command("seed_demo", credentials_out=str(tmp_path / "x.json"), verbosity=0)
    assert not (tmp_path / "x.json").exists()
    assert not Mark.objects.exists()


def test_it_refuses_where_a_participation_is():
    programme = Programme.objects.create(slug="migracidades", name="MigraCidades")
    edition = Edition.objects.create(programme=programme, year=2026)
    Participation.objects.create(edition=edition, government=GovernmentFactory())
    with pytest.raises(CommandError, match="participações"):
        call_command("seed_demo", verbosity=0)


@pytest.mark.parametrize("wrong", [["--stage", "ended"], ["--governments", "0"], ["--editions", "two"]])
def test_it_names_a_wrong_option(wrong):
    with pytest.raises(CommandError):
        call_command("seed_demo", *wrong)


# Stages and sizes.


def test_at_enrolment_all_profiles_stand_where_their_stage_says():
    edition = tell(stage="enrollment", editions=1)
    told = [row["by_stage"]["enrollment"] for row in content.everything()["profiles"]]
    found = [participation.step(Kind.ENROLLMENT).state for participation in by_profile(edition)]
    assert found == [row["state"] for row in told]


@pytest.mark.parametrize("stage", ["diagnosis", "certified", "monitoring"])
def test_the_first_profiles_stand_where_their_stage_says(stage):
    edition = tell(stage=stage, editions=1, governments=2)
    told = content.everything()["profiles"][:2]
    for participation, profile in zip(by_profile(edition), told, strict=True):
        row = profile["by_stage"][stage]
        assert participation.step(row["step"]).state == State(row["state"]), (stage, profile["key"])
    assert edition.is_public() == (stage in ("certified", "monitoring"))


def test_more_governments_are_varied_copies_in_as_many_editions():
    edition = tell(stage="enrollment", editions=2, governments=14)
    assert edition.participations.count() == 14
    assert Edition.objects.filter(from_before_portal=False).count() == 2
    # Whoever goes on with a form of the demonstration can save it.
    for person in ReferencePerson.objects.exclude(email=""):
        validate_email(person.email)


def cast_by(seed_number):
    casting = Casting(random.Random(seed_number))
    return [casting.role(profile).government.ibge_code for profile in content.profiles(2026).values()]


def test_the_same_seed_casts_the_same_governments():
    call_command("load_reference", verbosity=0)
    assert cast_by(7) == cast_by(7)
    assert cast_by(7) != cast_by(8)


def test_over_its_own_it_starts_anew_when_asked_for_something_else(tmp_path):
    wanted = {"editions": 1, "governments": 1, "verbosity": 0}
    call_command("seed_demo", stage="diagnosis", **wanted)
    out = tmp_path / "a.json"
    call_command("seed_demo", stage="enrollment", credentials_out=str(out), **wanted)
    (participation,) = Participation.objects.filter(edition__from_before_portal=False)
    assert participation.step(Kind.ENROLLMENT).state == State.SUBMITTED
    codes = {row["government"] for row in json.loads(out.read_text())}
    assert codes == {participation.government.ibge_code, None}
