"""The public addresses of the API as a page tells them: read out of their own description, so that the two cannot disagree."""

from functools import lru_cache
from http import HTTPStatus

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.links import absolute
from migracidades.api.urls import api

# The description for programs is in English; these are its sentences for people.
SUMMARIES = {
    "/governments": _("Governos, por nome, cada um com os seus selos públicos"),
    "/governments/{ibge_code}": _("Um governo, com as participações publicadas e o que existe por dimensão"),
    "/editions": _("Edições, da mais recente à mais antiga, com períodos e prorrogações"),
    "/editions/{year}": _("Uma edição"),
    "/dimensions": _("As dimensões do questionário em vigor"),
    "/dimensions/{number}": _("Uma dimensão, com as suas perguntas"),
    "/questionnaires": _("Questionários: cada versão publicada"),
    "/questionnaires/{identifier}": _("Uma versão, com as dimensões e as perguntas"),
    "/seals": _("Selos públicos, também os revogados e substituídos, com a situação"),
    "/seals/{code}": _("Um selo, pelo código"),
    "/practices": _("Boas práticas, da mais recente à mais antiga"),
    "/practices/{pk}": _("Uma boa prática"),
    "/events": _("Eventos, do mais recente ao mais antigo"),
    "/events/{pk}": _("Um evento"),
    "/actions": _("Ações prioritárias dos planos validados e até onde foram"),
    "/actions/{pk}": _("Uma ação, em cada plano que a contém"),
}
PARAMETERS = {
    "page": _("número da página, a partir de 1"),
    "page_size": _("quantos por página, até 100"),
    "uf": _("sigla da unidade da federação"),
    "region": _("região do Brasil"),
    "kind": _("tipo de governo"),
    "q": _("palavras a buscar, sem olhar acentos"),
    "edition": _("ano da edição"),
    "certified": _("só os que têm selo (true) ou só os que não têm (false)"),
    "government": _("código IBGE do governo"),
    "state": _("situação"),
    "dimension": _("número da dimensão"),
    "type": _("tipo de evento"),
    "year": _("ano"),
    "upcoming": _("só os que ainda não terminaram (true) ou só os passados (false)"),
    "ibge_code": _("código IBGE"),
    "number": _("número da dimensão"),
    "identifier": _("identificador e versão, como na lista"),
    "code": _("código do selo"),
    "pk": _("número que a página tem no endereço"),
}
STATUSES = {
    "200": _("o que se pediu"),
    "304": _("nada mudou desde o ETag enviado; sem conteúdo"),
    "404": _("não há nada neste endereço, ou a página da lista não existe"),
    "405": _("só se pode ler: use GET"),
    "422": _("um filtro não foi entendido; errors diz qual"),
    "429": _("pedidos demais em pouco tempo; espere e tente de novo"),
    "503": _("fora do ar por um momento; tente depois de Retry-After segundos"),
}
PREFIX = "/api/v1"


def description():
    """{address, operations} in the active language."""
    return _described(get_language())


@lru_cache(maxsize=8)
def _described(language):
    schema = api.get_openapi_schema(path_prefix=PREFIX)
    operations = [
        _operation(path, methods["get"], schema)
        for path, methods in schema["paths"].items()
        if "public" in methods.get("get", {}).get("tags", [])
    ]
    return {"address": absolute(f"{PREFIX}/openapi.json"), "operations": operations}


def _operation(path, facts, schema):
    short = path.removeprefix(PREFIX)
    return {
        "anchor": short.strip("/").replace("/", "-").replace("{", "").replace("}", ""),
        "path": path,
        "example": "" if "{" in path else absolute(path),
        "summary": str(SUMMARIES.get(short, facts["summary"])),
        "parameters": [_parameter(each) for each in facts.get("parameters", [])],
        "fields": _fields(facts["responses"][200]["content"]["application/json"]["schema"], schema),
        "statuses": [
            (code, HTTPStatus(int(code)).phrase, str(STATUSES.get(code, ""))) for code in map(str, facts["responses"])
        ],
    }


def _parameter(facts):
    schema = facts["schema"]
    options = [each for each in schema.get("anyOf", [schema]) if each.get("type") != "null"]
    return {
        "name": facts["name"],
        "type": options[0].get("type", ""),
        "choices": options[0].get("enum", []),
        "required": facts.get("required", False),
        "meaning": str(PARAMETERS.get(facts["name"], "")),
    }


def _fields(schema, whole):
    """(name, type) of what is told: of each item, where a page of a list is."""
    found = _resolve(schema, whole)
    if "items" in found.get("properties", {}) and "count" in found["properties"]:
        found = _resolve(found["properties"]["items"]["items"], whole)
    return [(name, _type(facts, whole)) for name, facts in found["properties"].items()]


def _resolve(schema, whole):
    while "$ref" in schema:
        schema = whole["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def _type(facts, whole):
    """«string or null», «list of Extension»: as the description has it, in few words."""
    if "$ref" in facts:
        return facts["$ref"].rpartition("/")[2]
    if "anyOf" in facts:
        return " | ".join(_type(each, whole) for each in facts["anyOf"])
    if facts.get("type") == "array":
        return f"[{_type(facts['items'], whole)}]"
    return facts.get("format") or facts.get("type", "any")
