"""What every test of the widget starts with."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _nobody_has_used_a_door_yet() -> None:
    """Forget the counters of the limits: every test comes from one address."""
    cache.clear()
