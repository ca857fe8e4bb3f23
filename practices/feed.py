"""The practices as an Atom feed, for who follows the bank with a reader. Links are built from the portal's own address."""

from django.contrib.syndication.views import Feed
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import conditional_page

from core.links import absolute, absolute_url
from core.text import without_unseen

from .models import Practice

NEWEST = 30


class PracticeFeed(Feed):
    feed_type = Atom1Feed
    title = _("Boas práticas do MigraCidades")
    subtitle = _("Políticas e ações de governos e organizações que outros podem repetir.")
    author_name = "MigraCidades"

    def get_object(self, request):
        return request.arrived_at

    def link(self, at):
        return absolute_url("practices")

    def feed_url(self, at):
        return absolute_url("practices-feed")

    def author_link(self, at):
        return absolute_url("home")

    def items(self, at):
        rows = Practice.objects.public(at).with_owner().order_by("-published_at", "-pk")
        return rows[:NEWEST]

    def item_title(self, practice):
        return without_unseen(practice.title)

    def item_description(self, practice):
        return without_unseen(practice.summary)

    def item_link(self, practice):
        return absolute(practice.get_absolute_url())

    def item_guid(self, practice):
        # The same in every language of the feed.
        return absolute(f"/praticas/{practice.pk}/")

    def item_author_name(self, practice):
        return without_unseen(practice.owner)

    def item_pubdate(self, practice):
        return practice.published_at

    def item_updateddate(self, practice):
        return max(practice.published_at, min(practice.updated_at, timezone.now()))


answer = PracticeFeed()


@conditional_page
def feed(request):
    response = answer(request)
    # A practice taken off the air makes nothing newer: whether something changed is told by the tag alone.
    del response["Last-Modified"]
    return response
