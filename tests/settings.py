"""The product's settings, with servers and files of the tests' own.

DATABASE_URL and REDIS_URL are heeded; without them the embedded services under
.omnidesk/test are used, never the data of the demo. Each pytest-xdist worker has its
own Redis database; pytest-django gives it its own PostgreSQL database.
"""

import os
import re
from pathlib import Path

from omnidesk import env, services

DATA = Path(__file__).resolve().parent.parent / ".omnidesk" / "test"
os.environ["DATA_DIR"] = str(DATA)

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
if WORKER:
    url = env.text("REDIS_URL") or services.urls(DATA).redis_url
    address = re.sub(r"(?<=[^:/])/\d*$|\?db=\d+$", "", url)
    number = int(WORKER.removeprefix("gw")) + 1
    separator = "?db=" if address.startswith("unix:") else "/"
    os.environ["REDIS_URL"] = f"{address}{separator}{number}"

from omnidesk.settings import *  # noqa: E402, F403 - reads the environment set above
from omnidesk.settings import CHANNEL_LAYERS as LAYERS  # noqa: E402
from omnidesk.settings import REDIS_URL  # noqa: E402

# Redis publishes across its databases: only the prefix keeps the workers apart.
CONFIG = {"hosts": [REDIS_URL], "prefix": f"omnidesk-test-{WORKER}"}
CHANNEL_LAYERS = {"default": {**LAYERS["default"], "CONFIG": CONFIG}}

# Signing in is tested; what a password costs a thief is not.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
