#!/usr/bin/env python3
"""Run one of the desk's commands."""

import os
import sys


def main() -> None:
    """Hand the command line to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "omnidesk.settings")

    if sys.argv[1:2] == ["demo"]:
        from omnidesk.demo import ports

        ports.set_environment(sys.argv[2:])

    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        # A wrong setting is the reader's to mend: a sentence, not a traceback.
        sys.exit(f"{error}")


if __name__ == "__main__":
    main()
