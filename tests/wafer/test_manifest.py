from __future__ import annotations

from pathlib import Path

import pytest

from inspector.wafer.errors import DatasetError
from inspector.wafer.manifest import Example, images_below, read_dataset, write_manifest


def _images(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"")


def test_that_a_manifest_comes_back_exactly(tmp_path: Path) -> None:
    _images(tmp_path, "pit/a.png", "pit/b.png", 'clean/ü, "x".png')
    examples = [
        Example(tmp_path / "clean" / 'ü, "x".png', "clean", lot="=1+1", wafer="W\u3042", column=0, row=0, boxes=()),
        Example(
            tmp_path / "pit" / "a.png",
            "pit",
            "dark-pit",
            "L",
            "W",
            12,
            3,
            ((1.0, 2.0, 3.5, 4.25),),
            (1 / 3, 7.0),
            "test",
            True,
        ),
        Example(tmp_path / "pit" / "b.png", "pit"),
    ]

    write_manifest(tmp_path, examples)

    assert read_dataset(tmp_path) == examples


def test_that_class_folders_alone_label_their_images(tmp_path: Path) -> None:
    _images(tmp_path, "pit/deep/a.PNG", "clean/b.jpg", "clean/notes.txt", ".hidden/c.png")

    assert [(e.path.name, e.class_name, e.split, e.boxes) for e in read_dataset(tmp_path)] == [
        ("b.jpg", "clean", "", None),
        ("a.PNG", "pit", "", None),
    ]


def test_that_train_and_test_folders_are_splits_and_not_classes(tmp_path: Path) -> None:
    _images(tmp_path, "train/pit/a.png", "test/pit/b.png", "test/clean/c.png")
    (tmp_path / "test" / "manifest.csv").write_text('path,class,boxes\npit/b.png,pit,"[[1, 2, 3, 4]]"\n')

    found = {e.path.name: (e.class_name, e.split, e.boxes) for e in read_dataset(tmp_path)}

    assert found == {
        "a.png": ("pit", "train", None),
        "b.png": ("pit", "test", ((1.0, 2.0, 3.0, 4.0),)),
        "c.png": ("clean", "test", None),
    }


def test_that_the_manifest_outweighs_the_folder_and_leaves_other_images_to_it(tmp_path: Path) -> None:
    _images(tmp_path, "pit/a.png", "pit/b.png")
    (tmp_path / "manifest.csv").write_text("\ufeffpath,class\npit/a.png,scratch\n", encoding="utf-8")

    assert [e.class_name for e in read_dataset(tmp_path)] == ["scratch", "pit"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("pit/none.png,pit,,", r"line 3: .*none\.png does not exist: mend the path"),
        ("pit/a.png,,,", "line 3: path and class are needed"),
        ("pit/a.png,pit,x,", "line 3: .*could not convert.*mend that line"),
        ('pit/a.png,pit,1,"[[1,2,3]]"', r"line 3: a box is \[x, y, width, height\]"),
        ('pit/a.png,pit,1,"[[1,2"', "line 3: .*mend that line"),
    ],
)
def test_that_a_wrong_line_is_named(tmp_path: Path, line: str, said: str) -> None:
    _images(tmp_path, "pit/a.png")
    (tmp_path / "manifest.csv").write_text(f"path,class,column,boxes\npit/a.png,pit,1,\n{line}\n")

    with pytest.raises(DatasetError, match=said):
        read_dataset(tmp_path)


def test_that_a_folder_without_images_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="holds no images: it needs one folder of images per class"):
        read_dataset(tmp_path)
    with pytest.raises(DatasetError, match="is not a folder"):
        read_dataset(tmp_path / "none")


def test_that_a_manifest_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_bytes(b"path,class\n\xff,pit\n")

    with pytest.raises(DatasetError, match="save it as a UTF-8 CSV file"):
        read_dataset(tmp_path)


def test_that_writing_leaves_no_partial_file_behind(tmp_path: Path) -> None:
    _images(tmp_path, "pit/a.png")

    write_manifest(tmp_path, [Example(tmp_path / "pit" / "a.png", "pit")])

    assert sorted(p.name for p in tmp_path.iterdir()) == ["manifest.csv", "pit"]


def test_that_a_records_own_copies_are_left_out_and_other_folders_of_such_a_name_are_not(tmp_path: Path) -> None:
    for folder in ("r.images", "batch.images", ".hidden"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.png").write_bytes(b"")
    (tmp_path / "r.db").write_bytes(b"")
    (tmp_path / "._a.png").write_bytes(b"")

    assert images_below(tmp_path) == [tmp_path / "batch.images" / "a.png"]
