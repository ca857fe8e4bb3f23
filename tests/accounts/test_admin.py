"""The plain admin: repairs by administrators, each on the audit trail."""

from accounts.models import ProgrammeRole, User
from core.models import AuditEvent


def test_an_administrator_gives_a_role_and_the_trail_says_so(client, admin_ada, rita):
    client.force_login(admin_ada)
    role = {"user": rita.pk, "role": "reviewer", "since_0": "01/01/2026", "since_1": "00:00:00"}
    assert client.post("/admin/accounts/programmerole/add/", role).status_code == 302
    assert ProgrammeRole.objects.get(user=rita).given_by == admin_ada
    event = AuditEvent.objects.get(action="programme_role_saved")
    assert (event.by, event.subject_id, event.detail) == (admin_ada, str(rita.pk), {"role": "reviewer", "ended": False})


def test_accounts_are_closed_but_neither_made_nor_deleted_there(client, admin_ada, rita):
    client.force_login(admin_ada)
    page = f"/admin/accounts/user/{rita.pk}/"
    for refused in ("/admin/accounts/user/add/", f"{page}delete/"):
        assert client.get(refused).status_code == 403
    no_roles = {"programme_role_rows-TOTAL_FORMS": 0, "programme_role_rows-INITIAL_FORMS": 0}
    client.post(f"{page}change/", {"name": "Rita A.", "language": "pt-br", "email": "x@y.example", **no_roles})
    closed = User.objects.get(pk=rita.pk)
    assert (closed.name, closed.is_active, closed.email) == ("Rita A.", False, "rita@prefeitura.example")


def test_coordinators_are_not_administrators(client, helena):
    client.force_login(helena)
    assert client.get("/admin/accounts/user/", follow=True).status_code == 403
