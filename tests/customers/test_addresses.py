import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from customers.addresses import BadAddress, normalize


@pytest.mark.parametrize(
    ("scheme", "written", "expected"),
    [
        pytest.param(
            "mailto", "Ana.Ruiz@EXAMPLE.com", "ana.ruiz@example.com", id="case"
        ),
        pytest.param(
            "mailto", "ana+shop@example.com", "ana+shop@example.com", id="plus"
        ),
        pytest.param(
            "mailto", "ana@bücher.example", "ana@xn--bcher-kva.example", id="idna"
        ),
        pytest.param(
            "mailto", "ana@example.com.", "ana@example.com", id="trailing dot"
        ),
        pytest.param("tel", "+34 600 00 00 00", "+34600000000", id="spaces"),
        pytest.param("whatsapp", "34600000000", "+34600000000", id="no plus"),
        pytest.param("whatsapp", "US.1234", "US.1234", id="business-scoped id"),
        pytest.param("chat", "AbC-1", "AbC-1", id="chat ids keep their case"),
    ],
)
def test_an_address_has_one_spelling(scheme: str, written: str, expected: str) -> None:
    assert normalize(scheme, written) == expected


@pytest.mark.parametrize(
    ("scheme", "written"),
    [
        pytest.param("mailto", "", id="empty"),
        pytest.param("mailto", "ana", id="no at"),
        pytest.param("mailto", "a@b.example\r\nRCPT TO:<evil@x>", id="line break"),
        pytest.param("mailto", "a@b.example,evil@x", id="two addresses"),
        pytest.param("tel", "call me", id="words"),
        pytest.param("chat", "x" * 400, id="too long"),
    ],
)
def test_what_is_no_address_is_refused(scheme: str, written: str) -> None:
    with pytest.raises(BadAddress):
        normalize(scheme, written)


@settings(max_examples=300)
@given(st.from_regex(r"[^@]{1,20}@[^@]{1,30}", fullmatch=True))
def test_normalizing_twice_changes_nothing(written: str) -> None:
    try:
        once = normalize("mailto", written)
    except BadAddress:
        return

    assert normalize("mailto", once) == once
