#!/usr/bin/env python
"""Command line of the portal: `manage.py help` lists what it can do."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "migracidades.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
