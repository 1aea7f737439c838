"""Where a wafer's pixels come from: image files, folders of shots or chips, OME-Zarr."""
