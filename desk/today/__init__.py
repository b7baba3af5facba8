"""Today: what a person needs first, what does not work, and the mail of each morning."""
