"""What the seal says and does not say: one sentence, wherever a seal is shown."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

DOES_NOT_MEAN = [
    _("Não é prêmio de melhor cidade ou estado, nem nota: nenhum governo é comparado com outro."),
    _("Não afirma que todos os serviços existem ou funcionam sem falhas."),
    _("Não é pago, nem dá preferência em contratos ou repasses."),
]
MEANS = [
    _("O governo se inscreveu com um documento assinado por quem o dirige."),
    _("Respondeu ao diagnóstico das dez dimensões da governança migratória local, e a coordenação o validou."),
    _("Escolheu ações prioritárias para os seis meses seguintes, com responsável e prazo."),
    _("Pelo menos uma pessoa de referência concluiu o curso do programa, quando a edição o exige."),
]


def one_sentence(year):
    """The sentence of every seal page and certificate, in the active language."""
    return _(
        "Este selo certifica que o governo se engajou em todas as etapas da edição %(year)s até a certificação. Não é nota nem classificação."
    ) % {"year": year}


def meaning_in_all_languages(year):
    """The sentence as frozen with the award: {language code: sentence}."""
    said = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            said[code] = str(one_sentence(year))
    return said
