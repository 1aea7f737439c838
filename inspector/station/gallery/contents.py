"""Which chips the gallery holds, in which sections; follows the queue, the machine and the wafer."""

from __future__ import annotations

from collections.abc import Iterable, Set

from PySide6.QtCore import QObject

from inspector.station.gallery.gallery_bar import GalleryBar
from inspector.station.gallery.gallery_looks import GalleryLooks
from inspector.station.gallery.gallery_view import GalleryView
from inspector.station.gallery.likeness_search import LikenessSearch
from inspector.station.gallery.sections import Grouping, Likeness, Section, by_class, by_likeness, one_section
from inspector.station.state.queue_words import queue_empty, queue_title
from inspector.station.state.session import Session
from inspector.wafer.decision import AnswerState
from inspector.wafer.grid import ChipId


class Contents(QObject):
    """While the gallery is not in sight nothing is sorted; `refresh` makes up for it."""

    def __init__(self, session: Session, view: GalleryView, bar: GalleryBar, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._view, self._bar = session, view, bar
        self._looks = GalleryLooks()
        self._open: set[ChipId] | None = None  # None: to be found out when it is asked for
        self._judged = 0  # counts the batches that came in
        self._shown_of: object = None  # what the sections were made of
        self._likeness = Likeness({}, {})
        self._search = LikenessSearch(session, self)
        self._search.found.connect(self._take_likeness)
        self._search.progressed.connect(self._show_progress)
        self._search.failed.connect(session.failed)
        session.wafer_opened.connect(self._take_wafer)
        session.queue_changed.connect(self._follow)
        session.judgements_added.connect(self._take_judgements)
        session.decided.connect(self._take_decisions)

    @property
    def open_chips(self) -> Set[ChipId]:
        """The chips of the gallery that the machine has judged and no person has decided."""
        if self._open is None:
            table, shown = self._session.table, self._view.chips.places
            self._open = set(table.unanswered()) if table is not None else set()
            if table is not None and len(shown) < len(table):
                self._open &= shown.keys()
        return self._open

    def use(self, looks: GalleryLooks) -> None:
        """Show other chips, or group them otherwise."""
        before, self._looks = self._looks, looks
        if (before.everything, before.grouping) != (looks.everything, looks.grouping):
            self._follow(from_top=True)
            self._compare()

    def refresh(self) -> None:
        """The gallery came into sight."""
        self._view.thumbnails.follow_session()
        self._show()
        self._compare()

    def stop(self) -> None:
        """The gallery is left; what has been compared is kept."""
        self._search.stop()
        self._bar.show_progress("")

    def shutdown(self) -> None:
        self._search.shutdown()

    def _is_open(self, chip: ChipId) -> bool:
        return bool(self._session.judgement(chip)) and self._session.standing(chip).state is AnswerState.MACHINE

    def _look_again(self, chips: Iterable[ChipId]) -> None:
        """What is known of these has changed; the others are not asked."""
        if self._open is not None:
            for chip in chips:
                if self._view.selection.place(chip) is not None and self._is_open(chip):
                    self._open.add(chip)
                else:
                    self._open.discard(chip)

    def _chips(self) -> list[ChipId]:
        return self._session.chips() if self._looks.everything else self._session.queue()

    def _sections(self, chips: list[ChipId]) -> list[Section]:
        if self._looks.grouping is Grouping.CLASS:
            return by_class(self._session, chips)
        if self._looks.grouping is Grouping.ALIKE and self._likeness.groups:
            return by_likeness(self._session, chips, self._likeness)
        everything = self.tr("Every chip of the wafer")
        return one_section(chips, everything if self._looks.everything else queue_title(self._session.queue_name))

    def _show(self, from_top: bool = False) -> None:
        name = self._session.queue_name
        self._bar.show_queue(queue_title(name))
        chips = self._chips()
        why = queue_empty(name, bool(self._session.filters.query.terms))
        of = (chips, self._looks.everything, self._looks.grouping, self._judged, why)
        if of == self._shown_of:
            return
        self._shown_of = of
        sections = self._sections(chips)
        if sections != self._view.chips.sections or not sections:
            self._open = None
            empty = why + "\n" + self.tr("Choose another queue, or every chip of the wafer above.")
            self._view.show_sections(sections, empty, from_top=from_top)

    def _follow(self, from_top: bool = False) -> None:
        if self._view.isVisible():
            self._show(from_top)

    def _take_wafer(self) -> None:
        self._open = self._shown_of = None
        self._likeness = Likeness({}, {})
        self._search.stop()
        self._view.forget_all()
        if self._view.isVisible():
            self.refresh()

    def _take_decisions(self, chips: tuple[ChipId, ...]) -> None:
        self._look_again(chips)
        self._view.answers_changed(chips)

    def _take_judgements(self, chips: tuple[ChipId, ...]) -> None:
        self._judged += 1
        self._look_again(chips)
        self._view.judged_anew(chips)
        self._follow()

    def _compare(self) -> None:
        """Find out which chips are alike, where that is wanted and not known of all."""
        if self._looks.grouping is not Grouping.ALIKE or not self._view.isVisible():
            return
        chips = self._chips()
        judged = (chip for chip in chips if self._session.judgement(chip) is not None)
        if any(chip not in self._likeness.groups for chip in judged):
            self._search.search(chips)

    def _take_likeness(self, likeness: Likeness) -> None:
        self._likeness = likeness
        self._shown_of = None
        self._bar.show_progress("")
        self._follow(from_top=True)

    def _show_progress(self, share: float) -> None:
        self._bar.show_progress(self.tr("Comparing chips: {percent} %").format(percent=int(share * 100)))
