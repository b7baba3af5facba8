"""The guide beside each page: which part a page is about, and its text."""
