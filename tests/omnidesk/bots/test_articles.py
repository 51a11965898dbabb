import pytest
from pytest_django import DjangoAssertNumQueries

from omnidesk.bots.answerer import Answer, Question, Unsure, answer
from omnidesk.bots.articles import ANSWER_CHARS, ANSWER_FROM
from omnidesk.knowledge.models import Article
from tests.factories import ArticleFactory
from tests.omnidesk.bots.shop import open_shop

pytestmark = pytest.mark.django_db


def _ask(text: str, language: str = "en") -> Answer | Unsure:
    return answer(Question(text, language))


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("How do I return my order?", "returns"),
        ("where is my refund??", "refunds"),
        ("wheres my parcel", "tracking"),
        ("can i pay by paypal", "payment"),
        ("which credit cards do you accept", "payment"),
        ("HOW LONG DOES A REFUND TAKE FOR ORDER #10432", "refunds"),
    ],
)
def test_a_question_that_an_article_covers_is_answered(text: str, slug: str) -> None:
    open_shop()

    found = _ask(text)

    assert isinstance(found, Answer)
    assert found.sources[0].url == f"http://127.0.0.1:8000/help/{slug}/"
    assert found.confidence >= ANSWER_FROM


@pytest.mark.parametrize(
    "text",
    [
        "who founded your company?",
        "tell me a joke",
        "are you hiring?",
        "what is the weather in Berlin",
        "do you sell gift cards",
        "is the parcel waterproof",
        "asdf",
        "?!",
        "",
        "the of and",
    ],
)
def test_any_other_question_is_not(text: str) -> None:
    open_shop()

    assert isinstance(_ask(text), Unsure)


def test_what_may_be_meant_is_suggested_likeliest_first() -> None:
    open_shop()

    found = _ask("refund or return of a parcel, order of yesterday")

    assert isinstance(found, Unsure)
    chances = [source.confidence for source in found.suggestions]
    assert 1 <= len(chances) <= 3
    assert chances == sorted(chances, reverse=True)


def test_the_passage_that_fits_is_quoted() -> None:
    ArticleFactory.create(
        title="Your account",
        body="You have an account.\n\n## Password\n\nChoose *Forgot password* and "
        "follow the link that we send.\n\n## Name\n\nOpen your profile.",
        questions="I forgot my password",
    )

    found = _ask("I have forgotten my password")

    assert isinstance(found, Answer)
    assert found.text == "Choose Forgot password and follow the link that we send."


def test_a_long_passage_is_cut_at_a_sentence() -> None:
    ArticleFactory.create(title="The rules of returns", body="Keep the box. " * 200)

    found = _ask("the rules of returns")

    assert isinstance(found, Answer)
    assert len(found.text) <= ANSWER_CHARS + 2
    assert found.text.endswith("box. …")


@pytest.mark.parametrize("status", [Article.Status.DRAFT, Article.Status.ARCHIVED])
def test_what_is_not_published_is_neither_quoted_nor_suggested(status: str) -> None:
    open_shop()
    Article.objects.filter(slug="refunds").update(status=status)

    found = _ask("How long does a refund take?")

    assert isinstance(found, Unsure)
    assert "refunds" not in str(found.suggestions)


def test_an_answer_is_in_the_language_of_the_question() -> None:
    ArticleFactory.create(
        slug="de", language="de", title="Wann die Erstattung kommt", body="In 5 Tagen."
    )
    ArticleFactory.create(slug="en", title="When the refund comes", body="In 5 days.")

    german = _ask("Wann kommt meine Erstattung?", "de")
    unknown = _ask("refund comes when")
    either = answer(Question("Erstattung kommt"))

    assert isinstance(german, Answer)
    assert german.text == "In 5 Tagen."
    assert isinstance(unknown, Answer)
    assert unknown.text == "In 5 days."
    assert isinstance(either, Answer)
    assert either.text == "In 5 Tagen."


def test_a_language_without_spaces_is_read_too() -> None:
    ArticleFactory.create(
        language="zh", title="什么时候可以收到退款？", body="五个工作日之内。"
    )
    ArticleFactory.create(
        language="zh", title="怎样修改收货地址？", body="在订单页面。"
    )

    found = _ask("我什么时候收到退款", "zh")

    assert isinstance(found, Answer)
    assert found.text == "五个工作日之内。"


def test_an_answer_costs_four_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    open_shop()

    with django_assert_num_queries(4):
        _ask("How long does a refund take?")
