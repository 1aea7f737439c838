"""The review station: the only floor that imports Qt."""
