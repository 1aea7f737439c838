"""Correcting by hand where a wafer's grid lies: three chip corners are dragged onto the picture."""
