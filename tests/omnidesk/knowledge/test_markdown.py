import pytest

from omnidesk.knowledge.markdown import Passage, passages, to_html

ARTICLE = """
Return it within **30 days**, see [the rules](https://acme.example/rules).

## How

1. Open *orders*
2. Choose
   - exchange
   - money

## Costs

| Country | Price |
|---|---|
| Spain | free |

> Keep the receipt.
"""


def test_an_article_becomes_plain_passages_under_their_headings() -> None:
    assert passages(ARTICLE) == (
        Passage(
            "", "Return it within 30 days, see the rules (https://acme.example/rules)."
        ),
        Passage("How", "1. Open orders\n2. Choose\n- exchange\n- money"),
        Passage("Costs", "Country, Price\nSpain, free"),
        Passage("Costs", "Keep the receipt."),
    )


def test_headings_begin_below_the_pages_own() -> None:
    assert "<h2>Top</h2>" in to_html("# Top")


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "<a href=javascript:alert(1)>x</a>",
        "![x](x.png)",
        '[x](https://a.example "onmouseover=alert(1)")',
        "<javascript:alert(1)>",
    ],
)
def test_no_markdown_becomes_something_that_runs(markdown: str) -> None:
    html = to_html(markdown)

    assert "<script" not in html
    assert 'href="java' not in html.lower()
    assert 'href="data' not in html
    assert "<img" not in html
    assert " onmouseover" not in html


def test_links_lead_out_without_telling_where_from() -> None:
    assert 'rel="noopener nofollow"' in to_html("[x](https://a.example)")
