"""A real installation: everything that differs comes from the environment, and nothing is guessed."""

from .env import require

require()

from .base import *  # noqa: E402, F403
