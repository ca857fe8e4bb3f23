"""HTML templates to tagged PDF. The template is filled here; WeasyPrint runs in kept child processes (pdf_worker.py).

Each child has a memory and a time limit and is replaced after some hundreds of documents or when it dies: a document
that fails raises RenderFailed with a reason, and the next one is rendered as if nothing had happened. It takes seconds:
never call this in a web request.
"""

import atexit
import json
import logging
import os
import subprocess
import sys
import threading
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from core.pdf_worker import OUT_OF_MEMORY, read_frame, write_frame
from core.text import without_unseen

logger = logging.getLogger(__name__)

WORKER = Path(__file__).with_name("pdf_worker.py")
# The child gets no secret: neither the database's address nor the key.
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "XDG_CACHE_HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH")
DEFAULTS = {
    "PDF_SECONDS": 90,
    "PDF_MEMORY_BYTES": 1536 * 1024 * 1024,
    "PDF_DOCUMENTS_PER_CHILD": 200,
    "PDF_CHILDREN": 2,
}
REASONS = {
    "timeout": _("O documento demorou mais do que o permitido para ficar pronto."),
    "memory": _("O documento é grande demais para a memória reservada."),
    "crash": _("O programa que monta o PDF parou no meio do documento."),
    "error": _("O documento não pôde ser montado."),
}


class RenderFailed(Exception):
    """A document could not be made. `reason` is one of REASONS; the text is for people, `detail` for the log."""

    def __init__(self, reason, detail=""):
        super().__init__(reason)
        self.reason = reason
        self.detail = detail

    def __str__(self):
        return str(REASONS[self.reason])


class Pdf(bytes):
    """The bytes of a document, with the number of its pages and the processor seconds it took."""

    pages = 0
    cpu = 0.0

    @classmethod
    def of(cls, content, facts):
        pdf = cls(content)
        pdf.pages, pdf.cpu = facts["pages"], facts["cpu"]
        return pdf


def limit(name):
    return getattr(settings, name, DEFAULTS[name])


def render(template_name, context, *, language, title, base_css="print/report.css"):
    """The Pdf of a template in a language. Raises RenderFailed."""
    html = html_of(template_name, context, language=language, title=title)
    return render_html(html, stylesheets=[base_css])


def html_of(template_name, context, *, language, title):
    """The page the PDF is made of; the print templates find language and title in it."""
    with translation.override(language):
        page = render_to_string(template_name, {**context, "language_tag": language_tag(language), "title": title})
    # One of them in a title, and nobody can read the facts of the PDF.
    return without_unseen(page)


def language_tag(language):
    """The tag readers and PDF viewers know: pt-BR for Django's pt-br."""
    name, _dash, region = language.partition("-")
    return f"{name}-{region.upper()}" if region else name


def render_html(html, *, stylesheets):
    """The Pdf of a whole HTML page with bundled stylesheets, by name. Raises RenderFailed."""
    facts, pdf = _children.ask({"html": html, "stylesheets": stylesheets})
    if facts["failed"]:
        logger.warning("pdf_failed reason=%s detail=%s", facts["failed"], facts.get("detail", ""))
        raise RenderFailed(facts["failed"], facts.get("detail", ""))
    return Pdf.of(pdf, facts)


class Child:
    """One kept process and the pipes to it. Used by one thread at a time."""

    def __init__(self):
        self.documents = 0
        self.seconds = limit("PDF_SECONDS")
        self.timed_out = False
        self.process = subprocess.Popen(  # noqa: S603 (our own file and two numbers)
            [sys.executable, "-P", str(WORKER), str(limit("PDF_MEMORY_BYTES")), str(self.seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
        )
        self._within_time(self._expect_ready)

    def ask(self, request):
        """Facts and PDF, or the facts of a failure: a dead child is one of them."""
        self.documents += 1
        return self._within_time(lambda: self._exchange(json.dumps(request).encode()))

    def is_spent(self):
        return self.process.poll() is not None or self.documents >= limit("PDF_DOCUMENTS_PER_CHILD")

    def end(self):
        self.process.kill()
        self.process.wait()
        self.forget()

    def forget(self):
        """Close our ends of the pipes: the process sees the end of its input and stops."""
        for pipe in filter(None, (self.process.stdin, self.process.stdout)):
            try:
                pipe.close()
            except BrokenPipeError:  # what was left unsent goes with the process
                continue

    def _within_time(self, exchange):
        alarm = threading.Timer(self.seconds, self._kill_for_time)
        alarm.daemon = True
        alarm.start()
        try:
            return exchange()
        finally:
            alarm.cancel()

    def _kill_for_time(self):
        self.timed_out = True
        self.process.kill()

    def _expect_ready(self):
        if read_frame(self.process.stdout) is None:
            self.end()
            raise RenderFailed("crash", "the child did not start")

    def _exchange(self, frame):
        try:
            write_frame(self.process.stdin, frame)
            facts, pdf = read_frame(self.process.stdout), read_frame(self.process.stdout)
        except BrokenPipeError:
            facts = pdf = None
        if facts is None or pdf is None:
            return self._obituary(), b""
        return json.loads(facts), pdf

    def _obituary(self):
        status = self.process.wait()
        reason = "timeout" if self.timed_out else "memory" if status == OUT_OF_MEMORY else "crash"
        return {"failed": reason, "detail": f"exit status {status}"}


class Children:
    """The idle children of this process; at most PDF_CHILDREN work at once, other threads wait their turn."""

    def __init__(self):
        self.idle = []
        self.room = threading.BoundedSemaphore(limit("PDF_CHILDREN"))
        self.lock = threading.Lock()

    def ask(self, request):
        with self.room:
            child = self._take()
            try:
                facts, pdf = child.ask(request)
            except BaseException:
                child.end()
                raise
            self._give_back(child, keep=not facts["failed"])
            return facts, pdf

    def end(self):
        with self.lock:
            while self.idle:
                self.idle.pop().end()

    def _take(self):
        with self.lock:
            while self.idle:
                child = self.idle.pop()
                if not child.is_spent():
                    return child
                child.end()
        return Child()

    def _give_back(self, child, *, keep):
        # After a failure the process may be short of memory or half broken: start afresh.
        if keep and not child.is_spent():
            with self.lock:
                self.idle.append(child)
        else:
            child.end()


class LazyChildren:
    """Children made on first use, in the process that uses them: settings are read late and nothing survives a fork."""

    def __init__(self):
        self.reset()

    def reset(self):
        self.lock = threading.Lock()
        self.children = None

    def ask(self, request):
        with self.lock:
            if self.children is None:
                self.children = Children()
        return self.children.ask(request)

    def end(self):
        with self.lock:
            children, self.children = self.children, None
        if children is not None:
            children.end()

    def after_fork(self):
        """In a forked process: let go of the parent's children without ending them."""
        for child in self.children.idle if self.children else []:
            child.process.returncode = 0  # not ours to wait for
            child.forget()
        self.reset()


_children = LazyChildren()
end_children = _children.end
atexit.register(end_children)
os.register_at_fork(after_in_child=_children.after_fork)
