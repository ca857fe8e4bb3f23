"""`make bench`: runs each bench_*.py here and prints its ratios. `python -m bench report` runs those with that word.

A benchmark module has `run() -> iterable of Ratio`. Seconds are of no use on a shared machine: each ratio comes from
runs of both sides, taken in turns within this one session.
"""

import importlib
import os
import sys
import tempfile
from pathlib import Path


def main(words):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "migracidades.settings.test")
    with tempfile.TemporaryDirectory(prefix="migracidades-bench-") as folder:
        os.environ["TEST_VAR_DIR"] = folder
        return measure(words)


def measure(words):
    import django

    django.setup()
    over = False
    for name in names(words):
        module = importlib.import_module(f"bench.{name}")
        for ratio in module.run():
            print(ratio, flush=True)
            over = over or ratio.is_over
    return 1 if over else 0


def names(words):
    found = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    return [name for name in found if not words or any(word in name for word in words)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
