"""The five steps as the public reads them."""

from django.utils.translation import gettext_lazy as _

from certification import cycle
from certification.models import Kind

# Icon, one sentence, what happens, who acts, what is needed, what silence at the deadline means, what becomes public.
TEXTS = {
    Kind.ENROLLMENT: (
        "signature",
        _("O governo diz que quer participar."),
        _(
            "Indica duas pessoas de referência e suplentes e envia o documento de intenção assinado por quem dirige o governo. A coordenação aceita, "
            "pede correção ou explica por que não pode aceitar."
        ),
        _("A pessoa gestora preenche; prefeita, prefeito, governadora ou governador assina; a coordenação valida."),
        _("Documento de intenção assinado (o portal oferece o modelo) e inscrição no curso da Enap."),
        _("Sem inscrição enviada até o prazo, o governo não participa desta edição. Pode se inscrever na próxima."),
        _("O nome do governo na lista de participantes, depois da publicação da edição."),
    ),
    Kind.DIAGNOSIS: (
        "list-checks",
        _("A equipe olha para as dez dimensões."),
        _(
            "Várias secretarias respondem às perguntas, com comentário e comprovação. Cada resposta é salva sozinha. Quem já participou parte das "
            "respostas do ano anterior e diz o que mudou. A coordenação lê e devolve só o que precisa de correção."
        ),
        _("A equipe do governo responde; uma pessoa envia; analistas leem; a coordenação devolve ou valida."),
        _("Um nome por secretaria e os documentos de comprovação."),
        _("Sem envio até o prazo, a etapa se encerra e não há selo desta edição. O que foi escrito fica guardado."),
        _("O relatório de diagnóstico, no dia da cerimônia."),
    ),
    Kind.PRIORITIZATION: (
        "target",
        _("O governo escolhe o que fazer em seis meses."),
        _(
            "A partir das lacunas, poucas ações prioritárias, cada uma com objetivo, responsável, parceiros, prazo e medida."
        ),
        _("A equipe escolhe com a chefia do governo; a coordenação valida."),
        _("Tempo da equipe e decisão da chefia."),
        _("Sem envio até o prazo, a etapa se encerra e não há selo desta edição. O que foi escrito fica guardado."),
        _("As ações prioritárias, com responsável e prazo, na página do governo."),
    ),
    Kind.CERTIFICATION: (
        "award",
        _("Quem se engajou em cada etapa recebe o selo."),
        _(
            "A coordenação concede o selo sobre uma cópia congelada do que foi validado. Os relatórios são publicados no dia da cerimônia, e qualquer "
            "pessoa pode verificar o selo."
        ),
        _("Uma pessoa da coordenação propõe e outra confirma."),
        _("Nenhum documento novo, só o que já foi pedido."),
        _("Enquanto faltar um requisito, o selo não é concedido. O portal mostra ao governo o que falta e por quê."),
        _("O selo, com código que qualquer pessoa verifica, e os relatórios."),
    ),
    Kind.MONITORING: (
        "activity",
        _("O governo mostra o andamento das ações."),
        _(
            "Durante seis meses, registra o que aconteceu em cada ação, com data e fato. Em atraso ou não entregue também é resposta, e fica visível."
        ),
        _("A equipe do governo registra; a coordenação verifica."),
        _("Um registro curto por ação, de dois em dois meses."),
        _("Ação sem registro até o fim do período aparece como não entregue. O selo já concedido não muda."),
        _("O grau de implementação de cada ação, na página do governo."),
    ),
}
PARTS = ("icon", "short", "text", "who", "needs", "silence", "public")


def five_steps():
    return [
        {"number": number, "kind": kind, "label": kind.label} | dict(zip(PARTS, TEXTS[kind], strict=True))
        for number, kind in enumerate(Kind, 1)
    ]


def with_periods(steps, edition):
    """The same steps with the edition's general period of each, where it has one."""
    return [step | {"period": cycle.general_period(edition, step["kind"]) if edition else None} for step in steps]
