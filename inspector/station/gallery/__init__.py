"""The gallery: many chips at a glance, and one answer for many of them."""
