import os
import shutil
from pathlib import Path

import pytest

from omnidesk import services
from omnidesk.services import place

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs another user")


def test_data_lies_in_the_folder_and_is_closed_to_others(root: Path) -> None:
    services.ensure(root, names=["redis"])

    here = place.find(root)
    assert here.home == root / "services"
    assert here.home.stat().st_mode & 0o777 == 0o700
    assert here.sockets.stat().st_mode & 0o777 == 0o700


@only_root
def test_root_uses_an_account_that_may_do_nothing_else(root: Path) -> None:
    assert place.find(root).account.uid != 0


@only_root
def test_root_works_as_the_owner_of_the_folder(root: Path) -> None:
    os.chown(root, 1, 1)

    assert place.find(root).account == place.Account(1, 1)


@only_root
def test_a_closed_folder_of_root_puts_the_data_where_it_can_be_reached(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = root.parent / "var" / "lib"
    monkeypatch.setattr(place, "ROOT_STATE", elsewhere)
    root.chmod(0o700)

    services.ensure(root, names=["redis"])

    assert place.find(root).home.parent == elsewhere
    assert services.status(root)[1].pid is not None


@only_root
def test_a_folder_of_sockets_that_another_user_holds_is_refused(root: Path) -> None:
    held = place.find(root).sockets
    held.mkdir()
    os.chown(held, 1, 1)

    with pytest.raises(services.ServicesError, match="belongs to another user"):
        services.ensure(root, names=["redis"])

    shutil.rmtree(held)


def test_a_long_path_is_no_trouble(root: Path) -> None:
    deep = Path(root, *["a-folder-with-quite-a-long-name"] * 6)

    urls = services.ensure(deep, names=["redis"])

    assert len(urls.redis_url) < 80
    services.stop(deep)
