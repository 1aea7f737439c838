"""Where the gallery's thumbnails lie: every one once, none over another, and every question answered alike."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect

from inspector.station.gallery.layout import HEADING, GalleryLayout

COUNTS = st.lists(st.integers(0, 40), min_size=1, max_size=6)
WIDTHS = st.integers(80, 900)
SIDES = st.integers(64, 200)


@given(COUNTS, WIDTHS, SIDES)
def test_that_no_thumbnail_lies_over_another_or_a_heading(counts: list[int], width: int, side: int) -> None:
    layout = GalleryLayout(counts, width, side)

    rects = [layout.rect(n) for n in range(layout.places)]
    headings = [box for _, box in layout.headings(0, layout.height)]

    assert len(headings) == len(counts)
    assert all(box.left() >= 0 and box.bottom() <= layout.height for box in [*rects, *headings])
    assert not any(first.intersects(second) for first, second in combinations(rects[:60] + headings, 2))


@given(COUNTS, WIDTHS, SIDES, st.integers(0, 3000), st.integers(1, 900))
def test_that_a_strip_holds_what_touches_it(counts: list[int], width: int, side: int, top: int, height: int) -> None:
    layout = GalleryLayout(counts, width, side)
    strip = QRect(0, top, 2000, height)

    assert list(layout.places_in(top, top + height)) == [
        n for n in range(layout.places) if layout.rect(n).intersects(strip)
    ]


@given(COUNTS, WIDTHS, SIDES, st.integers(0, 900), st.integers(0, 3000))
def test_that_a_point_finds_its_thumbnail(counts: list[int], width: int, side: int, x: int, y: int) -> None:
    layout = GalleryLayout(counts, width, side)

    found = layout.place_at(x, y)

    assert found == next((n for n in range(layout.places) if layout.rect(n).contains(QPoint(x, y))), None)


def test_that_up_and_down_stay_in_the_column_across_sections() -> None:
    layout = GalleryLayout([5, 0, 3], 16 + 3 * 76 + 16, 64)  # three columns

    assert layout.columns == 3
    assert layout.after(1, down=1) == 4
    assert layout.after(4, down=1) == 6  # the middle of the next section
    assert layout.after(2, down=1) == 4  # the row below is shorter
    assert layout.after(6, down=-1) == 4
    assert layout.after(7, down=1) == 7
    assert layout.after(0, down=-1) == 0


def test_that_right_and_left_go_through_all_and_stop_at_the_ends() -> None:
    layout = GalleryLayout([2, 2], 400, 64)

    assert [layout.after(n, across=1) for n in range(4)] == [1, 2, 3, 3]
    assert layout.after(0, across=-1) == 0
    assert layout.after(2, to=-1) == 0
    assert layout.after(0, to=1) == 3
    assert layout.after(None, across=1) == 0


def test_that_a_gallery_without_chips_has_no_height() -> None:
    layout = GalleryLayout([], 400, 64)

    assert layout.height == 0
    assert list(layout.places_in(0, 500)) == []
    assert layout.place_at(20, 20) is None


def test_that_a_heading_is_found_where_it_stands() -> None:
    layout = GalleryLayout([2, 2], 400, 64)

    assert [n for n, _ in layout.headings(0, HEADING)] == [0]
    assert [n for n, _ in layout.headings(HEADING, HEADING + 10)] == []
