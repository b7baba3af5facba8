"""What the page of a case, that of a survivor and lists share."""
