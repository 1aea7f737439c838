"""The one chip that is judged now, its heat, and its neighbours in the queue."""
