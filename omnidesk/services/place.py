"""Where the embedded services keep their data and sockets, and as whom they run."""

import hashlib
import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from omnidesk.services.errors import ServicesError

POSTGRES_PORT = 5432  # only a part of the socket's name; nothing listens on TCP
REDIS_SOCKET = "redis.sock"
# Not tempfile.gettempdir(): TMPDIR differs between a shell and a service manager,
# and every process must compute the same address.
SOCKETS_PARENT = Path("/tmp")  # noqa: S108 - prepare() refuses a folder of another user
ROOT_STATE = Path("/var/lib/omnidesk")
UNPRIVILEGED = "nobody"


@dataclass(frozen=True)
class Account:
    """The user and group that the servers run as."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Place:
    """The folder of data, locks and logs, the folder of sockets, and their owner."""

    home: Path
    sockets: Path
    account: Account


def find(root: Path) -> Place:
    """Return the place of the services of `root` for the current user.

    1. An ordinary user runs the servers as themself, in `root/services`; if that
       folder is another user's or cannot be made, in `~/.local/state`.
    2. PostgreSQL refuses root. Root hands the servers to the owner of the folder, or
       to `nobody` where that is root too; if that account cannot get to the folder,
       as under a closed /root, the data goes to /var/lib/omnidesk.

    Sockets get a short folder of their own: their paths end at 103 bytes.
    """
    home = root.resolve() / "services"
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    account = _account(home)
    if not _usable(home, account):
        if os.geteuid() == 0:
            account = _unprivileged()
        home = _fallback(account) / digest
    return Place(home, SOCKETS_PARENT / f"omnidesk-{account.uid}-{digest}", account)


def prepare(place: Place) -> None:
    """Make both folders, closed to every other user, and check who owns them.

    Raises ServicesError when another user holds one of the names.
    """
    _make_parents(place.home.parent)
    for folder in (place.home, place.sockets):
        folder.mkdir(mode=0o700, exist_ok=True)
        own(folder, place)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != place.account.uid:
            raise ServicesError(
                f"{folder} belongs to another user. Remove it, or set DATABASE_URL "
                "and REDIS_URL to servers of your own."
            )
        if stat.S_IMODE(found.st_mode) & 0o077:
            folder.chmod(0o700)


def own(path: Path, place: Place) -> None:
    """Give a file that root has just made to the account of the servers."""
    if os.geteuid() == 0 and path.lstat().st_uid == 0:
        os.chown(path, place.account.uid, place.account.gid, follow_symlinks=False)


def reachable(path: Path, account: Account) -> bool:
    """Return whether the account may read and enter or execute `path`.

    Reads permission bits only; always true for the current user's own account.
    """
    if account.uid == os.geteuid():
        return True
    resolved = path.resolve()
    if not all(_allows(parent, account, 0o1) for parent in resolved.parents):
        return False
    return _allows(resolved, account, 0o5)


def _account(home: Path) -> Account:
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    owner = _nearest(home).stat()
    if owner.st_uid != 0 and _entry(owner.st_uid) is not None:
        return Account(owner.st_uid, owner.st_gid)
    return _unprivileged()


def _unprivileged() -> Account:
    try:
        entry = pwd.getpwnam(UNPRIVILEGED)
    except KeyError:
        return Account(65534, 65534)
    return Account(entry.pw_uid, entry.pw_gid)


def _usable(home: Path, account: Account) -> bool:
    if os.geteuid() == 0:  # prepare() gives home itself to the account
        above = _nearest(home.parent)
        return all(_allows(folder, account, 0o1) for folder in (above, *above.parents))
    nearest = _nearest(home)
    if nearest == home:
        return nearest.stat().st_uid == account.uid
    return os.access(nearest, os.W_OK | os.X_OK)


def _fallback(account: Account) -> Path:
    if os.geteuid() == 0:
        return ROOT_STATE
    entry = _entry(account.uid)
    if entry is None:  # a container's made-up user: nowhere of its own but this
        return SOCKETS_PARENT / f"omnidesk-{account.uid}"
    return Path(entry.pw_dir) / ".local/state/omnidesk"


def _nearest(path: Path) -> Path:
    return next(folder for folder in (path, *path.parents) if _exists(folder))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except PermissionError:
        return False


def _make_parents(folder: Path) -> None:
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    if not missing:
        return
    above = missing[-1].parent.stat()
    for path in reversed(missing):
        path.mkdir(mode=0o755, exist_ok=True)
        if os.geteuid() == 0:
            os.chown(path, above.st_uid, above.st_gid)
            path.chmod(0o755)


def _entry(uid: int) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        return None


def _allows(path: Path, account: Account, bits: int) -> bool:
    try:
        found = path.stat()
    except OSError:  # root is nobody on some network file systems
        return False
    if found.st_uid == account.uid:
        return (found.st_mode >> 6) & bits == bits
    if found.st_gid == account.gid:
        return (found.st_mode >> 3) & bits == bits
    return found.st_mode & bits == bits
