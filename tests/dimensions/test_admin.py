"""The catalogue can be looked at in the admin and changed nowhere in it."""

import pytest
from django.contrib import admin
from django.test import RequestFactory

from dimensions.models import Indicator, Questionnaire


class Anyone:
    """Somebody with every permission there is."""

    is_active = is_staff = is_superuser = True
    pk = 1

    def has_perm(self, *args):
        return True

    has_module_perms = has_perm


@pytest.fixture
def request_of_anyone():
    request = RequestFactory().get("/")
    request.user = Anyone()
    return request


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Questionnaire, Indicator])
def test_it_is_seen_whole_and_changed_nowhere(questionnaire, request_of_anyone, model):
    page = admin.site.get_model_admin(model)
    assert page.has_view_permission(request_of_anyone)
    for may in (page.has_add_permission, page.has_change_permission, page.has_delete_permission):
        assert not may(request_of_anyone)
    row = model.objects.first()
    for response in (page.changelist_view(request_of_anyone), page.change_view(request_of_anyone, str(row.pk))):
        assert response.render().status_code == 200
        assert b'name="_save"' not in response.content
