"""Records that may be of one person: compared each night, judged, made one, and taken back."""
