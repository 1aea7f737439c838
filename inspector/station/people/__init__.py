"""People at the station: signing in, the lock, roles, second review, disputes and the hand-over of a shift."""
