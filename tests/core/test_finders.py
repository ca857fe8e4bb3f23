"""Files out of packages: exactly the listed ones, and fit for the storage that production uses."""

from io import StringIO
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from core.finders import FILES, PackageFinder


@pytest.mark.parametrize(
    "name", ["pkg/../finders.py", "pkg/htmx-2.js", "django_htmx/htmx-2.min.js", "pkg/", "", "pkg/htmx.js/../../x"]
)
def test_what_is_not_listed_is_not_found(name):
    assert PackageFinder().find(name) is None
    assert PackageFinder().find(name, find_all=True) == []


def test_htmx_comes_from_its_package():
    found = finders.find("pkg/htmx.js")
    assert "django_htmx" in found
    assert Path(found).read_text().startswith("var htmx")


def test_the_list_reads_each_file_under_its_public_name():
    listed = {}
    for name, storage in PackageFinder().list([]):
        with storage.open(name) as file:
            listed[name] = file.read()
    assert listed.keys() == FILES.keys()
    assert all(listed.values())


def test_production_can_collect_everything(settings, tmp_path):
    """The manifest storage follows every url() and source-map line: a missing target stops a release."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, stdout=StringIO())
    assert list((tmp_path / "pkg").glob("htmx.*.js"))
    assert list((tmp_path / "css").glob("site.*.css"))
