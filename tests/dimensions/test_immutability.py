"""A published questionnaire never changes: not through the models, not round them."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from dimensions import loader, triggers
from dimensions.immutable import Published
from dimensions.models import Dimension, Indicator, IndicatorLineage, Option, ProfileField, Questionnaire

pytestmark = pytest.mark.django_db
MODELS = [Questionnaire, Dimension, Indicator, Option, ProfileField, IndicatorLineage]


@pytest.fixture
def draft(db):
    return Questionnaire.objects.create(slug="draft", version=1, title="Rascunho", introduction="...", digest="0" * 64)


def a_field_of(model):
    return {Questionnaire: "version", IndicatorLineage: "relation"}.get(
        model, "order" if model is not Dimension else "number"
    )


@pytest.mark.parametrize("model", MODELS)
class TestThroughTheModels:
    def test_save(self, questionnaire, model):
        with pytest.raises(Published):
            model.objects.first().save()

    def test_delete(self, questionnaire, model):
        with pytest.raises(Published):
            model.objects.first().delete()

    def test_update_of_many(self, questionnaire, model):
        with pytest.raises(Published):
            model.objects.update(**{a_field_of(model): 99})

    def test_delete_of_many(self, questionnaire, model):
        with pytest.raises(Published):
            model.objects.all().delete()

    def test_delete_of_some_ordered(self, questionnaire, model):
        with pytest.raises(Published):
            model.objects.order_by("pk").filter(pk__gt=0).delete()

    def test_bulk_update(self, questionnaire, model):
        with pytest.raises(Published):
            model.objects.bulk_update(model.objects.all()[:2], [a_field_of(model)])

    def test_update_or_create(self, questionnaire, model):
        row = model.objects.first()
        with pytest.raises(Published):
            model.objects.update_or_create(pk=row.pk, defaults={a_field_of(model): 99})


def test_a_forged_row_in_memory_does_not_help(questionnaire):
    questionnaire.published_at = None
    with pytest.raises(Published):
        questionnaire.save()


def test_nothing_is_added_to_a_published_questionnaire(questionnaire):
    indicator = questionnaire.indicators.first()
    with pytest.raises(Published):
        Option.objects.create(indicator=indicator, code="more", order=99, label="Mais")
    with pytest.raises(Published):
        Option.objects.bulk_create([Option(indicator=indicator, code="more", order=99, label="Mais")])
    with pytest.raises(Published):
        questionnaire.dimensions.create(number=11, slug="eleven", group="governance", name="Onze", description="...")


def test_a_draft_can_be_changed_and_deleted(draft):
    dimension = draft.dimensions.create(number=1, slug="one", group="governance", name="Uma", description="...")
    dimension.name = "Outra"
    dimension.save()
    draft.dimensions.update(number=2)
    draft.published_at = None
    draft.save()
    draft.delete()
    assert not Dimension.objects.exists()


def test_a_draft_row_cannot_be_moved_into_a_published_questionnaire(questionnaire, draft):
    dimension = draft.dimensions.create(number=11, slug="eleven", group="governance", name="Onze", description="...")
    dimension.questionnaire = questionnaire
    with pytest.raises(Published):
        dimension.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Dimension.objects.filter(pk=dimension.pk).update(questionnaire=questionnaire)


TABLES = sorted(triggers.IS_PUBLISHED)


@pytest.mark.parametrize("table", TABLES)
def test_the_database_refuses_changes_on_its_own(questionnaire, table):
    column = {"dimensions_indicatorlineage": "relation", "dimensions_questionnaire": "title"}.get(table, "id")
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = {column}")


@pytest.mark.parametrize("table", TABLES)
def test_the_database_refuses_deletions_where_it_can_tell_them_from_a_flush(questionnaire, table):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite empties its tables with plain deletions")
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")


def test_the_database_refuses_additions_on_its_own(questionnaire):
    statement = 'INSERT INTO dimensions_profilefield (questionnaire_id, code, "order", type, required, label, help)'
    values = f"VALUES ({questionnaire.pk}, 'more', 99, 'text', {'true' if connection.vendor == 'postgresql' else 1}, 'Mais', '...')"
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{statement} {values}")


def test_a_published_questionnaire_cannot_be_unpublished_round_the_models(questionnaire):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE dimensions_questionnaire SET published_at = NULL")


def test_a_restore_may_bring_published_rows_back_and_leaves_the_guard_standing(draft):
    with triggers.lifted():
        Questionnaire.objects.filter(pk=draft.pk).update(published_at=timezone.now())
        row = ProfileField(questionnaire=draft, code="area", order=1, type="text", label="Área", help="...")
        row.save_base(raw=True)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE dimensions_profilefield SET code = 'other'")


def test_installing_the_guard_twice_is_harmless(questionnaire):
    triggers.install()
    triggers.install()
    assert loader.load_default() == questionnaire


@pytest.mark.django_db(transaction=True)
def test_emptying_a_test_database_gets_past_the_guard(questionnaire):
    """Suites that commit empty the tables between tests; the guard must not stand in their way, and must stand afterwards."""
    call_command("flush", interactive=False, verbosity=0)
    assert not Questionnaire.objects.exists()
    again = loader.load_default()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE dimensions_questionnaire SET digest = %s", [again.digest])
