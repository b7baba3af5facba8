"""As in English: Django would write numbers otherwise than they are typed."""

from casework.conf.formats.en.formats import *  # noqa: F403 - all of it
