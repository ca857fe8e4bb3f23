"""Documents become PDF in kept child processes: what they may read, how they fail, and that the next one still runs."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from core import pdf

HEAD = '<!doctype html><html lang="pt-BR"><head><title>Relatório</title></head><body data-page="página" data-of="de">'
STYLE = ["print/report.css"]


@pytest.fixture(autouse=True)
def _fresh_children():
    pdf.end_children()
    yield
    pdf.end_children()


def make(body, head=HEAD):
    return pdf.render_html(head + body, stylesheets=STYLE)


def run(tool, document, *options):
    result = subprocess.run([*tool.split(), *options, "-", "-"], input=document, capture_output=True, check=True)
    return result.stdout.decode()


def text_of(document):
    return run("pdftotext -layout", document)


def unpacked(document):
    """The objects of a PDF, with those it keeps in compressed streams."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", document, re.DOTALL)
    return document + b"".join(zlib.decompressobj().decompress(stream) for stream in streams if stream[:1] == b"x")


def saved(tmp_path, document):
    path = tmp_path / "document.pdf"
    path.write_bytes(document)
    return str(path)


def kept_child():
    (child,) = pdf._children.children.idle
    return child


def endless():
    """A document that takes a minute: some ten thousand rows."""
    return "<table>" + "<tr><td>uma</td><td>duas</td><td>três</td></tr>" * 20_000 + "</table>"


def test_missing_stylesheet_is_a_failure_with_a_reason():
    with pytest.raises(pdf.RenderFailed) as failure:
        pdf.render_html(HEAD, stylesheets=["print/../../manage.py"])
    assert failure.value.reason == "error"
    assert str(failure.value) == "O documento não pôde ser montado."


@pytest.mark.parametrize(
    "address", ["file:///etc/hostname", "asset:../core/pdf.py", "data:text/css,*{color:red}", "/etc/hostname"]
)
def test_nothing_outside_the_bundle_is_read(tmp_path, address):
    document = make(
        f'<link rel="attachment" href="{address}"><link rel="stylesheet" href="{address}">'
        f'<img src="{address}" alt="a figura">texto'
    )
    listed = subprocess.run(["pdfdetach", "-list", saved(tmp_path, document)], capture_output=True, check=True).stdout
    assert listed.decode().strip() == "0 embedded files"
    assert "texto" in text_of(document)


def test_no_connection_is_opened():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x.png"
        make(f'<div style="background:url({address})">a</div><img src="{address}" alt="b">')
        with pytest.raises(TimeoutError):
            server.accept()


def test_child_knows_no_secret(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "segredo-de-teste")
    make("a")
    with open(f"/proc/{kept_child().process.pid}/environ", "rb") as environ:
        assert b"segredo" not in environ.read()


def test_tagged_with_language_title_fonts_and_page_numbers(tmp_path):
    document = make(
        '<h1>Diagnóstico de São João</h1><p>Ação é <b>coração</b></p><h2 style="break-before: page">Saúde</h2>'
    )
    path = saved(tmp_path, document)
    facts = subprocess.run(["pdfinfo", path], capture_output=True, check=True, text=True).stdout
    fonts = subprocess.run(["pdffonts", path], capture_output=True, check=True, text=True).stdout.splitlines()[2:]
    assert "Title:           Relatório" in facts
    assert "Tagged:          yes" in facts
    assert b"/Lang (pt-BR)" in unpacked(document)
    assert len(fonts) == 2
    assert all("CID TrueType" in font and " yes yes yes" in font for font in fonts)
    assert document.pages == 2
    assert "página 1 de 2" in text_of(document)
    assert "página 2 de 2" in text_of(document)


def test_template_is_filled_in_the_language_asked_for():
    html = pdf.html_of("print/base.html", {}, language="pt-br", title="Relatório <b>de</b> teste")
    assert '<html lang="pt-BR">' in html
    assert "<title>Relatório &lt;b&gt;de&lt;/b&gt; teste</title>" in html
    document = pdf.render("print/base.html", {}, language="pt-br", title="Relatório")
    assert "página 1 de 1" in text_of(document)


def test_what_no_document_may_hold_is_left_out():
    html = pdf.html_of("print/base.html", {}, language="pt-br", title="Sala\x00 de\ufffe acolhida\x0b")
    assert "<title>Sala  de  acolhida </title>" in html
    assert not set(html) & set("\x00\x0b\ufffe\uffff")


def test_slow_document_fails_and_the_next_one_runs(settings):
    settings.PDF_SECONDS = 4
    with pytest.raises(pdf.RenderFailed) as failure:
        make(endless())
    assert failure.value.reason == "timeout"
    assert "próximo" in text_of(make("próximo"))


def test_greedy_document_fails_and_the_next_one_runs(settings):
    settings.PDF_MEMORY_BYTES = 340 * 1024 * 1024
    with pytest.raises(pdf.RenderFailed) as failure:
        make("<p>" + "muito " * 40_000_000)
    assert failure.value.reason == "memory"
    assert "próximo" in text_of(make("próximo"))


def test_killed_child_is_a_failure_and_the_next_document_runs():
    make("primeiro")
    victim = kept_child().process
    killer = threading.Timer(1, victim.send_signal, [signal.SIGKILL])
    killer.start()
    with pytest.raises(pdf.RenderFailed) as failure:
        make(endless())
    assert failure.value.reason == "crash"
    assert "próximo" in text_of(make("próximo"))
    assert kept_child().process.pid != victim.pid


def test_child_found_dead_between_documents_is_replaced():
    make("primeiro")
    victim = kept_child().process
    victim.kill()
    victim.wait()
    assert "próximo" in text_of(make("próximo"))


def test_child_is_kept_and_replaced_after_its_share_of_documents(settings):
    settings.PDF_DOCUMENTS_PER_CHILD = 2
    make("um")
    first = kept_child().process.pid
    make("dois")
    assert pdf._children.children.idle == []
    make("três")
    assert kept_child().process.pid != first


def test_threads_get_their_own_documents():
    names = [f"governo-{number}" for number in range(12)]
    with ThreadPoolExecutor(6) as pool:
        texts = list(pool.map(lambda name: text_of(make(name)), names))
    assert [name in text for name, text in zip(names, texts, strict=True)] == [True] * 12
    assert len(pdf._children.children.idle) <= 2


def test_forked_process_starts_children_of_its_own():
    make("antes")
    kept = kept_child().process.pid
    reader, writer = os.pipe()
    forked = os.fork()
    if forked == 0:
        try:
            made = make("no filho")
            os.write(writer, f"{kept_child().process.pid} {made[:4].decode()}".encode())
            pdf.end_children()
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as answer:
        child_pid, magic = answer.read().split()
    os.waitpid(forked, 0)
    assert (int(child_pid) != kept, magic) == (True, "%PDF")
    assert "depois" in text_of(make("depois"))
    assert kept_child().process.pid == kept


def test_children_end_with_the_process_that_made_them():
    script = (
        "import os; from core import pdf; pdf.render_html('a', stylesheets=[])\n"
        "print(pdf._children.children.idle[0].process.pid, flush=True); os.kill(os.getpid(), 9)"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "migracidades.settings.test"}
    made = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment)
    gone = f"/proc/{int(made.stdout)}"
    deadline = time.monotonic() + 10
    while os.path.exists(gone) and time.monotonic() < deadline:
        os.sched_yield()
    assert not os.path.exists(gone)
