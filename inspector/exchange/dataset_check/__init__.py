"""What a data set holds and what is wrong with it: counts per class and sub-type, copies, leaks, contradictions."""
