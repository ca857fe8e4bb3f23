"""Texts of the bank that no government of the demonstration tells: organisations' practices, curators' notes, what governments want to use."""

OF_ORGANISATIONS = [
    {
        "organisation": "vozes-margem",
        "key": "eleven-language-glossary",
        "title_pt_br": "Glossário de serviços públicos em onze línguas",
        "title_en": "Glossary of public services in eleven languages",
        "title_es": "Glosario de servicios públicos en once lenguas",
        "summary_pt_br": "Oitenta palavras do balcão, traduzidas e gravadas por quem fala a língua, livres para copiar em qualquer prefeitura.",
        "summary_en": "Eighty words of the front desk, translated and recorded by native speakers, free for any city hall to copy.",
        "summary_es": "Ochenta palabras de la ventanilla, traducidas y grabadas por hablantes nativos, libres para copiar en cualquier municipio.",
        "context": "Voluntárias eram chamadas para traduzir sempre as mesmas palavras, em unidades de saúde, escolas e no cadastro da assistência social.",
        "problem": "Cada serviço traduzia de um jeito. Uma mesma pessoa recebia três nomes diferentes para o mesmo papel.",
        "what_was_done": "A rede juntou oitenta palavras usadas em balcões de quatro cidades. Duplas de tradutoras escreveram e gravaram cada uma, e "
        "servidoras testaram as fichas por um mês antes da versão final.",
        "who": "Rede de tradução, servidoras de quatro prefeituras e um curso de letras.",
        "resources": "Cerca de trezentas horas de voluntariado e a gravação em um estúdio emprestado.",
        "lessons": "Palavra solta engana: as fichas que deram certo trazem uma frase inteira. O árabe precisou de duas versões.",
        "migrants_part": "Todas as tradutoras são migrantes ou refugiadas; decidiram a lista e a forma de cada ficha.",
        "how_to_replicate": [
            "Pedir a cada balcão as dez palavras que mais precisam de explicação",
            "Traduzir em duplas, com uma frase de uso",
            "Gravar com quem fala a língua todo dia",
            "Testar um mês com quem atende e corrigir",
        ],
        "dimensions": [4, 6, 8],
        "sdg_targets": ["10.7", "16.10"],
        "features": ["innovation", "replicability", "expertise", "knowledge_exchange"],
        "results": [
            {"what": "palavras com ficha e áudio", "figure": 80, "unit": "palavras", "source": "Glossário publicado"},
            {"what": "línguas", "figure": 11, "unit": "línguas", "source": "Glossário publicado"},
        ],
        "documents": [
            {
                "title": "Glossário de serviços públicos",
                "type": "booklet",
                "place": "Rio de Janeiro",
                "edition": "2.ª edição",
                "language": "pt-br",
                "url": "https://glossario.exemplo.example/",
            },
            {
                "title": "Áudios das oitenta palavras",
                "type": "media",
                "url": "https://glossario.exemplo.example/audios",
            },
        ],
    },
    {
        "organisation": "lakou-soley",
        "key": "welcome-calls",
        "language": "es",
        "title_pt_br": "Telefonema de boas-vindas à família que chega na escola",
        "title_en": "A welcome call to the family that arrives at school",
        "title_es": "Llamada de bienvenida a la familia que llega a la escuela",
        "summary_pt_br": "Na primeira semana de aula, uma mãe que fala a língua telefona, explica a rotina e pergunta do que a família precisa.",
        "summary_en": "In the first week of classes, a mother who speaks the language calls, explains the routine and asks what the family needs.",
        "summary_es": "En la primera semana de clases, una madre que habla la lengua llama, explica la rutina y pregunta qué necesita la familia.",
        "context": "Las familias recién llegadas recibían papeles que no podían leer y dejaban de mandar a los niños.",
        "problem": "La escuela se enteraba de la ausencia después de semanas, y nadie sabía por qué.",
        "what_was_done": "La asociación formó a doce madres. La escuela avisa de cada matrícula; la llamada se hace en tres días, con una guía corta, "
        "y lo que falta vuelve a la coordinación pedagógica el mismo día.",
        "who": "Asociación de migrantes y nueve escuelas municipales.",
        "resources": "Un teléfono, crédito mensual y una pequeña ayuda de costo para las madres.",
        "lessons": "La llamada de un desconocido asusta: primero se manda un mensaje con el nombre y la foto de quien va a llamar.",
        "migrants_part": "Las madres migrantes escribieron la guía, hacen las llamadas y deciden qué se cambia cada semestre.",
        "how_to_replicate": [
            "Formar a las madres con casos reales",
            "Acordar con la escuela quién avisa y en qué plazo",
            "Mandar un mensaje antes de llamar",
        ],
        "dimensions": [7],
        "sdg_targets": ["4.1", "4.5"],
        "features": ["ownership", "innovation", "tangible_results", "replicability"],
        "results": [
            {
                "what": "familias llamadas en tres días",
                "figure": 214,
                "of": 231,
                "unit": "familias",
                "source": "Cuaderno de llamadas",
            }
        ],
        "documents": [
            {
                "title": "Guía de la llamada",
                "type": "guide",
                "language": "es",
                "url": "https://lakou.exemplo.example/guia",
            }
        ],
    },
]

NOTES = {
    "results": "De onde vem o número da primeira linha? Diga o documento e o mês.",
    "migrants_part": "Conte quem decidiu o quê: na reunião, na escolha do horário, na avaliação.",
    "how_to_replicate": "Falta o passo que mais demora: quem assina o acordo, e em quanto tempo.",
}
RETURN_MESSAGE = "Gostamos muito de ler. Com três respostas curtas, outro município consegue repetir."
DECLINED = "Pela ficha, a ação parou quando o convênio terminou. O banco guarda práticas que continuam: se ela voltar, contem de novo."
SEEN = {
    "ownership": "O comitê local decide e a lei municipal garante o orçamento.",
    "innovation": "Não havia nada parecido na região.",
    "replicability": "Os modelos estão anexados e o custo está dito.",
    "tangible_results": "Números com fonte; a segunda linha pode ser conferida nas atas.",
    "added_value": "Foi feita só com recursos do município, e está bem assim.",
}

OPEN_PROPOSAL = {
    "who": {
        "organisation": "Associação Ponte de Línguas",
        "kind": "civil_society",
        "uf": "SC",
        "website": "https://ponte.exemplo.example/",
        "contact_name": "Marie-Ange Toussaint",
        "contact_email": "contato@ponte.exemplo.example",
    },
    "fields": {
        "title_pt_br": "Roda de conversa em crioulo na maternidade",
        "summary_pt_br": "Uma vez por mês, gestantes haitianas conversam com a equipe da maternidade na própria língua, com mediadora formada.",
        "language": "pt-br",
        "context": "A maternidade atende famílias haitianas que chegaram para trabalhar nos frigoríficos.",
        "problem": "Metade das gestantes faltava à segunda consulta. Ninguém explicava o plano de parto.",
        "what_was_done": "A associação formou três mediadoras. A roda acontece na sala de espera, antes das consultas, com uma enfermeira e um tema por mês.",
        "who": "Associação, maternidade e Secretaria de Saúde.",
        "resources": "Ajuda de custo para as mediadoras e lanche.",
        "lessons": "Roda depois da consulta não funciona: as famílias têm hora para o transporte.",
        "how_to_replicate": [
            "Ouvir as gestantes sobre o horário",
            "Formar as mediadoras",
            "Começar pela sala de espera",
        ],
        "migrants_part": "As gestantes escolhem o tema do mês seguinte, e as mediadoras são migrantes.",
        "sdg_targets": ["3.1", "10.2"],
    },
    "dimensions": [6],
    "results": [
        {"what": "presença na segunda consulta", "figure": 88, "unit": "por cento", "source": "Agenda da maternidade"}
    ],
}

# (practice, who wants it, how far it went, what for and who answers, the owner's answer)
USES = [
    (
        "single-mediation-calendar",
        "state-six-departments",
        "adapting",
        {
            "purpose": "Juntar em uma agenda só os pedidos de mediação dos hospitais estaduais da região metropolitana.",
            "department": "Secretaria de Direitos Humanos",
            "contact_email": "direitos.humanos@estado.example",
        },
        "Mandamos o código de conduta e o modelo de agenda. Podemos conversar em uma quinta à tarde.",
    ),
    (
        "single-mediation-calendar",
        "metropolitan-industrial",
        "interested",
        {
            "purpose": "Hoje cada posto liga para uma pessoa diferente. Queremos começar por três unidades de saúde.",
            "department": "Secretaria de Saúde",
            "contact_email": "saude@municipio.example",
        },
        "",
    ),
    (
        "portuguese-with-childcare",
        "came-back",
        "in_use",
        {
            "purpose": "Abrir a sala de crianças nas duas turmas da noite.",
            "department": "Secretaria de Educação",
            "contact_email": "educacao@municipio.example",
        },
        "Que bom! Contem no fim do semestre se a conclusão mudou.",
    ),
    (
        "bilingual-monitors",
        "coast-trade",
        "gave_up",
        {
            "purpose": "Ter uma monitora bilíngue em cada escola do centro.",
            "department": "Secretaria de Educação",
            "contact_email": "educacao@cidade.example",
        },
        "",
    ),
    (
        "one-page-plan",
        "border-small",
        "adapting",
        {
            "purpose": "Escrever o primeiro plano municipal com o comitê, em uma página.",
            "department": "Gabinete",
            "contact_email": "gabinete@fronteira.example",
        },
        "",
    ),
    (
        "interpreter-pool",
        "handover",
        "interested",
        {
            "purpose": "Usar o edital contínuo do estado para pagar intérpretes por hora.",
            "department": "Secretaria de Assistência Social",
            "contact_email": "assistencia@municipio.example",
        },
        "",
    ),
]
GAVE_UP = "A bolsa não coube no orçamento deste ano. Voltamos a tentar com a lei do orçamento seguinte."
