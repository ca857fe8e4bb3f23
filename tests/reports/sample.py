"""Frozen contents of a believable government, built from the bundled questionnaire: for tests of documents and for the benchmark."""

from functools import cache
from itertools import cycle
from pathlib import Path

import yaml

QUESTIONNAIRE = Path(__file__).resolve().parents[2] / "dimensions" / "data" / "questionnaire.yaml"
GOVERNMENT = {"ibge_code": "4304606", "name": "Canoas", "uf": "RS", "kind": "municipality", "region": "Sul"}
COMMENTS = cycle(
    [
        "",
        "Funciona desde 2023, com equipe de duas pessoas e atendimento de segunda a sexta, das 8h às 14h.",
        "A minuta está na procuradoria; a previsão é publicar no segundo semestre.",
        "",
        "Em 2025 foram 318 atendimentos, fonte: caderno da unidade. A equipe registra a língua e o bairro de quem chega, "
        "para planejar as visitas do mês seguinte e pedir reforço de intérprete quando o grupo é grande. Nos meses de chuva "
        "o atendimento passa para a escola da praça, que tem rampa e sala separada para as crianças.",
    ]
)


@cache
def questionnaire():
    return yaml.safe_load(QUESTIONNAIRE.read_text())


def head(kind, government=None):
    return {
        "schema": 1,
        "kind": kind,
        "number": 1,
        "government": government or GOVERNMENT,
        "edition": {"year": 2026, "programme": "MigraCidades"},
        "submitted_by": "Ana Souza",
        "submitted_at": "2026-06-10T14:32:00-03:00",
    }


def diagnosis_content(answers=None, context=None, government=None):
    """A whole diagnosis; `answers` (code: value or dict) lie over invented ones."""
    file = questionnaire()
    return {
        **head("diagnosis", government),
        "context": [_entry(field, (context or {}).get(field["code"])) for field in file["profile_fields"]],
        "dimensions": [_dimension(dimension, answers) for dimension in file["dimensions"]],
    }


def _entry(field, given):
    value = 348208 if field["type"] == "number" else "Texto curto sobre o município, escrito por quem atende."
    made = {"code": field["code"], "label": field["label"], "value": value, "no_data": False}
    made |= (
        {"source": "Estimativa oficial da população", "reference_month": "2025-07"} if field["type"] == "number" else {}
    )
    return made | (given or {})


def _dimension(dimension, answers):
    rows = [
        _answer(indicator, (answers or {}).get(indicator["code"]) if answers is not None else _invented(indicator))
        for indicator in dimension["indicators"]
    ]
    counts = dict.fromkeys(("exists", "partly", "not_yet", "not_applicable"), 0)
    for row in rows:
        if row["status"] in counts:
            counts[row["status"]] += 1
    return {
        "number": dimension["number"],
        "name": dimension["name"],
        "description": dimension["description"],
        "counts": counts,
        "answers": rows,
    }


def _invented(indicator):
    turn = int(indicator["code"].replace(".", ""))
    answer = indicator["answer"]
    if turn % 13 == 0:
        return {"not_applicable": True, "reason": "Esta situação não ocorre no município.", "status": "not_applicable"}
    made = {"comment": next(COMMENTS), "evidence": [{"title": f"Portaria nº {turn}/2025"}] if turn % 3 == 0 else []}
    if answer["type"] == "yes_no_partial":
        words, status = [("Sim", "exists"), ("Parcialmente", "partly"), ("Não", "not_yet")][turn % 3]
        return made | {"value": status, "in_words": words, "status": status}
    if answer["type"] == "number":
        return made | {"value": 1187 + turn, "source": "Cadastro Único", "reference_month": "2026-03"}
    if answer["type"] == "text":
        return made | {"value": "a", "in_words": "Em 2025 acompanhamos 41 mulheres sozinhas com filhos. " * 12}
    chosen = answer["options"][: 1 if answer["type"] == "single_choice" else 3]
    return made | {
        "value": "x",
        "in_words": "; ".join(option["label"]["pt-br"] for option in chosen),
        "status": "exists",
    }


def _answer(indicator, given):
    empty = {
        "value": None,
        "in_words": "",
        "no_data": False,
        "not_applicable": False,
        "reason": "",
        "comment": "",
        "status": None,
    }
    texts = {"code": indicator["code"], "question": indicator["question"]}
    return {**empty, "source": "", "reference_month": None, "evidence": [], **texts, **(given or {})}


def prioritization_content(actions=6, government=None):
    return {**head("prioritization", government), "actions": [_action(number) for number in range(1, actions + 1)]}


def _action(number):
    dimension = questionnaire()["dimensions"][(number - 1) % 10]
    return {
        "id": number,
        "dimension": {"number": dimension["number"], "name": dimension["name"]},
        "indicator": {key: dimension["indicators"][0][key] for key in ("code", "question")},
        "title": f"Portaria que diz quem responde pela pauta migratória ({number})",
        "why": "Tudo depende de uma pessoa e de ordem verbal; férias de trinta dias param o atendimento.",
        "objective": "Dar base escrita à coordenação da pauta e reservar horas de trabalho para duas pessoas.",
        "department": "Secretaria Municipal de Assistência Social",
        "responsible": "Secretária municipal de assistência social",
        "partners": ["Procuradoria do município", "Gabinete da Prefeitura"],
        "place": "Sede da prefeitura",
        "starts_on": "2026-07-01",
        "ends_on": "2026-12-15",
        "expected_result": "Portaria publicada com titular, suplente e 12 horas semanais reservadas para cada uma.",
        "measure": "Portaria no diário oficial e escala assinada dos dois primeiros meses.",
        "next_moves": [
            {"on": "2026-07-08", "time": "09:00", "role": "Assistente social", "text": "Reunir com a procuradoria"},
            {"on": "2026-08-03", "time": None, "role": "Secretária municipal", "text": "Levar a minuta à prefeita"},
        ],
    }


def certification_content(government=None):
    return {
        **head("certification", government),
        "signatory": {"name": "Raimunda Tavares do Carmo", "position": "Prefeita"},
        "awarded_by": ["Helena Brito Takeda", "Marcos Vieira Lobato"],
        "meaning": {
            "pt-br": "Este selo certifica que o governo se engajou em todas as etapas. Não é nota nem classificação.",
            "en": "This seal certifies that the government engaged in every step. It is neither a grade nor a ranking.",
            "es": "Este sello certifica que el gobierno participó en todas las etapas. No es nota ni clasificación.",
        },
        "code": "7K3MPQRS42",
        "valid_until": "2027-12-31",
        "steps": [],
    }


def snapshot_of(content):
    return {"content": content, "protocol": "2026-D-7K3MPQRS", "sha256": "9f" * 32}
