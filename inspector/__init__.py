"""Wafer Inspector: judges the chips on a semiconductor-laser wafer and keeps the human in charge."""

__version__ = "0.1.0"
