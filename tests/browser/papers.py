"""Papers people hold: a signed document to upload, and the reports they download, read and looked at."""

import os
import re
import shutil
import subprocess
from pathlib import Path

# For a person to look at: KEEP_PDFS=folder keeps each document with its pages as pictures.
KEEP = os.environ.get("KEEP_PDFS")


def paper(title):
    """A one-page PDF that says its title, as a scanner or an office program would hand it over."""
    text = f"BT /F1 18 Tf 72 760 Td ({title}) Tj ET".encode("latin-1")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return (
        body
        + head
        + table
        + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (
            len(objects) + 1,
            len(body),
        )
    )


def upload(name, title):
    """What a file field takes."""
    return {"name": name, "mimeType": "application/pdf", "buffer": paper(title)}


class Document:
    """A downloaded PDF."""

    def __init__(self, path):
        self.path = Path(path)

    @property
    def text(self):
        """Its words in one line, page after page."""
        return " ".join(self.pages)

    @property
    def pages(self):
        whole = _output("pdftotext", "-layout", str(self.path), "-")
        return [re.sub(r"\s+", " ", page).strip() for page in whole.split("\f")[:-1]]

    @property
    def info(self):
        lines = _output("pdfinfo", str(self.path)).splitlines()
        return {name.strip(): value.strip() for name, _colon, value in (line.partition(":") for line in lines)}

    def as_pictures(self, folder):
        """PNG files of its pages, in a folder of its own inside the given one."""
        own = Path(folder) / self.path.stem
        shutil.rmtree(own, ignore_errors=True)
        own.mkdir(parents=True)
        _output("pdftoppm", "-r", "60", "-png", str(self.path), str(own / "page"))
        return sorted(own.glob("*.png"))


def _output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
