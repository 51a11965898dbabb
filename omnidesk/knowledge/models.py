"""Articles: what customers read and the bot answers from."""

from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Case, GeneratedField, Value, When
from django.db.models.expressions import CombinedExpression
from django.urls import reverse
from django.utils import timezone

from omnidesk.knowledge.languages import (
    CONFIG_OF_LANGUAGE,
    RIGHT_TO_LEFT,
    WORD_FOR_WORD,
    Language,
)


def _vector(config: str) -> CombinedExpression:
    return (
        SearchVector("title", weight="A", config=config)
        + SearchVector("questions", weight="B", config=config)
        + SearchVector("body", weight="D", config=config)
    )


def searchable_words() -> Case:
    """Return the expression of the search column: each language read its own way."""
    return Case(
        *(
            When(language=Value(language), then=_vector(config))
            for language, config in sorted(CONFIG_OF_LANGUAGE.items())
        ),
        default=_vector(WORD_FOR_WORD),
        output_field=SearchVectorField(),
    )


class ArticleQuerySet(models.QuerySet["Article"]):
    """The vocabulary of reading articles."""

    def published(self) -> Self:
        """Return what customers may read; the help center and the bot start here."""
        return self.filter(status=Article.Status.PUBLISHED)


class Article(models.Model):
    """A page of the help center."""

    class Status(models.TextChoices):
        """Who can read it."""

        DRAFT = "draft", "draft"
        PUBLISHED = "published", "published"
        ARCHIVED = "archived", "archived"

    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=120, unique=True)
    language = models.CharField(
        max_length=5, choices=Language, default=Language.ENGLISH
    )
    body = models.TextField(help_text="Markdown. HTML is shown as it is typed.")
    questions = models.TextField(
        "example questions",
        blank=True,
        help_text="What customers ask when this article answers them, one question "
        "a line. About five make the bot much surer.",
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now)
    search = GeneratedField(
        expression=searchable_words(),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        indexes = [
            # the help center's search and the bot's
            GinIndex(
                fields=["search"],
                name="words_of_published_articles",
                condition=models.Q(status="published"),
            ),
            # the help center's list
            models.Index(
                fields=["language", "title"],
                name="published_articles",
                condition=models.Q(status="published"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the page in the help center."""
        return reverse("knowledge:article", args=[self.slug])

    @property
    def example_questions(self) -> list[str]:
        """Return the example questions without empty lines."""
        return [line.strip() for line in self.questions.splitlines() if line.strip()]

    @property
    def direction(self) -> str:
        """Return the direction its language is written in: "rtl" or "ltr"."""
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"
