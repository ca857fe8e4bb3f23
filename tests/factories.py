"""Rows the tests start from, made plainly; what a test is about it sets itself."""

from datetime import timedelta

import factory
from allauth.mfa.models import Authenticator
from django.utils import timezone

from accounts.models import ProgrammeRole, User
from governments.models import Body, Government, Membership

LONG_AGO = timedelta(days=400)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Pessoa {n}")
    email = factory.Sequence(lambda n: f"pessoa{n}@governo.example")


class GovernmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Government

    body = factory.LazyFunction(lambda: Body.objects.create(kind=Body.Kind.GOVERNMENT))
    ibge_code = factory.Sequence(lambda n: str(9900000 + n))
    kind = Government.Kind.MUNICIPALITY
    name = factory.Sequence(lambda n: f"Cidade {n}")
    uf = "RS"
    region = "Sul"


def member(government, role, **facts):
    """A person in a government's team since long ago."""
    user = UserFactory(**facts)
    Membership.objects.create(body=government.body, user=user, role=role, since=timezone.now() - LONG_AGO)
    return user


def of_the_programme(role, second_factor=True, **facts):
    """A coordinator, reviewer or administrator, with a second factor unless the test is about lacking it."""
    user = UserFactory(**facts)
    ProgrammeRole.objects.create(user=user, role=role, since=timezone.now() - LONG_AGO)
    if second_factor:
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    return user
