"""What is chosen and what counts as seen, without a window."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject

from inspector.station.gallery.gallery_looks import LARGEST, SMALLEST, GalleryLooks
from inspector.station.gallery.sections import Grouping
from inspector.station.gallery.seen import DWELL_S, SeenChips
from inspector.station.gallery.selection import Selection
from inspector.station.gallery.sight import Sight
from inspector.station.gallery.thumbnails import ThumbLook
from inspector.wafer.grid import ChipId

CHIPS = [ChipId(n, 0) for n in range(6)]


class Clock:
    """Stands until a test moves it."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def places(chips: list[ChipId]) -> dict[ChipId, int]:
    return {chip: place for place, chip in enumerate(chips)}


def selection() -> Selection:
    made = Selection()
    made.set_order(CHIPS, places(CHIPS))
    return made


def test_that_a_second_click_takes_a_chip_out_again() -> None:
    chosen = selection()

    chosen.toggle(CHIPS[2])
    chosen.toggle(CHIPS[4])
    chosen.toggle(CHIPS[2])

    assert chosen.in_order() == [CHIPS[4]]
    assert chosen.focus == CHIPS[2]


def test_that_shift_chooses_everything_from_the_last_click_on() -> None:
    chosen = selection()

    chosen.toggle(CHIPS[4])
    chosen.extend_to(CHIPS[2])

    assert chosen.in_order() == CHIPS[2:5]
    assert chosen.anchor == CHIPS[4]


def test_that_what_leaves_the_gallery_is_no_longer_chosen() -> None:
    chosen = selection()
    chosen.add(CHIPS)
    chosen.move_to(CHIPS[5])

    chosen.set_order(CHIPS[:2], places(CHIPS[:2]))

    assert chosen.in_order() == CHIPS[:2]
    assert chosen.focus is None


def test_that_a_chip_counts_as_seen_after_a_moment_on_the_screen() -> None:
    clock = Clock()
    seen = SeenChips(clock)

    seen.show(CHIPS[:2])
    clock.now += DWELL_S * 0.9
    too_soon = seen.show(CHIPS[:2])
    clock.now += DWELL_S * 0.2
    new = seen.show(CHIPS[:2])

    assert not too_soon
    assert new == set(CHIPS[:2]) == set(seen.chips)


def test_that_a_chip_that_flies_past_is_not_seen() -> None:
    clock = Clock()
    seen = SeenChips(clock)

    for chip in (CHIPS[0], CHIPS[1], CHIPS[0], CHIPS[1]):  # never for long without a break
        seen.show([chip])
        clock.now += DWELL_S * 0.8
        seen.show([chip])
        seen.show([])

    assert not seen.chips
    assert not seen.waits


def test_that_a_chip_judged_anew_has_to_be_seen_anew() -> None:
    clock = Clock()
    seen = SeenChips(clock)
    seen.show(CHIPS)
    clock.now += DWELL_S
    seen.show(CHIPS)

    seen.forget([CHIPS[0]])

    assert CHIPS[0] not in seen
    assert CHIPS[1] in seen
    seen.forget()
    assert not seen.chips


class Sharp:
    """Thumbnails of which some are sharp."""

    def __init__(self, *chips: ChipId) -> None:
        self.chips = set(chips)

    def is_complete(self, chip: ChipId) -> bool:
        return chip in self.chips

    def set_look(self, look: ThumbLook) -> None:
        self.look = look


def sight(thumbnails: Sharp, here: list[ChipId], clock: Clock) -> tuple[Sight, QObject]:
    owner = QObject()
    return Sight(owner, thumbnails, lambda: here, clock), owner  # type: ignore[arg-type]


def test_that_only_what_is_sharp_is_seen() -> None:
    clock, here = Clock(), list(CHIPS[:3])
    watch, owner = sight(Sharp(*CHIPS[:2]), here, clock)

    watch.painted(CHIPS[:3])
    watch.look()
    clock.now += DWELL_S
    watch.look()

    assert set(watch.seen) == set(CHIPS[:2])
    assert owner is not None


def test_that_what_was_moved_has_to_stand_anew() -> None:
    clock, here = Clock(), CHIPS[:2]
    watch, owner = sight(Sharp(*CHIPS), here, clock)
    watch.painted(here)
    watch.look()

    clock.now += DWELL_S * 0.8
    watch.stayed({CHIPS[0]})
    watch.painted([CHIPS[1]])
    watch.look()
    clock.now += DWELL_S * 0.4
    watch.look()

    assert set(watch.seen) == {CHIPS[0]}
    assert owner is not None


def test_that_what_leaves_the_screen_before_it_counts_is_not_seen() -> None:
    clock, here = Clock(), CHIPS[:2]
    watch, owner = sight(Sharp(*CHIPS), here, clock)
    watch.painted(here)
    watch.look()

    here.clear()
    clock.now += DWELL_S * 2
    watch.look()

    assert not watch.seen
    assert owner is not None


def test_that_another_look_has_to_be_seen_anew() -> None:
    clock, here = Clock(), CHIPS[:1]
    thumbnails = Sharp(*CHIPS)
    watch, owner = sight(thumbnails, here, clock)
    watch.painted(here)
    watch.look()

    watch.look_changed(ThumbLook(64, heat=True))
    clock.now += DWELL_S * 2
    watch.look()

    assert not watch.seen
    assert thumbnails.look == ThumbLook(64, heat=True)
    assert owner is not None


@given(
    st.builds(
        GalleryLooks,
        st.booleans(),
        st.sampled_from(Grouping),
        st.integers(SMALLEST // 8, LARGEST // 8).map(lambda n: n * 8),
        st.booleans(),
    )
)
def test_that_looks_come_back_as_they_were_kept(looks: GalleryLooks) -> None:
    assert GalleryLooks.from_text(looks.to_text()) == looks


@given(st.text())
def test_that_looks_that_cannot_be_read_are_the_usual_ones(text: str) -> None:
    assert isinstance(GalleryLooks.from_text(text), GalleryLooks)
