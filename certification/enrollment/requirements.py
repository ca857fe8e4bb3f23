"""What an enrolment needs before it can be sent, each with its reason and the place to mend it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from certification.cycle import Requirement

from . import people
from .domain import enrollment_of, people_of


def requirements_of(participation):
    """Needs of the form in the order of its fields; weak ones may be sent as they are."""
    enrollment, persons = enrollment_of(participation), people_of(enrollment_of(participation))
    form = reverse("enrollment:form", args=[participation.pk])
    found = [*_texts_before(enrollment), *_persons(persons), *_texts_after(enrollment)]
    return [
        Requirement(code, label, met, reason, f"{form}#id_{field}", weak)
        for code, label, met, reason, field, weak in found
    ]


def _texts_before(enrollment):
    signed = bool(enrollment.signatory_name and enrollment.signatory_position)
    field = "signatory_position" if enrollment.signatory_name else "signatory_name"
    yield (
        "signatory",
        _("Quem assina pelo governo"),
        signed,
        _("Informe nome e cargo da prefeita, do prefeito, da governadora ou do governador."),
        field,
        False,
    )
    reason = _("Informe a secretaria ou o órgão que conduz o trabalho.")
    yield "lead", _("Órgão responsável"), bool(enrollment.lead_department), reason, "lead_department", False


def _texts_after(enrollment):
    reason = _("Conte por que o governo quer participar desta edição.")
    yield "motives", _("Motivos"), bool(enrollment.motives), reason, "motives", False
    reason = _("Imprima o modelo, colha a assinatura e envie o documento em PDF.")
    yield (
        "document",
        _("Documento de intenção assinado"),
        bool(enrollment.intent_document_id),
        reason,
        "intent_document",
        False,
    )


def _persons(persons):
    second_begun = any(place.pair == 2 for place in persons)
    for place in people.PLACES:
        if place.pair == 1 or second_begun:
            yield _complete(place, persons.get(place, {}))
    yield from _twice(persons)
    for place, person in persons.items():
        if people.is_personal_mail(person["email"]):
            yield _personal(place, person)


def _complete(place, person):
    lacking = next((name for name in people.NEEDED if not person.get(name)), "")
    if place.pair == 2:
        reason = _("Complete nome, cargo, órgão e e-mail, ou apague a segunda dupla inteira.")
    else:
        reason = _("Informe nome, cargo, órgão e e-mail institucional.")
    return place.key, place.label, not lacking, reason, f"{place.key}_{lacking or 'name'}", False


def _twice(persons):
    """Nobody is the alternate of themselves: an address stands in one place only."""
    seen = set()
    for place, person in persons.items():
        address = person["email"].lower()
        if address and address in seen:
            reason = _("O e-mail %(email)s aparece em mais de um lugar. Indique pessoas diferentes.")
            yield f"{place.key}_twice", place.label, False, reason % {"email": address}, f"{place.key}_email", False
        seen.add(address)


def _personal(place, person):
    reason = _("%(email)s parece um e-mail pessoal. Prefira o institucional, que continua valendo quando a pessoa sai.")
    return f"{place.key}_personal", place.label, False, reason % {"email": person["email"]}, f"{place.key}_email", True


def reference_addresses(participation):
    """E-mail addresses of the people named, each once: they receive every notice."""
    persons = people_of(enrollment_of(participation)).values()
    return list(dict.fromkeys(person["email"].lower() for person in persons if person["email"]))
