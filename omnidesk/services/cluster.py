"""The files of PostgreSQL: made the first time, checked every time."""

import shutil
from pathlib import Path

from omnidesk.services import processes
from omnidesk.services.errors import ServicesError
from omnidesk.services.place import Place

VERSION = "18"
# Full-text search asks the C library what a letter is. Under plain C every “quote”
# and dash is one, so a quoted word is never found. The first that exists is used.
LETTERS = ("C.UTF-8", "en_US.UTF-8", "C")


def ensure(here: Place, programs: Path) -> Path:
    """Return the data folder, running initdb (1 s) the first time.

    Raises ServicesError if that fails, or if another version made the data.
    """
    data = here.home / "postgresql"
    if not data.exists():
        # Under another name, so that a run broken off leaves no half a cluster.
        draft = here.home / "postgresql.new"
        _initialize(here, programs, draft)
        return draft.rename(data)
    version = (data / "PG_VERSION").read_text().strip()
    if version != VERSION:
        raise ServicesError(
            f"{data} was made by PostgreSQL {version}, this is {VERSION}. "
            "Move it away, or set DATABASE_URL to a server that can read it."
        )
    return data


def _initialize(here: Place, programs: Path, draft: Path) -> None:
    output = ""
    for letters in LETTERS:
        shutil.rmtree(draft, ignore_errors=True)
        done = processes.run(
            here,
            [
                *(programs / "bin" / "initdb", "-D", draft),
                *("--username=omnidesk", "--auth=trust", "--encoding=UTF8"),
                *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
                *("--no-locale", f"--lc-ctype={letters}", "--no-instructions"),
            ],
        )
        if done.returncode == 0:
            return
        output = done.stdout.strip().rpartition("\n")[2]
    raise ServicesError(
        f"PostgreSQL cannot make its files ({output}). "
        "Set DATABASE_URL to a PostgreSQL server instead."
    )
