"""Static files that come out of pinned Python packages, served under pkg/ with none of them committed."""

from importlib.util import find_spec
from pathlib import Path

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

# Name under pkg/ -> (package, file inside it). A file with a source-map line needs its map listed too: the manifest storage follows it.
FILES = {
    "pkg/htmx.js": ("django_htmx", "static/django_htmx/htmx-2.min.js"),
}


class PackageFinder(BaseFinder):
    """Finds exactly the files listed above; nothing else of a package can be asked for."""

    def find(self, path, find_all=False, **kwargs):
        wanted = FILES.get(str(path).replace("\\", "/"))
        found = str(_file(*wanted)) if wanted else None
        if find_all:
            return [found] if found else []
        return found

    def list(self, ignore_patterns):
        for name, wanted in FILES.items():
            yield name, OneFileStorage(_file(*wanted))

    def check(self, **kwargs):
        return []


class OneFileStorage(FileSystemStorage):
    """Storage that opens its one file whatever the name, since the public name differs from the package's."""

    def __init__(self, file):
        super().__init__(location=file.parent)
        self.file = file

    def path(self, name):
        return str(self.file)


def _file(package, inside):
    return Path(find_spec(package).origin).parent / inside
