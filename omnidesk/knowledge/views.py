"""The help center: one page that searches and lists, one page for each article."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from omnidesk.knowledge import search
from omnidesk.knowledge.markdown import passages, to_html
from omnidesk.knowledge.models import Article

LISTED = 200  # articles on the first page; beyond that people search
QUERY_CHARS = 200
EXCERPT_CHARS = 160


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Search the articles, or list them all."""
    query = request.GET.get("q", "").replace("\x00", "").strip()[:QUERY_CHARS]
    if query:
        articles = search.find(query)
    else:
        articles = list(Article.objects.published().defer("search")[:LISTED])
    return render(
        request,
        "help/index.html",
        {
            "query": query,
            "results": [(article, _excerpt(article)) for article in articles],
        },
    )


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a published article; a draft looks like one that does not exist."""
    found = get_object_or_404(Article.objects.published().defer("search"), slug=slug)
    return render(
        request, "help/article.html", {"article": found, "html": to_html(found.body)}
    )


def _excerpt(article: Article) -> str:
    """Return how the article begins; a sentence tells more than a list or a table."""
    parts = passages(article.body)
    sentences = (part.text for part in parts if "\n" not in part.text)
    words = next(sentences, " ".join(parts[0].text.split()) if parts else "")
    if len(words) <= EXCERPT_CHARS:
        return words
    return f"{words[:EXCERPT_CHARS].rsplit(' ', 1)[0]}…"
