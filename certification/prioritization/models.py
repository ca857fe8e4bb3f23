"""Priority actions belong to the government and live on; that a plan of an edition holds one is a row of its own."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certification.models import Participation
from governments.models import Body, Government


class Plan(models.Model):
    """The priorities of one government in one edition."""

    participation = models.OneToOneField(Participation, on_delete=models.CASCADE, related_name="plan")
    opened_at = models.DateTimeField(default=timezone.now)
    return_message = models.TextField(blank=True)

    def __str__(self):
        return str(self.participation)


class PriorityActionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(government__in=Government.objects.visible_to(user))


class PriorityAction(models.Model):
    """What the government will do in about six months, who answers for it, and how it will be known."""

    government = models.ForeignKey(Government, on_delete=models.PROTECT, related_name="priority_actions")
    indicator = models.ForeignKey(
        "dimensions.Indicator", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    dimension = models.PositiveSmallIntegerField(_("dimensão"))
    title = models.CharField(_("ação"), max_length=200)
    why = models.TextField(_("por que esta ação"), blank=True, max_length=3000)
    objective = models.TextField(_("objetivo"), blank=True, max_length=3000)
    department = models.CharField(_("órgão responsável"), max_length=200, blank=True)
    responsible = models.CharField(_("pessoa responsável (cargo ou função)"), max_length=200, blank=True)
    place = models.CharField(_("onde"), max_length=200, blank=True)
    starts_on = models.DateField(_("início"), null=True, blank=True)
    ends_on = models.DateField(_("fim"), null=True, blank=True)
    expected_result = models.TextField(_("resultado esperado"), blank=True, max_length=3000)
    measure = models.TextField(_("como saberemos que deu certo"), blank=True, max_length=3000)
    version = models.PositiveIntegerField(default=1)
    # Of the form that made it: the same form sent twice makes one action.
    key = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    updated_at = models.DateTimeField(null=True, blank=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PriorityActionQuerySet.as_manager()

    class Meta:
        ordering = ["dimension", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="action_ends_after_start",
            ),
            models.UniqueConstraint(fields=["government", "key"], condition=~Q(key=""), name="one_action_a_form"),
        ]
        verbose_name = _("ação prioritária")
        verbose_name_plural = _("ações prioritárias")

    def __str__(self):
        return self.title


class PlanItem(models.Model):
    """That a plan holds an action."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="items")
    action = models.ForeignKey(PriorityAction, on_delete=models.PROTECT, related_name="plan_items")
    order = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "action"], name="one_item_an_action")]

    def __str__(self):
        return f"{self.plan_id} · {self.action_id}"


class ActionPartner(models.Model):
    """Who works along: a body of the portal, or a name as written."""

    action = models.ForeignKey(PriorityAction, on_delete=models.CASCADE, related_name="partners")
    name = models.CharField(_("parceiro"), max_length=200)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.name


class NextMove(models.Model):
    """The smallest dated task inside an action."""

    action = models.ForeignKey(PriorityAction, on_delete=models.CASCADE, related_name="next_moves")
    on = models.DateField(_("data"))
    time = models.TimeField(_("hora"), null=True, blank=True)
    text = models.CharField(_("próximo passo"), max_length=300)
    role = models.CharField(_("quem"), max_length=200, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self):
        return self.text
