"""The kept child process that turns HTML into PDF. Started by core/pdf.py; needs neither Django nor any secret.

It reads one frame a document from its standard input and answers with two (facts, then the PDF), each a length in eight
bytes and the bytes. Whatever the HTML asks for, only the files named in `bundle()` are ever read.
"""

import json
import os
import resource
import signal
import struct
import sys
import time
import traceback
from importlib import resources
from pathlib import Path

OUT_OF_MEMORY = 77  # exit status where even the answer found no room
LENGTH = struct.Struct(">Q")
STATIC = Path(__file__).resolve().parents[1] / "static"
FONTS = {"fonts/regular.ttf": "SourceSansPro-Regular.ttf", "fonts/bold.ttf": "SourceSansPro-Bold.ttf"}
MEDIA_TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".ttf": "font/ttf", ".png": "image/png"}


def bundle():
    """Names a document or stylesheet may ask for as `asset:NAME`, with the file behind each."""
    fonts = Path(str(resources.files("font_source_sans_pro"))) / "files"
    files = {f"print/{path.name}": path for path in sorted((STATIC / "print").iterdir()) if path.suffix in MEDIA_TYPES}
    return files | {name: fonts / file for name, file in FONTS.items()}


def make_fetcher(files):
    """WeasyPrint's fetcher cut down to the bundle: no network, no other file, no `data:`."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class BundleFetcher(URLFetcher):
        def fetch(self, url, headers=None):
            scheme, _, name = url.partition(":")
            if scheme != "asset" or name not in files:
                raise ValueError("not a bundled asset")
            path = files[name]
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": MEDIA_TYPES[path.suffix]})

    return BundleFetcher()


class Renderer:
    """One font configuration and each stylesheet parsed once, shared by all documents of the process."""

    def __init__(self):
        from weasyprint.text.fonts import FontConfiguration

        self.files = bundle()
        self.fetcher = make_fetcher(self.files)
        self.fonts = FontConfiguration()
        self.styles = {}
        self.images = {}

    def stylesheet(self, name):
        from weasyprint import CSS

        if name not in self.styles:
            self.styles[name] = CSS(url=f"asset:{name}", url_fetcher=self.fetcher, font_config=self.fonts)
        return self.styles[name]

    def render(self, html, stylesheets):
        """The PDF and how many pages it has."""
        from weasyprint import HTML

        pages = []
        pdf = HTML(string=html, url_fetcher=self.fetcher).write_pdf(
            stylesheets=[self.stylesheet(name) for name in stylesheets],
            font_config=self.fonts,
            cache=self.images,
            pdf_variant="pdf/ua-1",
            finisher=lambda document, _pdf: pages.extend(document.pages),
        )
        return pdf, len(pages)


def read_frame(stream):
    """The next frame, or None where the other side has gone."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    body = stream.read(length)
    return body if len(body) == length else None


def write_frame(stream, body):
    stream.write(LENGTH.pack(len(body)) + body)
    stream.flush()


def answer(renderer, request):
    """Facts and PDF of one document; a failing one is an answer too."""
    started = time.process_time()
    try:
        pdf, pages = renderer.render(request["html"], request["stylesheets"])
    except MemoryError:
        return {"failed": "memory"}, b""
    except Exception as error:  # the next document still runs
        return {"failed": "error", "detail": fault_of(error)}, b""
    return {"failed": None, "pages": pages, "cpu": time.process_time() - started}, pdf


def fault_of(error):
    """Kind of exception and where it was raised; never its text, which may hold what somebody wrote."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}"


def serve(incoming, outgoing, memory, seconds):
    """Answer frames until the parent goes; the alarm ends a document that outlives even its parent."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    renderer = Renderer()
    write_frame(outgoing, b"ready")
    while (frame := read_frame(incoming)) is not None:
        signal.alarm(seconds + 5)
        facts, pdf = answer(renderer, json.loads(frame))
        signal.alarm(0)
        write_frame(outgoing, json.dumps(facts).encode())
        write_frame(outgoing, pdf)


def main():
    # A stop of the whole group (Ctrl-C) is the parent's business: it closes our standard input.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    outgoing = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print must not land among the frames
    os.nice(5)  # pages before documents
    try:
        serve(sys.stdin.buffer, outgoing, memory=int(sys.argv[1]), seconds=int(sys.argv[2]))
    except BrokenPipeError:
        os._exit(0)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


if __name__ == "__main__":
    main()
