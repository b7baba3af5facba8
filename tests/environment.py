"""Loaded by pytest before settings are: says that this process tests."""

import os

os.environ["CASEWORK_ENV"] = "test"
