"""Numbers as in English, in which they are typed: nobody reads 1.500 as one and a half."""

from casework.conf.formats.en.formats import *  # noqa: F403 - days as well

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
