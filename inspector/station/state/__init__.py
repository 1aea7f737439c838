"""What the station knows and can do, without any widget."""
