"""The enrolment of one participation: form, signed document, submission, the coordination's answer; and the mandatory course."""

from certification import cycle
from certification.enrollment import course, domain
from certification.enrollment.models import CourseCompletion, ReferencePerson

from .papers import paper

RETURN_TEXT = (
    "O documento de intenção está assinado por quem responde pela secretaria, e precisa da assinatura de quem dirige o governo. "
    "Envie a nova versão em PDF; o restante da inscrição está certo."
)
MOTIVES = (
    "Queremos organizar o que já fazemos com as pessoas migrantes, saber o que falta e aprender com governos que passaram pelas "
    "mesmas dificuldades. {presence} A certificação ajuda a manter o trabalho quando mudam as pessoas."
)
PRESENCE = {
    "high": "A presença migrante é grande e toca todas as secretarias.",
    "medium": "A presença migrante cresce e já chega à saúde, à escola e ao trabalho.",
    "low": "A presença migrante ainda é pequena, e queremos estar prontos.",
}
PEOPLE = ("name", "position", "department", "email")


class Enrolling:
    """The first step of one run. days: the run's Days."""

    def __init__(self, run, days):
        self.run, self.days = run, days

    def begin(self):
        day = self.days.begin
        return cycle.begin(
            self.run.edition, self.run.government, by=self.run.manager(day), at=self.run.cal.at(day, 9, 30)
        )

    def fill(self, *, partly=False):
        """Save the form. partly: people and document are still to come."""
        day = self.days.begin if partly else max(self.days.begin, self.days.enroll - 1)
        signatory = self.run.signatory()
        content = {
            "signatory_name": signatory["name"],
            "signatory_position": signatory["position"],
            "lead_department": self.run.writers(day)[0]["department"],
            "motives": "" if partly else self._motives(),
            "people": self._people(day, partly),
        }
        document = None if partly else self._document(signatory, day)
        domain.save_enrollment(
            self.run.participation,
            content,
            version=0,
            by=self.run.manager(day),
            at=self.run.cal.at(day, 11, 15),
            document=document,
        )

    def _motives(self):
        return MOTIVES.format(presence=PRESENCE.get(self.run.profile["migrant_presence"], PRESENCE["medium"]))

    def _people(self, day, partly):
        rows = self.run.pair(day)
        wanted = rows[:1] if partly else rows
        places = [(1, "reference"), (1, "alternate")]
        return {place: {name: row[name] for name in PEOPLE} for place, row in zip(places, wanted, strict=False)}

    def _document(self, signatory, day):
        title = f"Documento de intenção {self.run.edition.year}"
        lines = [
            f"{self.run.government.full_name} manifesta a intenção de participar da edição {self.run.edition.year}.",
            f"Assina: {signatory['name']}, {signatory['position']}.",
        ]
        return paper(title, "intent", self.run.cal.date(day), "pdf", lines=lines)

    def submit(self):
        day = self.days.enroll
        domain.submit_enrollment(self.run.participation, by=self.run.manager(day), at=self.run.cal.at(day, 15, 40))

    def accept(self):
        at = self.run.cal.at(self.days.enroll_approved, 10, 20)
        domain.accept_enrollment(self.run.participation, by=self.run.programme["marcos"], at=at)

    def give_back(self):
        day = self.days.enroll_returned
        domain.return_enrollment(
            self.run.participation,
            text=RETURN_TEXT,
            correct_until=self.run.cal.instant(day + 12),
            by=self.run.programme["marcos"],
            at=self.run.cal.at(day, 16, 10),
        )

    def course(self, day, *, checked=None):
        """A reference person's completion. checked: day of the coordination's look, or None while it waits."""
        participation = self.run.participation
        person = ReferencePerson.objects.filter(enrollment__participation=participation).order_by("pair", "pk").first()
        done_on = self.run.cal.date(day - 3)
        certificate = paper(f"Certificado do curso {person.name}", "certificate", done_on, "pdf", lines=["30 horas"])
        course.record_completion(
            participation,
            person=person,
            completed_on=done_on,
            hours=30,
            certificate=certificate,
            by=self.run.manager(day),
            at=self.run.cal.at(day, 13, 25),
        )
        if checked is not None:
            row = CourseCompletion.objects.filter(participation=participation).latest("recorded_at")
            course.check_completion(row, by=self.run.programme["tiago"], at=self.run.cal.at(checked, 9, 45))
