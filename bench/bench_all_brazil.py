"""Directory, government page and numbers with all of Brazil over ten editions, against the same pages with as many governments as the demo.

Each size lies in a database of its own; the two are asked in turns by the same process.
"""

from contextlib import contextmanager

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.all_brazil import DEMO, Country, all_of_them, of_demo_size
from bench.diagnosis_data import as_served
from bench.paired import Ratio, compare, scratch_database

LINE = 1.2
VISITS = 10
# Address, and a sign with how often it is there at least: a page that broke would be quick.
PAGES = {
    "directory": ("/governos/", (b'<th scope="row"><a', 50)),
    "directory, one edition and state": ("/governos/?edicao={year}&uf=RO", (b'<th scope="row"><a', 50)),
    "directory, name sought": ("/governos/?q=porto", (b'<th scope="row"><a', 50)),
    "government page": ("/governos/{code}/", (b'class="seal-year"', 10)),
    "list of editions": ("/edicoes/", (b'class="card"', 10)),
    "numbers": ("/numeros/?edicao={year}", (b"<svg", 12)),
    "dimension page": ("/dimensoes/1/", (b"<svg", 3)),
}


def run():
    with scratch_database(), as_served():
        country = Country()
        with copy_of_the_database() as (small, large):
            country.fill(of_demo_size())
            use(large)
            country.fill(all_of_them())
            analyse()
            words = {"year": country.editions[-1].year, "code": of_demo_size()[0].ibge_code}
            for name, (address, sign) in PAGES.items():
                yield from ratios(name, address.format(**words), sign, small, large)
            use(small)


def ratios(name, address, sign, small, large):
    client = Client()
    many, few = (queries(client, address, sign, database) for database in (large, small))
    yield Ratio(f"queries of the {name} ({many})", f"those with the demo's governments ({few})", many / few, 1)
    names = (f"{name} of 5,597 governments in 10 editions", f"the same of {DEMO} governments")
    yield compare(visits(client, address, large), visits(client, address, small), names=names, limit=LINE)


def queries(client, address, sign, database):
    """How many a visit asks; the fewest of some, since a few facts are asked again after some seconds."""
    use(database)
    asked = []
    for _each in range(4):
        with CaptureQueriesContext(connection) as captured:
            page = client.get(address)
        asked.append(len(captured))
    text, least = sign
    assert page.content.count(text) >= least, f"{address}: {page.content.count(text)} of {least}"
    return min(asked)


def visits(client, address, database):
    def visit():
        use(database)
        for _each in range(VISITS):
            assert client.get(address).status_code == 200

    return visit


@contextmanager
def copy_of_the_database():
    """(its name, the name of its copy)"""
    creation = connection.creation
    connection.close()
    creation.clone_test_db(suffix="large", verbosity=0)
    small, large = connection.settings_dict["NAME"], creation.get_test_db_clone_settings("large")["NAME"]
    try:
        yield small, large
    finally:
        use(small)
        connection.close()
        creation._destroy_test_db(large, verbosity=0)


def use(database):
    if connection.settings_dict["NAME"] != database:
        connection.close()
        connection.settings_dict["NAME"] = database


def analyse():
    """What the database's own upkeep does after so many new rows."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
