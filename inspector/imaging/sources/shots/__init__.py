"""A folder of partial shots as one wafer: listed, registered neighbour by neighbour, placed, blended."""

from inspector.imaging.sources.shots.source import ShotSource

__all__ = ["ShotSource"]
