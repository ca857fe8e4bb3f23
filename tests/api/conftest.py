from tests.diagnosis.conftest import answered, close, diagnosis, edition, enrolled, now, questionnaire  # noqa: F401
