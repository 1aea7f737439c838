from __future__ import annotations

from io import FileIO
from pathlib import Path

import numpy as np
from imaging_fakes import textured

from inspector.imaging import cv2
from inspector.imaging.tiled_tiff import Layout, PyramidWriter
from inspector.imaging.wafer_image import WaferImage


def test_that_a_coarse_tile_that_was_read_before_its_last_row_came_is_read_again(tmp_path: Path) -> None:
    pixels = textured(1700, 700)[:, :, :1]
    with FileIO(tmp_path / "part", "w") as file:
        writer = PyramidWriter(file, Layout(700, 1700, 1, 8, "w"))
        writer.add(pixels[:1023])
        with WaferImage.open(tmp_path / "part", lambda: writer.rows) as image:
            image.read(1, 0, 0, 350, 512)  # its last row waits for row 1023 of the image
            writer.add(pixels[1023:])
            seen = image.read(1, 0, 511, 350, 1)

    assert np.array_equal(seen, cv2.resize(pixels[1022:1024], (350, 1), interpolation=cv2.INTER_AREA)[:, :, None])
