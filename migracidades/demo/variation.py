"""Governments without a profile of their own: varied copies of the twelve, so that lists and charts are neither uniform nor random."""

import copy

from core.text import without_accents
from dimensions import catalogue as catalogues
from dimensions.models import AnswerType

from . import content


class Variation:
    """Makes varied copies of profiles. random: of the seed."""

    def __init__(self, random):
        self.random = random
        self.rules = content.generation_rules()
        self.catalogue = catalogues.latest()
        rows = [row for profile in content.everything()["profiles"] for row in profile["people"]]
        self.first_names = [row["name"].split()[0] for row in rows]
        self.last_names = sorted({" ".join(row["name"].split()[1:]) for row in rows})

    def of(self, profile, *, key, returning=None):
        """A copy with other people and some other answers. returning: whether it took part in the last edition, where not as the profile."""
        varied = copy.deepcopy(profile)
        varied["key"] = key
        self._people(varied)
        self._answers(varied["answers"])
        self._numbers(varied["answers"]["values"], varied["context_sheet"])
        varied["review_notes"] = [row for row in varied["review_notes"] if row["kind"] != "correction"][:2]
        if returning is not None:
            self._past(varied, returning)
        return varied

    def _past(self, profile, returning):
        profile["returning"] = returning
        profile["last_edition_gap"] = 1 if returning else None
        profile["seals_before"] = 1 if returning else 0
        profile.setdefault("last_year", {"differences": []})
        for row in profile["people"]:
            row["from"] = min(row["from"], -400) if returning else row["from"]
        if returning and not any(row["edition"] == "previous" for row in profile["actions"]):
            first = profile["actions"][0]
            profile["actions"] = [
                {**first, "key": f"{first['key']}-before", "edition": "previous"},
                *profile["actions"],
            ]

    def _people(self, profile):
        names = set()
        for row in profile["people"]:
            row["name"] = self._new_name(names)
            first, last = row["name"].split()[0], row["name"].split()[-1]
            row["email"] = without_accents(f"{first}.{last}@{row['email'].partition('@')[2]}").lower()

    def _new_name(self, taken):
        """A name that no colleague has, first and last word considered."""
        while True:
            name = f"{self.random.choice(self.first_names)} {self.random.choice(self.last_names)}"
            ends = (name.split()[0], name.split()[-1])
            if ends not in taken:
                taken.add(ends)
                return name

    def _answers(self, answers):
        """Another value for some questions; its comment does not travel with it."""
        for code, value in list(answers["values"].items()):
            flipped = self.random.random() < self.rules["flip_share"]
            if flipped:
                answers["values"][code] = self._flip(self.catalogue.indicator(code), value)
            if answers["values"][code] != value or self.random.random() > self.rules["comment_share"]:
                answers["comments"].pop(code, None)
        answers["blank_in_draft"] = self.random.sample(sorted(answers["values"]), 25)

    def _flip(self, indicator, value):
        if self._opens_another(indicator):
            return value  # what depends on it would have no answer
        flips = {
            AnswerType.YES_NO_PARTIAL: self._flip_word,
            AnswerType.SINGLE_CHOICE: self._flip_place,
            AnswerType.MULTI_CHOICE: self._flip_list,
        }
        return flips.get(indicator.answer_type, lambda indicator, value: value)(indicator, value)

    def _opens_another(self, indicator):
        return bool(self.catalogue.dependants(indicator.code))

    def _flip_word(self, indicator, value):
        return self.random.choice(self.rules["flips"][value])

    def _flip_place(self, indicator, value):
        codes = [option.code for option in indicator.options]
        place = codes.index(value) + self.random.choice((-1, 1))
        return codes[max(0, min(place, len(codes) - 1))]

    def _flip_list(self, indicator, value):
        exclusive = {option.code for option in indicator.options if option.exclusive}
        if exclusive & set(value):
            return value
        free = [option.code for option in indicator.options if option.code not in value and not option.exclusive]
        if free and (len(value) < 2 or self.random.random() < 0.5):
            return [*value, self.random.choice(free)]
        return value[:-1] if len(value) > 1 else value

    def _numbers(self, values, sheet):
        low, high = self.rules["numbers_factor"]
        for code, value in values.items():
            indicator = self.catalogue.indicator(code)
            if indicator.answer_type == AnswerType.NUMBER and isinstance(value, int):
                factor = self.random.uniform(low, high)
                values[code] = min(round(value * factor), indicator.maximum or 10**9)
        for line in sheet.values():
            if isinstance(line, dict) and line.get("value"):
                line["value"] = round(line["value"] * self.random.uniform(low, high))
