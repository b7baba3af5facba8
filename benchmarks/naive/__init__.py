"""How it is usually done: nested serializers, saved row by row, history by signals."""
