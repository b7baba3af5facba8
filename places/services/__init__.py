"""What can happen to places and to the institutions in them."""
