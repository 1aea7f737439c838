"""The lot report: what was judged and decided, as one page for whoever receives the lot."""
