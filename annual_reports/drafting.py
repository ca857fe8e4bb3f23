"""The words a draft begins with, in three languages: figures stand beside them, computed, so that no sentence here grows old."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from .gathering import LANGUAGES


def texts(year):
    """{column: text} of a new draft."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            suffix = language.replace("-", "_")
            found |= {f"{name}_{suffix}": text for name, text in _said(year).items()}
    return found


def _said(year):
    return {
        "opening": _(
            "O MigraCidades acompanha municípios e estados brasileiros que querem cuidar melhor da migração no seu território. Cada governo olha para o "
            "que já existe em dez dimensões, escolhe o que vai melhorar e troca experiências com os outros. O programa é realizado pela OIM, a agência "
            "da ONU para as migrações, e pela UFRGS, com a Enap.\n\nEste relatório conta o que foi feito em %(year)s: quem recebeu o selo, os encontros "
            "do ano e quantos vieram."
        )
        % {"year": year},
        "on_certified": _(
            "O selo certifica o engajamento de um governo em todas as etapas da edição. Não é nota nem classificação: em cada região, os governos estão "
            "em ordem alfabética."
        ),
        "on_steps": _(
            "Para chegar ao selo, um governo se inscreve, faz o diagnóstico com as suas secretarias, escolhe ações prioritárias e tem cada etapa validada "
            "pela coordenação. Depois do selo, conta como andam as ações."
        ),
        "on_events": _(
            "Os encontros prepararam as equipes para cada etapa e aproximaram quem trabalha com migração em cidades diferentes. Pessoas e governos são "
            "contados à parte e nunca se somam."
        ),
        "on_course": _(
            "O curso on-line da Enap sobre governança migratória local faz parte da certificação e está aberto, de graça, a qualquer pessoa."
        ),
        "on_media": _(
            "O que se publica sobre o programa ajuda a população a saber o que o seu governo faz e onde procurar atendimento."
        ),
        "closing": _(
            "Agradecemos às equipes dos governos, às pessoas migrantes que participaram e a quem dividiu o que aprendeu. Quem quiser aderir à próxima "
            "edição ou apoiar o programa encontra neste portal como falar com a coordenação."
        ),
    }
