"""The first minutes: a few words beside the parts of the window that an operator needs."""
