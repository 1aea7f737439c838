"""Numbers while you work: how far, how good, how fast, and whether people and machine agree."""
