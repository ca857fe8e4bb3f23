"""Letters about seals."""

from django.utils.translation import gettext as _

from core.links import absolute
from core.outbox import Letter, letter


@letter("seal_awarded")
def seal_awarded(seal, message):
    """Sent once the award is decided; says when it becomes public."""
    if seal.revoked_at:
        return None
    participation = seal.participation
    facts = {
        "government": participation.government,
        "year": participation.edition.year,
        "address": absolute(f"/painel/participacoes/{participation.pk}/certificacao/"),
    }
    return Letter(
        subject=_("Selo MigraCidades %(year)s: concessão registrada") % facts,
        body=_(
            "Olá.\n\nA coordenação concedeu o selo MigraCidades %(year)s a %(government)s. O selo, o certificado e os relatórios ficam públicos"
            " quando a edição for publicada, na cerimônia.\n\nVeja a página da certificação: %(address)s\n\nCoordenação do programa MigraCidades"
        )
        % facts,
    )


@letter("seal_revoked")
def seal_revoked(seal, message):
    participation = seal.participation
    facts = {
        "government": participation.government,
        "year": participation.edition.year,
        "reason": seal.revocation.public_reason,
        "address": absolute(seal.get_absolute_url()),
    }
    return Letter(
        subject=_("Selo MigraCidades %(year)s revogado") % facts,
        body=_(
            "Olá.\n\nO selo MigraCidades %(year)s de %(government)s foi revogado. Motivo publicado:\n\n%(reason)s\n\n"
            "Página do selo: %(address)s\n\nSe quiser conversar sobre esta decisão, responda a este e-mail.\n\nCoordenação do programa MigraCidades"
        )
        % facts,
    )


@letter("seal_replaced")
def seal_replaced(seal, message):
    """About the new seal; the old one says the same on its page."""
    participation = seal.participation
    facts = {
        "government": participation.government,
        "year": participation.edition.year,
        "reason": seal.decision.public_reason,
        "old": seal.replaces.code,
        "code": seal.code,
        "address": absolute(f"/painel/participacoes/{participation.pk}/certificacao/"),
    }
    return Letter(
        subject=_("Selo MigraCidades %(year)s substituído") % facts,
        body=_(
            "Olá.\n\nO selo MigraCidades %(year)s de %(government)s foi substituído por um novo, corrigido. Motivo publicado:\n\n%(reason)s\n\n"
            "Código anterior: %(old)s\nCódigo novo: %(code)s\n\nTroque a imagem e o certificado que o governo usa; quem conferir o código anterior"
            " será levado ao novo. Página da certificação: %(address)s\n\nCoordenação do programa MigraCidades"
        )
        % facts,
    )
