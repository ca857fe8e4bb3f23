"""A search of the bank over 20,000 sheets by its index, against reading the searched column of every sheet."""

import random
import time

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from bench.paired import compare, scratch_database
from core.text import words

SHEETS = 20_000
LINE = 0.5
# In some two hundred sheets, in fifty, in twenty, in none, in every one.
SEARCHES = ("mediacao", "educacao calendario", "interprete hospital", "palavra que nao ha", "prefeitura")
RARE = {100: "mediação entre vizinhos", 400: "educação em calendário único", 1000: "intérprete no hospital"}
SYLLABLES = ("ba", "co", "dra", "fe", "gui", "lha", "mo", "nu", "pri", "que", "ra", "si", "tro", "vão", "ção", "zé")


def run():
    with scratch_database():
        fill()
        names = ("practice search over 20,000 sheets by its index", "reading every sheet")
        # SQLite works inside this process; of another engine's work only the clock on the wall knows.
        clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
        yield compare(lambda: look(by_index), lambda: look(by_reading), names=names, limit=LINE, clock=clock)


def fill():
    from governments.models import Body, Government
    from practices.models import Practice

    chance, now = random.Random(5), timezone.now()
    owner = Body.objects.create(kind=Body.Kind.GOVERNMENT)
    facts = {"kind": Government.Kind.MUNICIPALITY, "uf": "RS", "region": "Sul", "name": "Canoas"}
    Government.objects.create(body=owner, ibge_code="4304606", **facts)
    public = {"owner": owner, "state": "published", "published_at": now, "checked_on": now.date()}
    rows = [Practice(key=f"p{number}", title_pt_br=story(chance, 6), **public) for number in range(SHEETS)]
    for number, row in enumerate(rows):
        rare = " ".join(text for every, text in RARE.items() if number % every == 0)
        row.context = f"{story(chance, 150)} prefeitura {rare}"
        row.search = row.searchable()
    Practice.objects.bulk_create(rows, batch_size=500)


def story(chance, length):
    """Words nobody uses, as varied as a text has them."""
    return " ".join("".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _word in range(length))


def look(search):
    return [search(text) for text in SEARCHES]


def by_index(text):
    from practices.models import Practice

    return page_of(Practice.objects.public().search(text))


def by_reading(text):
    from practices.models import Practice

    every = Q()
    for word in words(text):
        every &= Q(search__icontains=word)
    return page_of(Practice.objects.public().filter(every))


def page_of(found):
    """What the list asks for: how many there are, and the first of them."""
    return found.count(), list(found.order_by("-published_at", "-pk").values_list("pk", flat=True)[:24])
