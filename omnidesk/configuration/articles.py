"""Articles: written in Markdown, published and archived."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from omnidesk.configuration.by_role import ManagerAdmin
from omnidesk.configuration.site import site
from omnidesk.knowledge.models import Article


@admin.register(Article, site=site)
class ArticleAdmin(ManagerAdmin):
    """Articles."""

    list_display = ("title", "language", "status", "updated_at")
    list_filter = ("status", "language")
    search_fields = ("title", "body")
    prepopulated_fields = {"slug": ("title",)}
    fields = ("title", "slug", "language", "body", "questions", "status")
    readonly_fields = ("status",)
    actions = ("publish", "archive")

    def save_model(
        self,
        request: HttpRequest,
        obj: Article,
        form: object,
        change: bool,  # noqa: FBT001 - Django's signature
    ) -> None:
        """Save the article with the moment it was edited."""
        obj.updated_at = timezone.now()
        obj.save()

    @admin.action(description="Publish", permissions=["change"])
    def publish(self, request: HttpRequest, chosen: QuerySet[Article]) -> None:
        """Let customers read the chosen articles, and the bot answer from them."""
        chosen.update(status=Article.Status.PUBLISHED)
        self.message_user(request, _("The articles are published."))

    @admin.action(description="Archive", permissions=["change"])
    def archive(self, request: HttpRequest, chosen: QuerySet[Article]) -> None:
        """Take the chosen articles out of the help center and from the bot."""
        chosen.update(status=Article.Status.ARCHIVED)
        self.message_user(request, _("The articles are archived."))
