"""The network, its training and its judging; the only floor that imports torch."""
