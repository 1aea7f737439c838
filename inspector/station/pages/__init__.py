"""Views that take the place of the work page while they are in sight."""
