"""Synthetic wafers and parts with known truth."""
