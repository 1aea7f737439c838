"""Second floor: learns from labelled chips and judges new ones; the only room that imports torch."""
