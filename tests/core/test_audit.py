import pytest

from core import audit
from core.append_only import AppendOnlyError
from core.models import AuditEvent


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["password", "Token", "cpf", "answer"])
def test_what_must_not_be_kept_is_refused(name):
    with pytest.raises(ValueError, match="does not keep"):
        audit.record("something", **{name: "x"})


@pytest.mark.django_db
def test_an_event_says_who_what_where_and_in_which_request(make_user, subject):
    ana = make_user("ana")
    token = audit.request_facts.set(("req-12345678", "203.0.113.9"))
    try:
        audit.record("file.uploaded", by=ana, subject=subject, government_id=7, kind="pdf")
    finally:
        audit.request_facts.reset(token)
    event = AuditEvent.objects.get()
    assert (event.action, event.by, event.subject_model, event.subject_id) == (
        "file.uploaded",
        ana,
        "core.mark",
        str(subject.pk),
    )
    assert (event.government_id, event.request_id, event.address) == (7, "req-12345678", "203.0.113.9")
    assert event.detail == {"kind": "pdf"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        lambda event: event.save(),
        lambda event: event.delete(),
        lambda event: AuditEvent.objects.update(action="y"),
        lambda event: AuditEvent.objects.filter(pk=event.pk).delete(),
        lambda event: AuditEvent.objects.bulk_update([event], ["action"]),
        lambda event: AuditEvent.objects.update_or_create(pk=event.pk, defaults={"action": "y"}),
    ],
)
def test_history_is_not_rewritten(change):
    event = audit.record("x")
    event.action = "y"
    with pytest.raises(AppendOnlyError):
        change(event)
    assert AuditEvent.objects.get().action == "x"
