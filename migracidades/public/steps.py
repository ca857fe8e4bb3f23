"""The five steps as the public reads them."""

from django.utils.translation import gettext_lazy as _

from certification.models import Kind

TEXTS = {
    Kind.ENROLLMENT: (
        "file-signature",
        _("O governo diz que quer participar."),
        _(
            "Indica duas pessoas de referência e suplentes e envia o documento de intenção assinado por quem dirige o governo. A coordenação aceita, "
            "pede correção ou explica por que não pode aceitar."
        ),
        _("Assinatura de quem dirige o governo e inscrição no curso da Enap."),
    ),
    Kind.DIAGNOSIS: (
        "list-checks",
        _("A equipe olha para as dez dimensões."),
        _(
            "Várias secretarias respondem às perguntas, com comentário e comprovação. Cada resposta é salva sozinha. Quem já participou parte das "
            "respostas do ano anterior e diz o que mudou. A coordenação lê e devolve só o que precisa de correção."
        ),
        _("Um nome por secretaria e os documentos de comprovação."),
    ),
    Kind.PRIORITIZATION: (
        "target",
        _("O governo escolhe o que fazer em seis meses."),
        _(
            "A partir das lacunas, poucas ações prioritárias, cada uma com objetivo, responsável, parceiros, prazo e medida."
        ),
        _("Tempo da equipe e decisão da chefia."),
    ),
    Kind.CERTIFICATION: (
        "award",
        _("Quem se engajou em cada etapa recebe o selo."),
        _(
            "A coordenação concede o selo sobre uma cópia congelada do que foi validado. Os relatórios são publicados no dia da cerimônia, e qualquer "
            "pessoa pode verificar o selo."
        ),
        _("Nenhum documento novo, só o que já foi pedido."),
    ),
    Kind.MONITORING: (
        "activity",
        _("O governo mostra o andamento das ações."),
        _(
            "Durante seis meses, registra o que aconteceu em cada ação, com data e fato. Em atraso ou não entregue também é resposta, e fica visível."
        ),
        _("Um registro curto por ação, de dois em dois meses."),
    ),
}


def five_steps():
    return [
        {"number": number, "kind": kind, "label": kind.label, "icon": TEXTS[kind][0]}
        | dict(zip(("short", "text", "needs"), TEXTS[kind][1:], strict=True))
        for number, kind in enumerate(Kind, 1)
    ]
