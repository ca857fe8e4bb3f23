"""What stands in the documents, read back from the PDF itself."""

import re
import subprocess

import pytest
from django.utils import translation

from certification.models import Kind
from certification.reports import documents, wording
from core import pdf
from tests.reports import sample

ADDRESS = "https://portal.example.org/relatorios/6f0e8a52/"


def sources(content, **facts):
    return documents.Sources(snapshot=sample.snapshot_of(content), verify_url=ADDRESS, **facts)


def made(kind, content, language="pt-br", **facts):
    """(text, Pdf) of a document."""
    build = getattr(documents, kind)
    css = "print/certificate.css" if kind == "certificate" else "print/report.css"
    with translation.override(language):
        context = build(sources(content, **facts))
    document = pdf.render(f"print/{kind}.html", context, language=language, title=context["document"], base_css=css)
    text = subprocess.run(["pdftotext", "-", "-"], input=document, capture_output=True, check=True).stdout.decode()
    return text, document


def small(**answers):
    """A diagnosis of two questions, which is quick to make."""
    content = sample.diagnosis_content(answers={})
    for dimension in content["dimensions"]:
        dimension["answers"] = [a for a in dimension["answers"] if a["code"] in ("1.01", "1.02")]
    rows = content["dimensions"][0]["answers"]
    for row in rows:
        row.update(answers.get(f"q{row['code'].replace('.', '_')}", {}))
    return content


def one_line(text):
    return " ".join(text.split())


@pytest.mark.slow
def test_diagnosis_report_has_cover_contents_chapters_answers_and_page_numbers():
    note = {"code": "7.01", "kind": "good_practice", "text": "Matrícula no mesmo dia com circular escrita."}
    text, document = made(
        "diagnosis",
        sample.diagnosis_content(),
        approved_at="2026-07-01T10:00:00-03:00",
        plan=sample.prioritization_content(3),
        notes=(note,),
    )
    flat = one_line(text)
    for said in (
        "Relatório de diagnóstico",
        "Canoas (RS)",
        "2026-D-7K3MPQRS",
        "Conteúdo",
        "A plataforma MigraCidades",
        "Como este diagnóstico foi feito",
        "Ficha de contexto",
        "348.208",
        "Fonte: Estimativa oficial da população; mês de referência: 07/2025",
        "Matrícula no mesmo dia com circular escrita.",
        "Estrutura institucional de governança e estratégia local",
        "Parcialmente",
        "Não se aplica",
        "Prioridades",
        f"página {document.pages} de {document.pages}",
        ADDRESS,
    ):
        assert said in flat
    assert len([line for line in text.splitlines() if line.startswith("Dimensão ")]) >= 10


def test_no_score_no_weight_no_ranking():
    with translation.override("pt-br"):
        html = pdf.html_of(
            "print/diagnosis.html", documents.diagnosis(sources(small())), language="pt-br", title="Relatório"
        )
    for word in ("pontuação", "peso:", "score", "weight", "posição", "%</"):
        assert word not in html.lower()


def test_what_people_wrote_is_shown_as_typed():
    hostile = (
        '<script>alert("x")</script> </style><div style="background:url(//intruso.example/x)"> {{ 7 * 7 }} <b>Sim</b>'
    )
    content = small(q1_01={"comment": hostile, "in_words": "Sim", "value": "yes"})
    text, _document = made("diagnosis", content)
    assert "".join(hostile.split()) in "".join(text.split())


def test_long_texts_leave_their_column_and_nothing_is_lost():
    words = " ".join(f"palavra{number}" for number in range(250))
    link = "https://www.municipio.example/" + "a" * 400
    text, _document = made(
        "diagnosis", small(q1_01={"comment": words, "evidence": [{"title": link}]}, q1_02={"comment": "curto"})
    )
    flat, solid = one_line(text), "".join(text.split())
    assert all(f"palavra{number}" in solid for number in range(250))
    assert "Veja a linha abaixo" in flat
    assert link in solid


def test_returned_and_corrected_is_marked():
    with translation.override("pt-br"):
        rows = documents.diagnosis(sources(small(q1_02={"corrected": True})))["chapters"][0]["answers"]
    assert [row["corrected"] for row in rows] == [False, True]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"not_applicable": True, "reason": "Não há fronteira."}, "Não se aplica"),
        ({"no_data": True, "reason": "Pedido feito."}, "Sem dado"),
        ({"value": 1187}, "1.187"),
        ({"value": 12.5}, "12,5"),
        ({"value": 0}, "0"),
        ({"value": ["a"], "in_words": {"pt-br": "Saúde", "en": "Health", "es": "Salud"}}, "Saúde"),
        ({"value": None}, "Sem resposta"),
        ({"value": "", "in_words": ""}, "Sem resposta"),
    ],
)
def test_answer_in_words(answer, said):
    with translation.override("pt-br"):
        assert documents.spoken(answer) == said


def test_catalogue_texts_follow_the_language_with_portuguese_behind():
    texts = {"pt-br": "Saúde", "en": "Health", "es": ""}
    found = []
    for language in ("pt-br", "en", "es"):
        with translation.override(language):
            found.append(wording.said(texts))
    assert found == ["Saúde", "Health", "Saúde"]


def test_rail_ends_at_the_report_s_own_step():
    with translation.override("pt-br"):
        states = [(step["number"], step["state"]) for step in documents.rail(Kind.PRIORITIZATION)]
    assert states == [(1, "validada"), (2, "validada"), (3, "este relatório"), (4, ""), (5, "")]


def test_prioritization_report_has_a_matrix_and_a_page_for_each_action():
    text, document = made("prioritization", sample.prioritization_content(3))
    # Cover, contents, platform, matrix, three sheets.
    assert document.pages == 7
    flat = one_line(text)
    for said in ("Quadro das ações", "01/07/2026", "15/12/2026", "Como saberemos que deu certo", "08/07/2026 09:00"):
        assert said in flat


@pytest.mark.parametrize("name", ["Ó", "Canoas", "Santa Bárbara do Monte Verde d’Oeste " * 5])
def test_certificate_is_one_page_with_the_whole_name(name):
    government = {**sample.GOVERNMENT, "name": name}
    text, document = made("certificate", sample.certification_content(government))
    assert document.pages == 1
    assert "".join(f"{name}(RS)".split()) in "".join(text.split())
    for said in ("7K3MPQRS42", ADDRESS, "31/12/2027", "Helena Brito Takeda", "Não é nota nem classificação."):
        assert said in one_line(text)


def test_certificate_of_a_seal_that_replaces_another_tells_who_decided_what():
    content = sample.certification_content() | {
        "replaces": "9QXR2MTB4K",
        "replacement_by": ["Marcos Vieira Lobato", "Zoé Sampaio Arruda"],
    }
    text, document = made("certificate", content)
    with translation.override("pt-br"):
        signatures = documents.certificate(sources(content))["signatures"]
    assert signatures == [
        {"name": "Helena Brito Takeda", "role": "Concessão do selo"},
        {"name": "Marcos Vieira Lobato", "role": "Concessão e substituição do selo"},
        {"name": "Zoé Sampaio Arruda", "role": "Substituição do selo"},
    ]
    assert document.pages == 1
    for said in ("Zoé Sampaio Arruda", "Concessão e substituição do selo", "substitui 9QXR2MTB4K"):
        assert said in one_line(text)


@pytest.mark.parametrize(
    ("build", "content"),
    [
        (documents.prioritization, sample.prioritization_content(3)),
        (documents.certificate, sample.certification_content()),
    ],
)
def test_in_english_no_day_of_a_document_reads_two_ways(build, content):
    with translation.override("en"):
        context = build(sources(content))
    page = pdf.html_of(f"print/{build.__name__}.html", context, language="en", title=context["document"])
    assert "2026" in page
    assert re.findall(r"\b\d\d/\d\d/\d{2,4}\b", page) == []


def test_state_says_that_it_is_one():
    with translation.override("pt-br"):
        names = [
            wording.place_name({"kind": kind, "name": "São Paulo", "uf": "SP"}) for kind in ("municipality", "state")
        ]
    assert names == ["São Paulo (SP)", "São Paulo (estado)"]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Sa\u0303o Joa\u0303o", "São João"),
        ("ata\u202efdp.exe", "atafdp.exe"),
        ("ana\u200b.tembe", "ana.tembe"),
        ("um\u2028dois\r\ntrês\n\n\n\nfim\x00", "um\ndois\ntrês\n\nfim"),
        ("um\n \n\t\n\u00a0\ndois\uffff", "um\n\ndois"),
        ("Portaria nº 12, «a»; 12,5 %", "Portaria nº 12, «a»; 12,5 %"),
        ([{"a": "e\u0301"}, 3, None, True], [{"a": "é"}, 3, None, True]),
    ],
)
def test_unseen_signs_are_not_printed(typed, printed):
    assert wording.tidy(typed) == printed
