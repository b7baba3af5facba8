"""Pages about people, programs, offices and what is one's own."""
