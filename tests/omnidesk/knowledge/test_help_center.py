import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from omnidesk.knowledge.models import Article
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db

LARGEST_PAGE = 40_000  # bytes


def _search(client: Client, words: str) -> list[str]:
    """Return the titles that a search shows, in order."""
    page = client.get("/help/", {"q": words}).content.decode()
    return re.findall(r"<b>(.*?)</b>", page)


def _shop() -> None:
    ArticleFactory.create(title="Return an item", body="Within 30 days of delivery.")
    ArticleFactory.create(
        title="Ways to pay",
        body="Visa and PayPal. Refunds go back to the same card.",
        questions="Can I pay with Klarna?",
    )
    ArticleFactory.create(title="When you get your refund", body="In five days.")


def test_the_first_page_lists_what_is_published(client: Client) -> None:
    _shop()
    ArticleFactory.create(title="Secret plans", status=Article.Status.DRAFT)
    ArticleFactory.create(title="Old rules", status=Article.Status.ARCHIVED)

    page = client.get("/help/").content.decode()

    assert "Return an item" in page
    assert "Secret plans" not in page
    assert "Old rules" not in page


def test_a_search_finds_titles_before_bodies(client: Client) -> None:
    _shop()

    assert _search(client, "refunds") == ["When you get your refund", "Ways to pay"]


def test_the_last_word_may_be_a_beginning(client: Client) -> None:
    _shop()

    assert _search(client, "refu") == ["When you get your refund", "Ways to pay"]
    assert _search(client, "get your ref") == ["When you get your refund"]


def test_example_questions_are_searched(client: Client) -> None:
    _shop()

    assert _search(client, "klarna") == ["Ways to pay"]


def test_without_a_match_of_all_words_some_will_do(client: Client) -> None:
    _shop()

    assert _search(client, "return elephants") == ["Return an item"]


def test_a_search_without_result_says_what_to_do(client: Client) -> None:
    _shop()

    page = client.get("/help/", {"q": "elephant"}).content.decode()

    assert "Nothing matches. Try other words, or fewer." in page


@pytest.mark.parametrize(
    "words",
    [
        "'",
        "a & | ! b",
        "<->",
        "\\",
        "(((",
        ":*",
        "\x00",
        "'; DROP TABLE x --",
        "_",
        "the",
    ],
)
def test_no_search_is_an_error(client: Client, words: str) -> None:
    _shop()

    assert client.get("/help/", {"q": words}).status_code == 200


def test_each_language_is_searched_its_own_way(client: Client) -> None:
    ArticleFactory.create(title="Rücksendungen", language="de", body="Binnen 30 Tagen.")
    ArticleFactory.create(title="退货", language="zh", body="三十天内可以退货。")

    assert _search(client, "Rücksendung") == ["Rücksendungen"]
    assert _search(client, "可以退货") == ["退货"]


def test_an_article_is_shown_in_its_language_and_direction(client: Client) -> None:
    ArticleFactory.create(slug="irja", title="إرجاع منتج", language="ar", body="نص")

    page = client.get("/help/irja/").content.decode()

    assert '<article class="article" lang="ar" dir="rtl">' in page


@pytest.mark.parametrize("status", [Article.Status.DRAFT, Article.Status.ARCHIVED])
def test_what_is_not_published_is_not_there(client: Client, status: str) -> None:
    ArticleFactory.create(slug="plans", status=status)

    hidden, missing = client.get("/help/plans/"), client.get("/help/none/")

    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content


def test_what_an_editor_types_does_not_run(client: Client) -> None:
    ArticleFactory.create(
        slug="bad",
        title="<script>alert(1)</script>",
        body="<script>alert(2)</script> <img src=x onerror=alert(3)> "
        "[click](javascript:alert(4)) ![x](https://evil.example/x.png)\n\n"
        "<svg/onload=alert(5)>",
    )

    page = client.get("/help/bad/").content.decode()

    assert not re.search(r"<(script|img|svg|iframe|style)\b", page)
    assert 'href="javascript' not in page
    assert "evil.example" not in page


def test_the_query_comes_back_escaped(client: Client) -> None:
    page = client.get("/help/", {"q": '"><script>alert(1)</script>'}).content.decode()

    assert "<script" not in page


def test_pages_are_small_and_run_no_script(client: Client) -> None:
    for number in range(50):
        ArticleFactory.create(title=f"Article {number}", body="A sentence. " * 300)
    first = client.get("/help/")
    article = client.get(Article.objects.all()[0].get_absolute_url())

    for page in (first, article):
        assert len(page.content) < LARGEST_PAGE
        assert b"<script" not in page.content
        assert b" style=" not in page.content
        policy = page.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe-inline" not in policy


def test_a_search_costs_two_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _shop()

    with django_assert_num_queries(2):
        _search(client, "refund")
    with django_assert_num_queries(1):
        client.get("/help/")


def test_pages_cannot_be_posted_to(client: Client) -> None:
    assert client.post("/help/").status_code == 405
