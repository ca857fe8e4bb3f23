"""The invented texts of the demonstration: read from one file, with the years of an edition put in."""

import re
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings

FILE = Path(settings.BASE_DIR) / "migracidades" / "data" / "demo-content.yaml"
LANGUAGES = {"pt_br": "pt-br", "en": "en", "es": "es"}
YEAR = re.compile(r"\{([yn])(\d)\}")


@cache
def everything():
    with open(FILE, encoding="utf-8") as file:
        return yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506


def in_languages(name, texts):
    """{"title_pt_br": ..., "title_en": ...} of one translated text."""
    return {f"{name}_{suffix}": texts[language] for suffix, language in LANGUAGES.items()}


def profiles(year):
    """The governments' stories by key, told from an edition's year."""
    return {profile["key"]: profile for profile in _of_year("profiles", year)}


def practices(year):
    return _of_year("practices", year)


def events(year):
    return _of_year("events", year)


def organisations():
    return everything()["organisations"]


def state_capitals():
    return {str(code) for code in everything()["state_capitals"]}


def generation_rules():
    return everything()["generation_rules"]


def banner():
    return everything()["banner"]["pt-br"]


def call(year, closes_at):
    """The call for an edition as its page shows it. closes_at: the deadline in words."""
    text = everything()["editorial"]["call"]
    parts = [text["lead"]["pt-br"]]
    parts += [f"{section['title']['pt-br']}\n{section['text']['pt-br']}" for section in text["sections"]]
    whole = "\n\n".join(parts).replace("{edition}", str(year))
    return whole.replace("{closes_at} (horário de Brasília)", closes_at).replace("{closes_at}", closes_at)


@cache
def _of_year(section, year):
    return with_years(everything()[section], year)


def with_years(value, year):
    """The same with {y0}, {y1}..., {n1}... as years counted from the edition's, in every text."""
    if isinstance(value, str):
        return YEAR.sub(lambda found: str(year + int(found[2]) * (-1 if found[1] == "y" else 1)), value)
    if isinstance(value, dict):
        return {key: with_years(each, year) for key, each in value.items()}
    if isinstance(value, list):
        return [with_years(each, year) for each in value]
    return value
