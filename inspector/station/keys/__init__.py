"""Which key does what, and when a key may decide."""
