"""Any name that a file system takes opens, and its refusal fits any terminal."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from image_bytes import encoded, textured, tiff_bytes
from imaging_fakes import plain_recipe

from inspector.imaging.source import fingerprint, open_source, read_image
from inspector.imaging.working_copy import make_working_copy
from inspector.wafer.errors import ImageError

NAMES = {
    "german": "Prüfbild Größe.png",
    "japanese": "ウェハ 検査.png",
    "turned writing": "wafer\u202e.png",
    "line break": "line\nbreak.png",
    "quotes": "'\"`$(x);*?.png",
    "dash": "--help",
    "255 bytes": "n" * 251 + ".png",
    "255 bytes of japanese": "検" * 84 + "..x",
    "spaces": "  .png  ",
}


def refusal_of(path: Path) -> str:
    with pytest.raises(ImageError) as caught:
        read_image(path, 1)
    sentence = str(caught.value)
    sentence.encode("utf-8")
    assert sentence.isprintable()
    return sentence


@pytest.mark.parametrize("kind", ["png", "tiff"])
@pytest.mark.parametrize("name", NAMES)
def test_that_any_name_opens_and_its_refusal_is_printable(tmp_path: Path, name: str, kind: str) -> None:
    pixels = textured(9, 11)
    data = encoded(".png", pixels) if kind == "png" else tiff_bytes(tmp_path, pixels[:, :, 0])
    path = tmp_path / NAMES[name]
    path.write_bytes(data)

    with open_source(path, plain_recipe()) as source:
        assert source.read(0, 0, 11, 9).shape == (9, 11, 1)
        assert source.fingerprint().size == len(data)

    path.write_bytes(b"damaged")
    refusal_of(path)


def test_that_a_path_of_thousands_of_bytes_opens(tmp_path: Path) -> None:
    folder = tmp_path
    while len(os.fsencode(folder)) < 1500:
        folder = folder / ("深い場所" * 20)
        folder.mkdir()
    path = folder / "wafer.png"
    path.write_bytes(encoded(".png", textured(9, 11)))

    assert read_image(path, 1).shape == (9, 11, 1)
    assert fingerprint(path).size > 0


def test_that_a_path_that_is_not_utf8_opens_and_its_refusal_is_printable(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"wafer-\xff\xfe.png")
    try:
        path.write_bytes(encoded(".png", textured(9, 11)))
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")

    assert read_image(path, 1).shape == (9, 11, 1)
    copied = list(make_working_copy(path, tmp_path / "copy.tif", plain_recipe()))
    assert copied[-1].found is not None
    path.write_bytes(b"damaged")
    assert r"wafer-\xff\xfe.png" in refusal_of(path)


def test_that_a_name_that_no_file_can_have_is_refused(tmp_path: Path) -> None:
    assert "can't be" in refusal_of(tmp_path / "nul\0byte.png")
    assert "can't be" in refusal_of(tmp_path / ("long" * 100 + ".png"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_that_a_pipe_does_not_hold_the_program_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")

    assert "no regular file" in refusal_of(tmp_path / "pipe.png")
