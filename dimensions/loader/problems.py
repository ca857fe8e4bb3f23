"""What is wrong with a questionnaire file: always all of it at once, each with its place."""

from dataclasses import dataclass

from django.utils.translation import gettext


@dataclass(frozen=True)
class Problem:
    place: str
    message: str

    def __str__(self):
        return f"{self.place}: {self.message}"


class Invalid(Exception):
    def __init__(self, problems):
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Findings:
    """Collects problems; `check` gives its condition back, so that what follows can depend on it.

    Messages come untranslated: thousands of checks pass for one that fails, and only that one is worth a look-up.
    """

    def __init__(self):
        self.problems = []

    def add(self, place, message, **values):
        message = gettext(message)
        problem = Problem(place, message % values if values else message)
        if problem not in self.problems:
            self.problems.append(problem)

    def check(self, condition, place, message, **values):
        if not condition:
            self.add(place, message, **values)
        return bool(condition)
