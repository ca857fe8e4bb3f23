"""Letters of the bank: each reads its facts when it leaves, and is dropped where they no longer hold."""

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.dates import day_text
from core.links import absolute, absolute_url
from core.outbox import Letter, letter
from core.text import without_addresses

from . import freshness, proposals
from .labels import label_of
from .models import OpenProposal, State


def _own(practice):
    return absolute_url("bank:own-sheet", practice.pk)


def _desk(practice):
    return absolute_url("bank:curate", practice.pk)


def _public(practice):
    return absolute(practice.get_absolute_url())


def _spoken_to(practice, write):
    """A letter in the language its reader proposed in: who used the open form has no account that says it."""
    proposal = OpenProposal.objects.filter(practice=practice).first()
    if proposal is None:
        return write(None)
    with translation.override(proposal.language):
        return write(proposal)


def _where(practice, message, proposal):
    """Where this reader completes the sheet: in the workspace, or by an address of their own."""
    if message.user or proposal is None:
        return _own(practice)
    return absolute_url("bank:proposal", proposals.new_token(proposal))


def _to_proposer(practice, message, write):
    if message.user:
        return write(None)
    return _spoken_to(practice, write)


# To the coordination.


@letter("practice_sent")
def practice_sent(practice, message):
    if practice.state != State.SENT:
        return None
    facts = {"title": practice.title, "owner": _owner(practice), "address": _desk(practice)}
    return Letter(
        subject=_("Boa prática para ler: %(title)s") % facts,
        body=_(
            "Olá.\n\n%(owner)s enviou a ficha «%(title)s» para o banco de boas práticas.\n\n"
            "Leia e responda em: %(address)s\n\nPortal MigraCidades"
        )
        % facts,
    )


def _owner(practice):
    if practice.owner_id:
        return practice.owner
    proposal = getattr(practice, "proposal", None)
    return proposal.organisation if proposal else _("Uma organização")


@letter("practice_changed")
def practice_changed(move, message):
    practice = move.practice
    facts = {"title": practice.title, "who": move.by, "text": move.text, "address": _desk(practice)}
    return Letter(
        subject=_("Mudou algo na boa prática: %(title)s") % facts,
        body=_(
            "Olá.\n\n%(who)s avisa que a ficha «%(title)s» não diz mais tudo como é:\n\n%(text)s\n\n"
            "Corrija a ficha publicada em: %(address)s\n\nPortal MigraCidades"
        )
        % facts,
    )


# To the owner, or to who proposed.


@letter("practice_begun")
def practice_begun(practice, message):
    """A reviewer saw something worth telling; the government is asked to tell it."""
    if practice.state != State.DRAFT:
        return None
    facts = {"title": practice.title, "address": _own(practice)}
    return Letter(
        subject=_("Uma boa prática do seu governo pode entrar no banco"),
        body=_(
            "Olá.\n\nNa leitura do diagnóstico, a coordenação viu algo que outros governos podem aprender com vocês. "
            "Abrimos um rascunho com o que já foi escrito: «%(title)s».\n\n"
            "Complete a ficha e envie quando estiver pronta: %(address)s\n\n"
            "Nada é publicado sem o seu envio e a leitura da coordenação.\n\nCoordenação do programa MigraCidades"
        )
        % facts,
    )


@letter("practice_returned")
def practice_returned(move, message):
    """The notes themselves are in the letter; not sent once the sheet is."""
    practice = move.practice
    if practice.state != State.RETURNED:
        return None

    def write(proposal):
        notes = "\n".join(f"{label_of(note.field)}: {note.text}" for note in move.notes.all())
        facts = {"title": practice.title, "notes": notes, "address": _where(practice, message, proposal)}
        facts["message"] = f"{move.text}\n\n" if move.text else ""
        return Letter(
            subject=_("Boa prática devolvida para completar: %(title)s") % facts,
            body=_(
                "Olá.\n\nA coordenação leu a ficha «%(title)s» e pede que ela seja completada antes da publicação.\n\n"
                "%(message)s%(notes)s\n\nComplete e envie de novo em: %(address)s\n\nCoordenação do programa MigraCidades"
            )
            % facts,
        )

    return _to_proposer(practice, message, write)


@letter("practice_published")
def practice_published(move, message):
    practice = move.practice
    if practice.state != State.PUBLISHED:
        return None

    def write(proposal):
        facts = {"title": practice.title, "address": _public(practice)}
        return Letter(
            subject=_("Boa prática publicada: %(title)s") % facts,
            body=_(
                "Olá.\n\nA ficha «%(title)s» está publicada no banco de boas práticas:\n%(address)s\n\n"
                "Avisaremos quando outro governo quiser usar a prática. De tempos em tempos perguntamos se a ficha continua atual.\n\n"
                "Coordenação do programa MigraCidades"
            )
            % facts,
        )

    return _to_proposer(practice, message, write)


@letter("practice_declined")
def practice_declined(move, message):
    practice = move.practice
    if practice.state != State.DECLINED:
        return None

    def write(proposal):
        facts = {"title": practice.title, "reason": move.text}
        subject = _("Resposta sobre a boa prática: %(title)s") % facts
        if practice.revises_id:
            return Letter(subject=subject, body=_revision_declined(facts))
        return Letter(
            subject=subject,
            body=_(
                "Olá.\n\nA coordenação leu a ficha «%(title)s» e decidiu não a incluir no banco de boas práticas.\n\n"
                "Motivo: %(reason)s\n\nA ficha continua guardada e pode servir de começo para outra proposta.\n\n"
                "Coordenação do programa MigraCidades"
            )
            % facts,
        )

    return _to_proposer(practice, message, write)


def _revision_declined(facts):
    return (
        _(
            "Olá.\n\nA coordenação leu a revisão da ficha «%(title)s» e decidiu não a publicar. O texto publicado fica como estava.\n\n"
            "Motivo: %(reason)s\n\nVocês podem propor outra revisão.\n\nCoordenação do programa MigraCidades"
        )
        % facts
    )


@letter("practice_unpublished")
def practice_unpublished(move, message):
    practice = move.practice
    if practice.state != State.UNPUBLISHED:
        return None

    def write(proposal):
        facts = {"title": practice.title, "reason": move.text}
        return Letter(
            subject=_("Boa prática retirada do ar: %(title)s") % facts,
            body=_(
                "Olá.\n\nA coordenação retirou do ar a ficha «%(title)s».\n\nMotivo: %(reason)s\n\nCoordenação do programa MigraCidades"
            )
            % facts,
        )

    return _to_proposer(practice, message, write)


@letter("practice_stale")
def practice_stale(practice, message):
    """Not sent where somebody has confirmed or corrected the sheet in between."""
    unchanged = str(practice.checked_on) == message.params.get("checked_on")
    if not unchanged or not freshness.is_stale(practice, timezone.localdate()):
        return None
    facts = {
        "title": practice.title,
        "day": day_text(practice.checked_on),
        "address": absolute_url("bank:check", practice.pk),
    }
    return Letter(
        subject=_("Esta boa prática continua assim? %(title)s") % facts,
        body=_(
            "Olá.\n\nA ficha «%(title)s» foi conferida pela última vez em %(day)s. Outros governos decidem com base nela.\n\n"
            "Diga com um botão se continua assim, ou conte o que mudou: %(address)s\n\nCoordenação do programa MigraCidades"
        )
        % facts,
    )


# By the open form.


@letter("proposal_confirm")
def proposal_confirm(proposal, message):
    if proposal.confirmed_at or proposal.practice.state != State.DRAFT:
        return None
    with translation.override(proposal.language):
        facts = {
            "title": without_addresses(proposal.practice.title),
            "name": without_addresses(proposal.contact_name),
            "address": absolute_url("bank:proposal", proposals.new_token(proposal)),
        }
        return Letter(
            subject=_("Confirme a sua proposta de boa prática"),
            body=_(
                "Olá, %(name)s.\n\nRecebemos a proposta «%(title)s» para o banco de boas práticas do MigraCidades, com este e-mail para contato.\n\n"
                "Confirme em até 7 dias para que a coordenação leia: %(address)s\n\n"
                "Se não foi você, não faça nada: a proposta é apagada. Este e-mail nunca é publicado.\n\nCoordenação do programa MigraCidades"
            )
            % facts,
        )


# Between who made a practice and who uses it.


@letter("practice_adopted")
def practice_adopted(adoption, message):
    """To the owner: who wants to use it, what for, and where they can be reached."""
    if adoption.withdrawn_at:
        return None
    facts = {
        "who": adoption.adopter,
        "title": adoption.practice.title,
        "purpose": adoption.purpose,
        "department": adoption.department,
        "email": adoption.contact_email,
        "address": absolute_url("bank:adoption", adoption.pk),
    }
    return Letter(
        subject=_("%(who)s quer usar a sua boa prática") % facts,
        body=_(
            "Olá.\n\n%(who)s registrou no portal que quer usar a prática «%(title)s».\n\nPara quê: %(purpose)s\n"
            "Contato institucional: %(department)s, %(email)s\n\nResponda em: %(address)s\n\nPortal MigraCidades"
        )
        % facts,
    )


@letter("adoption_answered")
def adoption_answered(adoption, message):
    if adoption.withdrawn_at or not adoption.reply:
        return None
    facts = {
        "owner": adoption.practice.owner,
        "title": adoption.practice.title,
        "reply": adoption.reply,
        "address": absolute_url("bank:adoption", adoption.pk),
    }
    return Letter(
        subject=_("Resposta sobre a prática «%(title)s»") % facts,
        body=_(
            "Olá.\n\n%(owner)s respondeu a vocês sobre a prática «%(title)s»:\n\n%(reply)s\n\nVeja em: %(address)s\n\nPortal MigraCidades"
        )
        % facts,
    )
