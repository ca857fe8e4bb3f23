"""What São Leopoldo answers: an answer to every question of the published questionnaire, most of them «not yet» or «partly»."""

from pathlib import Path

import yaml

QUESTIONNAIRE = Path(__file__).resolve().parents[2] / "dimensions" / "data" / "questionnaire.yaml"

# Words looked for in the reports later.
COORDINATION = "A Secretaria de Direitos Humanos coordena a pauta desde 2019, ainda sem portaria publicada."
CORRECTED = "A Portaria 112 atribui a coordenação à Secretaria de Direitos Humanos."
PLAN = "O Plano Municipal para a População Migrante vale até 2028."
PROTECTION = "Formamos promotoras legais populares migrantes em quatro bairros, com a Defensoria Pública."
CONTEXT = "Chegam sobretudo famílias venezuelanas e haitianas, por redes de parentes e pela interiorização."
UNIT = "Centro de Referência da População Migrante, Rua Independência, 66, Centro"


def every_answer():
    """{code: body of the PUT}: what the signed-in address takes."""
    catalogue = yaml.safe_load(QUESTIONNAIRE.read_text())
    return {
        question["code"]: BODIES[question["answer"]["type"]](question)
        for dimension in catalogue["dimensions"]
        for question in dimension["indicators"]
    }


def _choice(question):
    """The last option that still needs no evidence."""
    return {"value": question["suggest_when"]["answers"][-1], "comment": ""}


def _partly_or_no(question):
    """Every third question exists in part."""
    number = int(question["code"].replace(".", ""))
    value = "partial" if number % 3 else "no"
    return {"value": value, "comment": "Alcança parte dos bairros." if value == "partial" else ""}


def _selection(question):
    options = [option["code"] for option in question["answer"]["options"] if not option.get("exclusive")]
    exclusive = [option["code"] for option in question["answer"]["options"] if option.get("exclusive")]
    return {"value": exclusive if question["evidence"] == "required_if_yes" else options[:3], "comment": ""}


def _number(question):
    """Known for the team's own people; elsewhere nobody counts yet."""
    if question["code"] != "1.02":
        return {"value": None, "no_data": True, "comment": ""}
    return {"value": 4, "source": "Quadro de pessoal da prefeitura", "reference_month": "2026-05", "comment": ""}


def _text(question):
    return {"value": PROTECTION, "comment": ""}


BODIES = {
    "yes_no_partial": _partly_or_no,
    "single_choice": _choice,
    "multi_choice": _selection,
    "number": _number,
    "text": _text,
}
