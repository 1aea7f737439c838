"""Finds the recipe's grid in an image, and says how sure that is."""
