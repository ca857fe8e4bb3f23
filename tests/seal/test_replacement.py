"""A seal that says something wrong gives way to a new one: by two people, with a public reason, the old one still to be looked up."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from certification.seal import domain, replacement
from certification.seal.models import Seal, SealDecision
from core.models import Job, OutboxMessage
from tests.factories import of_the_programme

pytestmark = pytest.mark.django_db
REASON = "O nome de quem assinou saiu errado."


def propose(seal, by, **facts):
    facts = {"reason": REASON, "corrections": {}} | facts
    return replacement.propose_replacement(seal.participation, by=by, at=timezone.now(), **facts)


def test_a_replacement_is_a_new_seal_on_a_corrected_copy(public, replace, ana):
    new = replace(public, reason=REASON, signatory_name="Jussara Prado Lima", valid_until="2033-05-31")
    old = Seal.objects.get(pk=public.pk)
    assert (domain.verdict(old), domain.verdict(new)) == ("replaced", "valid")
    assert (old.replaced_by, old.replacement.public_reason) == (new, REASON)
    assert new.code != old.code
    assert (new.awarded_at, new.valid_until) == (old.awarded_at, date(2033, 5, 31))
    content = new.snapshot.content
    assert content["signatory"] == {"name": "Jussara Prado Lima", "position": "Prefeita"}
    assert (content["number"], content["replaces"], content["code"]) == (2, old.code, new.code)
    assert old.snapshot.content["signatory"]["name"] == "Jussara Prado"
    assert OutboxMessage.objects.filter(kind="seal_replaced", recipient=ana.email).count() == 1
    assert Job.objects.filter(kind="certificate_for_seal", subject_id=str(new.pk)).exists()


def listed(page, label):
    """What a page says beside a label."""
    return page.content.decode().partition(f"<dt>{label}</dt><dd>")[2].partition("</dd>")[0]


def test_who_replaced_a_seal_is_not_who_awarded_it(client, public, replace, marcos):
    zoe = of_the_programme("coordinator", name="Zoé Arruda", email="zoe@coordenacao.example")
    facts = {"reason": REASON, "corrections": {}}
    replacement.propose_replacement(public.participation, by=zoe, at=timezone.now(), **facts)
    second = replacement.confirm_replacement(public.participation, by=marcos, at=timezone.now())
    third = replace(second)
    award, pages = ["Helena Takeda", "Marcos Lobato"], {}
    for seal, deciders in [(public, None), (second, ["Marcos Lobato", "Zoé Arruda"]), (third, award)]:
        content = seal.snapshot.content
        assert (content["awarded_by"], content.get("replacement_by")) == (award, deciders)
        pages[seal] = client.get(seal.get_absolute_url())
        assert listed(pages[seal], "Concedido por") == "Helena Takeda, Marcos Lobato, pela coordenação do programa"
    said = {seal: listed(page, "Substituição decidida por") for seal, page in pages.items()}
    assert said == {
        public: "",
        second: "Marcos Lobato, Zoé Arruda, pela coordenação do programa",
        third: "Helena Takeda, Marcos Lobato, pela coordenação do programa",
    }


def test_of_a_seal_from_before_the_portal_it_says_only_who_replaced_it(client, earlier, replace):
    old = earlier("Goiânia")
    page = client.get(replace(old, earlier_source="Diário Oficial").get_absolute_url())
    assert listed(page, "Concedido por") == "Coordenação do programa MigraCidades"
    assert listed(page, "Substituição decidida por").startswith("Helena Takeda, Marcos Lobato,")
    assert listed(client.get(old.get_absolute_url()), "Substituição decidida por") == ""


def test_the_participation_speaks_of_the_new_one_and_keeps_both(public, replace):
    new = replace(public)
    participation = type(public.participation).objects.select_related("seal").get(pk=public.participation_id)
    assert participation.seal == new
    assert set(participation.seals.all()) == {public, new}
    assert list(Seal.objects.standing()) == [new]
    assert set(Seal.objects.public()) == {public, new}


def test_a_seal_from_before_the_portal_gets_a_corrected_source(earlier, replace):
    old = earlier("Goiânia")
    new = replace(old, earlier_source="Diário Oficial, 12/12/2021")
    assert (new.earlier_source, new.snapshot, new.awarded_at) == ("Diário Oficial, 12/12/2021", None, old.awarded_at)
    assert "Diário Oficial" in new.credential.jwt or new.credential.pk


def test_only_what_differs_is_written_down(public, helena):
    same = replacement.said_by(public)
    decision = propose(public, helena, corrections=same | {"signatory_position": "Prefeita em exercício"})
    assert decision.corrections == {"signatory_position": "Prefeita em exercício"}


def test_a_replacement_needs_a_reason_and_two_people(public, helena, marcos):
    with pytest.raises(domain.DecisionRefused, match="motivo"):
        propose(public, helena, reason="  ")
    propose(public, helena)
    with pytest.raises(domain.DecisionRefused, match="outra pessoa"):
        replacement.confirm_replacement(public.participation, by=helena, at=timezone.now())
    assert domain.verdict(Seal.objects.get()) == "valid"
    assert replacement.confirm_replacement(public.participation, by=marcos, at=timezone.now()).replaces == public


def test_only_coordinators_replace(public, ana, tiago):
    for person in (ana, tiago):
        with pytest.raises(PermissionDenied):
            propose(public, person)


def test_while_a_replacement_waits_nothing_else_is_proposed_until_it_is_dropped(public, helena, marcos):
    propose(public, helena)
    with pytest.raises(domain.DecisionRefused, match="Já há uma proposta"):
        domain.propose_revocation(public.participation, reason="Falsa.", by=marcos, at=timezone.now())
    domain.drop(public.participation, by=marcos, at=timezone.now())
    assert propose(public, marcos).kind == "replacement"


def test_a_revoked_seal_is_not_replaced_and_a_replaced_one_not_revoked(public, revoke, replace, helena):
    new = replace(public)
    assert revoke(new).code == new.code
    assert Seal.objects.get(pk=public.pk).revoked_at is None
    with pytest.raises(domain.DecisionRefused, match="foi revogado"):
        propose(new, helena)


def test_where_the_edition_says_so_one_person_replaces_and_it_is_written_down(public, ready, helena):
    ready.edition.award_by_two = False
    ready.edition.save(update_fields=["award_by_two"])
    decision = propose(public, helena)
    assert SealDecision.objects.get(pk=decision.pk).by_one_person
    assert Seal.objects.standing().get().replaces == public


def test_the_database_refuses_two_seals_in_force(public):
    with pytest.raises(IntegrityError), transaction.atomic():
        Seal.objects.create(participation=public.participation, earlier_source="x", awarded_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Seal.objects.filter(pk=public.pk).update(current_of=None)


def test_two_coordinators_replace_by_the_pages(signed_in, public, helena, marcos):
    pk = public.participation_id
    form = {"reason": REASON, "signatory_name": "Jussara Lima", "signatory_position": "Prefeita", "valid_until": ""}
    incomplete = signed_in(helena).post(reverse("seal:propose-replacement", args=[pk]), form | {"reason": ""})
    assert incomplete.status_code == 422
    assert "Jussara Lima" in incomplete.content.decode()
    assert signed_in(helena).post(reverse("seal:propose-replacement", args=[pk]), form).status_code == 302
    desk = signed_in(marcos).get(reverse("seal:desk", args=[pk])).content.decode()
    for said in ("Jussara Prado</del>", "Jussara Lima</ins>", "Confirmar a substituição", REASON):
        assert said in desk
    assert signed_in(marcos).post(reverse("seal:confirm-replacement", args=[pk])).status_code == 302
    new = Seal.objects.standing().get()
    assert (new.snapshot.content["signatory"]["name"], new.valid_until) == ("Jussara Lima", None)


def test_a_second_proposal_that_came_too_late_is_not_lost(signed_in, public, helena, marcos):
    propose(public, helena)
    form = {"reason": "Outro motivo.", "signatory_name": "X", "signatory_position": "Y", "valid_until": ""}
    refused = signed_in(marcos).post(reverse("seal:propose-replacement", args=[public.participation_id]), form)
    assert refused.status_code == 409
    assert "Outro motivo." in refused.content.decode()


def test_the_certificate_of_a_replaced_seal_is_handed_out_no_more(public, replace):
    from certification.reports import domain as reports
    from certification.reports.models import ReportKind

    before = reports.row_for(public.participation, ReportKind.CERTIFICATE, "pt-br", by=None)
    assert not reports.is_withdrawn(before)
    replace(public)
    participation = type(public.participation).objects.with_cycle().get(pk=public.participation_id)
    before.refresh_from_db()
    assert reports.is_withdrawn(type(before).objects.get(pk=before.pk))
    after = reports.row_for(participation, ReportKind.CERTIFICATE, "pt-br", by=None)
    assert (after.pk != before.pk, reports.is_withdrawn(after)) == (True, False)


def test_nor_does_it_stand_in_the_archive_of_the_edition(public, replace):
    from certification.figures import archive
    from certification.reports import domain as reports
    from certification.reports.models import Report, ReportKind
    from core import files

    def published():
        row = reports.row_for(public.participation, ReportKind.CERTIFICATE, "pt-br", by=None)
        file = files.keep(b"%PDF", name="c.pdf", media_type="application/pdf")
        Report.objects.filter(pk=row.pk).update(file=file, ready_at=timezone.now(), published_at=timezone.now())
        return row

    def held():
        return list(archive.reports_of(public.participation.edition, timezone.now()))

    before = published()
    assert held() == [before]
    replace(public)
    assert held() == []
    after = published()
    assert held() == [after]
