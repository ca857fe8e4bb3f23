"""A whole cycle by four people: Ana leads the team of São Leopoldo, Tiago reads diagnoses, Helena and Marcos coordinate the programme."""

from dataclasses import dataclass, field
from pathlib import Path

from tests.browser.axe import flaws
from tests.browser.opening import HELENA, MARCOS, TIAGO
from tests.browser.people import Person, open_context
from tests.browser.scenes import arrival, diagnosis, enrolment, monitoring, priorities, reports, review, seal

GOVERNMENT = "São Leopoldo"
IBGE_CODE = "4318705"
ANA = {"name": "Ana Prates", "email": "ana.prates@saoleopoldo.example"}


@dataclass
class Story:
    """What is told so far: the people at their browsers, and what the later scenes and tests need to know."""

    browser: object
    portal: object
    folder: Path
    year: int = 0
    participation: int = 0
    seal_code: str = ""
    answers: dict = field(default_factory=dict)
    documents: dict = field(default_factory=dict)
    sessions: dict = field(default_factory=dict)
    complaints: list = field(default_factory=list)
    flaws: list = field(default_factory=list)
    report: str = ""

    def __post_init__(self):
        self.ana = Person(self.browser, self.portal, **ANA)
        self.tiago = Person(self.browser, self.portal, **TIAGO)
        self.helena = Person(self.browser, self.portal, **HELENA)
        self.marcos = Person(self.browser, self.portal, **MARCOS)
        self.visitor = open_context(self.browser, self.portal).new_page()

    @property
    def government(self):
        return GOVERNMENT

    def room(self, step):
        """Address of a step as the government sees it."""
        return f"/painel/participacoes/{self.participation}/{step}/"

    def desk(self, step):
        """Address of a step as the coordination sees it."""
        return f"/coordenacao/participacoes/{self.participation}/{step}/"

    def look_at(self, page, what):
        """Axe looks at a page in use, such as a form that no later test will find open."""
        self.flaws += [(what, *flaw) for flaw in flaws(page)]

    def remember(self):
        """Sessions outlive the browser: later tests go on as the same people."""
        for name in ("ana", "tiago", "helena", "marcos"):
            person = getattr(self, name)
            self.sessions[name] = person.context.storage_state()
            self.complaints += person.context.complaints
        self.complaints += self.visitor.context.complaints


SCENES = [
    arrival.visitor_finds_the_open_call,
    arrival.ana_makes_an_account,
    arrival.helena_sets_up_her_second_factor,
    arrival.marcos_sets_up_his_second_factor,
    arrival.tiago_signs_in,
    arrival.ana_asks_for_her_government,
    arrival.helena_lets_her_in,
    enrolment.ana_begins,
    enrolment.ana_fills_in_the_form,
    enrolment.ana_sends_the_enrolment,
    enrolment.helena_validates_the_enrolment,
    enrolment.ana_records_the_course,
    enrolment.helena_checks_the_certificate,
    diagnosis.ana_answers_by_pressing,
    diagnosis.ana_opens_a_question_that_depends_on_another,
    diagnosis.ana_shows_what_exists,
    diagnosis.ana_is_in_her_own_way,
    diagnosis.ana_answers_without_javascript,
    diagnosis.ana_answers_the_rest,
    diagnosis.ana_fills_in_the_context_sheet,
    diagnosis.ana_sends_the_diagnosis,
    review.tiago_notes_a_question,
    review.tiago_marks_a_good_practice,
    review.tiago_reads_every_dimension,
    review.ana_does_not_see_the_note_yet,
    review.helena_returns_one_question,
    review.ana_corrects_that_question_only,
    review.ana_answers_the_note,
    review.ana_sends_it_again,
    review.helena_validates_the_diagnosis,
    priorities.ana_adopts_a_suggestion,
    priorities.ana_writes_one_of_her_own,
    priorities.ana_sends_the_plan,
    priorities.marcos_validates_the_plan,
    seal.ana_sees_that_nothing_is_missing,
    seal.an_hour_goes_by,
    seal.helena_proposes_the_award,
    seal.marcos_confirms_it,
    seal.visitor_does_not_see_the_seal_yet,
    seal.helena_publishes_the_edition,
    seal.visitor_verifies_the_seal,
    monitoring.ana_tells_how_it_goes,
    monitoring.helena_verifies_it,
    monitoring.ana_sees_the_verification,
    reports.ana_asks_for_one_in_english,
    reports.ana_downloads_each,
    reports.visitor_reads_a_report,
]


def play(browser, portal, folder):
    story = Story(browser, portal, Path(folder))
    for scene in SCENES:
        scene(story)
    story.remember()
    return story
