"""The gallery page: thumbnails of the queue, answers for many of them at once, and what was really looked at."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from inspector.station.chip.heat_scale import HeatScale
from inspector.station.gallery.answer_side import AnswerSide, Standing
from inspector.station.gallery.batch_desk import BatchDesk
from inspector.station.gallery.batch_plan import BatchPlan, Wish
from inspector.station.gallery.batch_table import BatchTable
from inspector.station.gallery.batch_words import left_out_in_words
from inspector.station.gallery.contents import Contents
from inspector.station.gallery.gallery_bar import GalleryBar
from inspector.station.gallery.gallery_looks import GalleryLooks
from inspector.station.gallery.gallery_view import GalleryView
from inspector.station.gallery.status import GalleryStatus
from inspector.station.keys.heat_key import HeatKey
from inspector.station.pages.page import Answers, Page
from inspector.station.state.session import Session
from inspector.wafer.decision import DecisionKind
from inspector.wafer.grid import ChipId
from inspector.wafer.roles import Act

_SIDE = 304  # logical pixels of the answers' width
_OPACITY_STEP = 0.1


class GalleryPage(Page):
    """Enter confirms what is chosen, or opens the chip with the keyboard where nothing is."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._desk = BatchDesk(session)
        self._plan: BatchPlan | None = None
        self._asked: Sequence[ChipId] = ()  # what the plan in the table is about
        self.bar = GalleryBar(self)
        self.view = GalleryView(session, self)
        self._contents = Contents(session, self.view, self.bar, self)
        self._scale = HeatScale(self)
        self.answer_side = AnswerSide(session, self)
        self.table = BatchTable(session, self)
        self._right = QStackedWidget(self)
        self._right.setFixedWidth(_SIDE)
        for panel in (self.answer_side, self.table):
            self._right.addWidget(panel)
        self._heat_key = HeatKey(self, self)
        self._opacity = session.settings.heat_opacity
        self._any_defect = session.settings.heat_any_defect
        self.setFocusProxy(self.view)
        self._lay_out()
        self._connect()
        self._take_looks()

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        for widget, stretch in ((self.view, 1), (self._scale, 0), (self._right, 0)):
            middle.addWidget(widget, stretch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addLayout(middle, 1)
        layout.addWidget(GalleryStatus(self._session, self))

    def _connect(self) -> None:
        session = self._session
        self.bar.changed.connect(self._use_looks)
        self.view.opened.connect(self.open_chip)
        self.view.thumbnails.failed.connect(session.failed)
        self.view.selection_changed.connect(self._show_standing)
        self.view.sight.changed.connect(self._show_standing)
        self.answer_side.wish_asked.connect(self.decide)
        self.answer_side.rest_asked.connect(self.confirm_rest)
        self.table.confirmed.connect(self.confirm_table)
        self.table.left.connect(self.leave_table)
        session.wafer_opened.connect(self._show_wafer)
        session.current_changed.connect(self._follow)
        session.operator_changed.connect(self._take_person)
        session.people.changed.connect(self._show_standing)

    @property
    def answers(self) -> Answers:
        return {
            "confirm": self.enter,
            "unsure": partial(self.decide, Wish(DecisionKind.UNSURE)),
            "exclude": partial(self.decide, Wish(DecisionKind.EXCLUDE)),
            "confirm_rest": self.confirm_rest,
            "choose_in_sight": self.view.choose_in_sight,
            "heat": self._heat_key.toggle,
            "evidence": self._toggle_evidence,
            "heat_more": partial(self._change_opacity, _OPACITY_STEP),
            "heat_less": partial(self._change_opacity, -_OPACITY_STEP),
        }

    @property
    def heat_visible(self) -> bool:
        return self.bar.looks.heat

    def set_heat_visible(self, visible: bool) -> None:
        """Lay the heat over the thumbnails or take it away."""
        looks = self.bar.looks
        self._use_looks(GalleryLooks(looks.everything, looks.grouping, looks.side, visible))

    @property
    def plan(self) -> BatchPlan | None:
        """What is shown in the table and not decided yet."""
        return self._plan

    def come(self) -> None:
        """Read what has changed; the chip that was looked at has the keyboard."""
        self._contents.refresh()
        self._show_heat()
        if self._session.current is not None:
            self.view.move_to(self._session.current)

    def press_class(self, name: str) -> None:
        """A class key labels what is chosen, else the chip with the keyboard."""
        self.decide(Wish(DecisionKind.RELABEL, name))

    def enter(self) -> None:
        """Confirm the table, or what is chosen; with nothing chosen, open the chip with the keyboard."""
        if self._plan is not None:
            self.confirm_table()
        elif self.view.selection.chips:
            self.decide(Wish(DecisionKind.CONFIRM))
        elif self.view.selection.focus is not None:
            self.open_chip(self.view.selection.focus)

    def open_chip(self, chip: ChipId) -> None:
        """Look at one chip on the work page."""
        self._session.go_to(chip)
        self.done.emit()

    def decide(self, wish: Wish) -> None:
        """Answer for what is chosen, else for the chip with the keyboard; a large batch is shown as a table first."""
        selection = self.view.selection
        chips = selection.in_order() or ([selection.focus] if selection.focus is not None else [])
        if self._plan is not None:
            self._session.said.emit(self.tr("Confirm the table with Enter, or leave it with Esc first."))
        elif not chips:
            self._session.said.emit(self.tr("Choose chips first."))
        else:
            self._ask(chips, wish)

    def confirm_rest(self) -> None:
        """Confirm what was seen, is undecided and not chosen."""
        if self._plan is not None:
            self._session.said.emit(self.tr("Confirm the table with Enter, or leave it with Esc first."))
            return
        rest = self._rest()
        if rest:
            self._ask(rest, Wish(DecisionKind.CONFIRM))
        else:
            self._session.said.emit(self.tr("No undecided chip has been seen here that is not chosen."))

    def confirm_table(self) -> None:
        """Decide what the table shows, as far as it still holds."""
        plan = self._plan
        if plan is None:
            return
        if not self._desk.is_up_to_date(plan, self._asked, self.view.sight.seen):
            self._show_table(self._desk.plan(self._asked, plan.wish, self.view.sight.seen))
            self._session.said.emit(self.tr("The answers have changed meanwhile: read the table again."))
        elif self._write(plan):
            self.leave_table()

    def leave_table(self) -> None:
        """Back to the answers, without a decision."""
        self._show_table(None)
        self.view.setFocus()

    def shutdown(self) -> None:
        self._contents.shutdown()
        self.view.shutdown()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._heat_key.handles(event):
            return
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._plan is not None:
            self.leave_table()
        elif self.view.selection.chips:
            self.view.choose_only(())
        else:
            self.done.emit()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self._heat_key.handles(event):
            super().keyReleaseEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._contents.stop()
        self.view.rest()
        super().hideEvent(event)

    def _ask(self, chips: Sequence[ChipId], wish: Wish) -> None:
        plan = self._desk.plan(chips, wish, self.view.sight.seen)
        if plan is None:
            return
        refusal = self._refusal() if len(plan.decisions) > 1 else ""
        if refusal or not plan.decisions:
            self._session.said.emit(refusal or left_out_in_words(plan))
        elif plan.wants_table:
            self._asked = tuple(chips)
            self._show_table(plan)
        else:
            self._write(plan)

    def _write(self, plan: BatchPlan) -> bool:
        if not self._desk.write(plan):
            return False
        self.view.selection.chips -= {new.chip for new in plan.decisions}
        self.view.selection_moved()
        left_out = left_out_in_words(plan)
        if left_out:
            count = self.tr("{count} decided.").format(count=f"{len(plan.decisions):,}")
            self._session.said.emit(f"{count} {left_out}")
        return True

    def _show_table(self, plan: BatchPlan | None) -> None:
        self._plan = plan if plan is not None and plan.decisions else None
        if self._plan is not None:
            self.table.show_plan(self._plan)
            self._right.setCurrentWidget(self.table)
        else:
            self._right.setCurrentWidget(self.answer_side)

    def _rest(self) -> list[ChipId]:
        rest = (self._contents.open_chips & self.view.sight.seen) - self.view.selection.chips
        return [chip for chip in self.view.chips.order if chip in rest]

    def _refusal(self) -> str:
        """Why this person may not answer for several chips at once; empty where that is allowed."""
        return self._session.people.why_not(Act.BATCH)

    def _show_standing(self) -> None:
        selection, seen = self.view.selection, self.view.sight.seen
        still_open = self._contents.open_chips
        looked_at = still_open & seen
        focus = f"{selection.focus.column} / {selection.focus.row}" if selection.focus is not None else ""
        unseen, rest = len(still_open) - len(looked_at), len(looked_at - selection.chips)
        now = Standing(len(selection.chips), focus, len(looked_at), unseen, rest, self._refusal())
        self.answer_side.show_standing(now)

    def _show_wafer(self) -> None:
        self._show_table(None)
        self.answer_side.show_classes()
        self._show_heat()

    def _follow(self, chip: ChipId | None) -> None:
        """Undo has gone to a chip: so does the gallery."""
        if chip is not None and self.isVisible():
            self.view.move_to(chip)

    def _take_person(self) -> None:
        """Another person has seen nothing yet, and likes it otherwise."""
        self._show_table(None)
        self.view.forget_all()
        self._take_looks()

    def _take_looks(self) -> None:
        settings = self._session.settings
        self._use_looks(GalleryLooks.from_text(settings.gallery_looks(self._session.operator)))

    def _use_looks(self, looks: GalleryLooks) -> None:
        self.bar.show_looks(looks)
        self._session.settings.keep_gallery_looks(self._session.operator, looks.to_text())
        self.view.set_side(looks.side)
        self._show_heat()
        self._contents.use(looks)

    def _toggle_evidence(self) -> None:
        """The other evidence, and heat with it: who asks for evidence wants to see it."""
        self._any_defect = not self._any_defect
        self.set_heat_visible(True)

    def _change_opacity(self, by: float) -> None:
        self._opacity = min(max(self._opacity + by, 0.1), 1.0)
        self._show_heat()

    def _show_heat(self) -> None:
        visible = self.heat_visible
        self.view.set_heat(visible, self._any_defect, self._opacity)
        judged = next((j for j in map(self._session.judgement, self.view.chips.order) if j is not None), None)
        self._scale.set_limits(judged.model.heat_scale if judged is not None else None)
        self._scale.setVisible(visible)
