"""A search of the bank over 20,000 sheets by its index, against reading the searched column of every sheet."""

import random
import time

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
        # The database does the work, so that elapsed time is what counts.
        yield compare(
            lambda: look(by_index), lambda: look(by_reading), names=names, limit=LINE, clock=time.perf_counter
        )


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

    return list(
        Practice.objects.public().search(text).order_by("-published_at", "-pk").values_list("pk", flat=True)[:24]
    )


def by_reading(text):
    from practices.models import Practice

    every = Q()
    for word in words(text):
        every &= Q(search__icontains=word)
    return list(
        Practice.objects.public().filter(every).order_by("-published_at", "-pk").values_list("pk", flat=True)[:24]
    )
