"""Watches a folder that a microscope's computer writes wafers into, and says which of them are to be judged."""
