"""A sheet of the bank: what a government or organisation did, told so that others can do it too.

Titles and summaries are editorial and translated; the story stays in the language it was written in.
"""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.db import one_of
from core.text import normalise
from governments.models import Body, Membership
from practices import sdgs, search_index

LANGUAGES = ("pt_br", "en", "es")
STORY = ("context", "problem", "what_was_done", "who", "resources", "lessons", "migrants_part")
# In the order a reader wants them.
READING_ORDER = ("context", "problem", "what_was_done", "who", "resources", "migrants_part", "lessons")


class Feature(models.TextChoices):
    """Why a practice is worth copying: ten features, looked at one by one when a sheet is read."""

    OWNERSHIP = "ownership", _("Apropriação local")
    INNOVATION = "innovation", _("Inovação no contexto")
    REPLICABILITY = "replicability", _("Pode ser repetida")
    TANGIBLE_RESULTS = "tangible_results", _("Resultados visíveis")
    HIGH_LEVEL_ENDORSEMENT = "high_level_endorsement", _("Apoio da direção do governo")
    EXISTING_PRIORITIES = "existing_priorities", _("Ligada a prioridades já existentes")
    EXPERTISE = "expertise", _("Apoiada em quem tem experiência")
    SYNERGY = "synergy", _("Soma com outras iniciativas")
    ADDED_VALUE = "added_value", _("Valor próprio da cooperação internacional")
    KNOWLEDGE_EXCHANGE = "knowledge_exchange", _("Gera troca de conhecimento")


class State(models.TextChoices):
    DRAFT = "draft", _("rascunho")
    SENT = "sent", _("enviada à curadoria")
    RETURNED = "returned", _("devolvida para completar")
    PUBLISHED = "published", _("publicada")
    UNPUBLISHED = "unpublished", _("fora do ar")
    DECLINED = "declined", _("não incluída no banco")
    MERGED = "merged", _("revisão publicada")


# Where a revision has had its answer.
SETTLED = (State.DECLINED, State.MERGED)


class Source(models.TextChoices):
    """How a sheet came to be proposed."""

    PROGRAMME = "programme", _("coordenação do programa")
    NOTE = "note", _("apontamento de boa prática no diagnóstico")
    TEAM = "team", _("equipe de quem fez a prática")
    OPEN_FORM = "open_form", _("formulário aberto")


class PracticeQuerySet(models.QuerySet):
    def public(self, at=None):
        return self.filter(state=State.PUBLISHED, published_at__lte=at or timezone.now())

    def visible_to(self, user):
        """Sheets of the bodies the person works for; all that may be read for people of the programme."""
        if not user.is_authenticated:
            return self.none()
        if user.programme_roles:
            return self.confirmed()
        return self.filter(owner__in=Membership.objects.in_force().filter(user=user).values("body"))

    def confirmed(self):
        """A proposal by the open form whose address nobody confirmed is nobody's business yet."""
        return self.filter(Q(proposal__isnull=True) | Q(proposal__confirmed_at__isnull=False))

    def search(self, text):
        """Every typed word occurs somewhere in the sheet or in the title of one of its documents, in any language, without regard to
        accents or case."""
        return search_index.search(self, text)

    def about(self, dimension):
        return self.filter(topics__dimension=dimension)

    def with_owner(self):
        return self.select_related("owner__government", "owner__organisation")

    def open(self):
        """Revisions that still wait for their answer."""
        return self.exclude(state__in=SETTLED)

    def with_uses(self):
        """Counts, as `uses`, who says to be adapting or using it, or wants to."""
        standing = Q(adoptions__withdrawn_at__isnull=True) & ~Q(adoptions__state="gave_up")
        return self.annotate(uses=Count("adoptions", filter=standing, distinct=True))

    def featured_first(self):
        return self.order_by(F("featured_at").desc(nulls_last=True), "-published_at", "-pk")


class Practice(models.Model):
    """A policy or action others can learn from. It belongs to a body and outlives every edition."""

    Source = Source
    State = State

    MOVES = {
        State.SENT: {State.DRAFT, State.RETURNED},
        State.RETURNED: {State.SENT},
        State.DECLINED: {State.SENT},
        # Published again where a revision takes its place.
        State.PUBLISHED: {State.SENT, State.UNPUBLISHED, State.PUBLISHED},
        State.UNPUBLISHED: {State.PUBLISHED},
        State.MERGED: {State.SENT},
    }
    # In lists that did not count.
    uses: int | None = None

    key = models.SlugField(_("identificador"), max_length=80, unique=True)
    # Proposed by the open form, a sheet has no owner in the portal before the curators say who it is.
    owner = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="practices", verbose_name=_("de quem é")
    )
    state = models.CharField(_("estado"), max_length=12, choices=State.choices, default=State.DRAFT)
    source = models.CharField(_("origem"), max_length=10, choices=Source.choices, default=Source.PROGRAMME)
    note = models.OneToOneField(
        "diagnosis.ReviewNote", on_delete=models.SET_NULL, null=True, blank=True, related_name="practice"
    )
    # The published sheet that this one is to take the place of.
    revises = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="revisions")
    title = models.CharField(_("título"), max_length=200)
    summary = models.TextField(_("resumo"), max_length=600)
    language = models.CharField(_("idioma do relato"), max_length=10, choices=settings.LANGUAGES, default="pt-br")
    context = models.TextField(_("contexto"), blank=True)
    problem = models.TextField(_("problema"), blank=True)
    what_was_done = models.TextField(_("o que foi feito"), blank=True)
    who = models.TextField(_("quem fez"), blank=True)
    partners = models.ManyToManyField(Body, blank=True, related_name="partner_practices", verbose_name=_("parceiros"))
    resources = models.TextField(_("recursos"), blank=True)
    lessons = models.TextField(_("o que se aprendeu"), blank=True)
    how_to_replicate = models.JSONField(_("como repetir"), default=list, blank=True)
    migrants_part = models.TextField(_("participação das pessoas migrantes"), blank=True)
    quote = models.TextField(_("fala"), blank=True)
    quote_by = models.CharField(_("de quem é a fala"), max_length=200, blank=True)
    quote_language = models.CharField(_("idioma da fala"), max_length=10, blank=True)
    indicators = models.JSONField(_("indicadores"), default=list, blank=True)
    sdg_targets = models.JSONField(_("metas dos ODS"), default=list, blank=True)
    features = models.JSONField(_("características"), default=list, blank=True)
    started_year = models.PositiveSmallIntegerField(_("ano de início"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(_("publicação"), null=True, blank=True, db_index=True)
    featured_at = models.DateTimeField(_("destaque desde"), null=True, blank=True)
    checked_on = models.DateField(_("conferida em"), null=True, blank=True, db_index=True)
    # Kept by save(): every word of the sheet made comparable, and the lists above as words to filter by.
    search = models.TextField(editable=False)
    tags = models.CharField(max_length=400, editable=False, default="")

    objects = PracticeQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        constraints = [
            one_of("state", State, name="practice_state_known"),
            one_of("source", Source, name="practice_source_known"),
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(published_at__isnull=False, owner__isnull=False, checked_on__isnull=False),
                name="published_practice_has_owner_and_dates",
            ),
            models.CheckConstraint(
                condition=Q(featured_at__isnull=True) | Q(state="published"), name="only_published_is_featured"
            ),
            models.UniqueConstraint(fields=["revises"], condition=~Q(state__in=SETTLED), name="one_open_revision"),
            models.CheckConstraint(
                condition=Q(revises__isnull=True) | ~Q(state__in=("published", "unpublished")),
                name="revision_is_never_public_itself",
            ),
        ]
        verbose_name = _("boa prática")
        verbose_name_plural = _("boas práticas")

    def __str__(self):
        return self.title or self.key

    def save(self, *args, **kwargs):
        """Words and tags follow what is saved."""
        self.search, self.tags = self.searchable(), self._tagged()
        named = kwargs.get("update_fields")
        if named is not None:
            kwargs["update_fields"] = {*named, "search", "tags"}
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("practice", args=[self.pk])

    # Moves.

    @transaction.atomic
    def move(self, to, *, by, at, text="", **facts):
        """Change the state under a lock and write it down. Returns the PracticeMove. Raises WrongState."""
        came_from = Practice.objects.select_for_update().values_list("state", flat=True).get(pk=self.pk)
        if came_from not in self.MOVES[to]:
            raise WrongState(came_from, to)
        self.state = to
        for name, value in facts.items():
            setattr(self, name, value)
        self.save(update_fields=["state", *facts])
        return self.moves.create(came_from=came_from, went_to=to, by=by, at=at, text=text)

    # Words.

    def refresh_search(self):
        """After rows beside it changed: documents, topics, partners."""
        self.search = self.searchable()
        type(self).objects.filter(pk=self.pk).update(search=self.search)

    def searchable(self):
        return normalise(" ".join(part.replace("\0", "") for part in self._searched() if part))

    def _searched(self):
        yield from (getattr(self, f"{name}_{lang}") or "" for name in ("title", "summary") for lang in LANGUAGES)
        yield from (getattr(self, name) for name in STORY)
        yield from map(str, self.how_to_replicate)
        yield from map(str, self.sdg_targets)
        yield str(self.owner) if self.owner_id else ""
        if self.pk:
            yield from search_index.beside(self)

    def _tagged(self):
        """« sdg-10 ownership »: each word between spaces, so that one is never found inside another."""
        tags = [f"sdg-{goal}" for goal in sdgs.goals_of(self.sdg_targets)] + list(self.features)
        return f" {' '.join(tags)} " if tags else ""

    # Reading.

    @property
    def is_public(self):
        return self.state == State.PUBLISHED and self.published_at <= timezone.now()

    @property
    def title_language(self):
        """The language the title is shown in: the page's own, or Portuguese where it has no translation."""
        return self._language_shown("title")

    @property
    def summary_language(self):
        return self._language_shown("summary")

    def _language_shown(self, name):
        language = get_language() or settings.LANGUAGE_CODE
        said = getattr(self, f"{name}_{language.replace('-', '_')}", "")
        return language if said else settings.LANGUAGE_CODE

    @property
    def dimensions(self):
        """Numbers of the dimensions it touches, in order."""
        return sorted(topic.dimension for topic in self.topics.all())

    @property
    def feature_labels(self):
        return [Feature(code).label for code in self.features if code in Feature.values]

    @property
    def story(self):
        """Heading and text of each part of the story that was told, in reading order."""
        return [
            (name, self._meta.get_field(name).verbose_name, getattr(self, name))
            for name in READING_ORDER
            if getattr(self, name)
        ]

    @property
    def goals(self):
        """[(number, name, targets)] of the Sustainable Development Goals it serves."""
        return sdgs.grouped(self.sdg_targets)


class WrongState(Exception):
    """The sheet is not where this move starts: somebody was faster, or the page is old."""

    status = 409

    def __init__(self, came_from, to):
        words = {"state": State(came_from).label}
        super().__init__(_("Esta ficha está agora no estado «%(state)s». Recarregue a página.") % words)
        self.came_from, self.to = came_from, to
