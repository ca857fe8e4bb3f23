"""The seventeen Sustainable Development Goals: codes are kept («10.7», «16.b»), names are shown."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

GOALS = {
    1: gettext_lazy("Erradicação da pobreza"),
    2: gettext_lazy("Fome zero e agricultura sustentável"),
    3: gettext_lazy("Saúde e bem-estar"),
    4: gettext_lazy("Educação de qualidade"),
    5: gettext_lazy("Igualdade de gênero"),
    6: gettext_lazy("Água potável e saneamento"),
    7: gettext_lazy("Energia limpa e acessível"),
    8: gettext_lazy("Trabalho decente e crescimento econômico"),
    9: gettext_lazy("Indústria, inovação e infraestrutura"),
    10: gettext_lazy("Redução das desigualdades"),
    11: gettext_lazy("Cidades e comunidades sustentáveis"),
    12: gettext_lazy("Consumo e produção responsáveis"),
    13: gettext_lazy("Ação contra a mudança global do clima"),
    14: gettext_lazy("Vida na água"),
    15: gettext_lazy("Vida terrestre"),
    16: gettext_lazy("Paz, justiça e instituições eficazes"),
    17: gettext_lazy("Parcerias e meios de implementação"),
}
# How many numbered targets each goal has.
NUMBERED = dict(zip(GOALS, (5, 5, 9, 7, 6, 6, 3, 10, 5, 7, 7, 8, 3, 7, 9, 10, 19), strict=True))
SHAPE = re.compile(r"(\d{1,2})\.(\d{1,2}|[a-d])")


class UnknownTarget(ValueError):
    """Not a target of the goals; the message names it."""


def parse(text):
    """«10.7, 16.b» as a list without repetition, in order. Raises UnknownTarget."""
    found = []
    for word in re.split(r"[\s,;]+", text.strip().lower()):
        if word and word not in found:
            found.append(_checked(word))
    return sorted(found, key=_place)


def _checked(word):
    shape = SHAPE.fullmatch(word)
    goal = int(shape[1]) if shape else 0
    if goal in GOALS and (shape[2].isalpha() or 1 <= int(shape[2]) <= NUMBERED[goal]):
        return word
    raise UnknownTarget(
        _("«%(word)s» não é uma meta dos ODS. Escreva o número do objetivo, um ponto e a meta, como 10.7 ou 16.b.")
        % {"word": word}
    )


def _place(code):
    goal, target = code.split(".")
    return int(goal), target.isalpha(), target if target.isalpha() else f"{int(target):02}"


def goals_of(targets):
    """Numbers of the goals of some targets, in order, without repetition."""
    return sorted({int(code.split(".")[0]) for code in targets if SHAPE.fullmatch(str(code))})


def grouped(targets):
    """[(goal, name, its targets)] in order."""
    return [
        (goal, GOALS[goal], [code for code in targets if str(code).split(".")[0] == str(goal)])
        for goal in goals_of(targets)
        if goal in GOALS
    ]
