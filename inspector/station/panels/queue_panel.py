"""The queues with their counts, the search line above them, and the order in which they are worked through."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from inspector.station.look.theme import icon
from inspector.station.panels.filter_bar import FilterBar
from inspector.station.panels.rows import Row, RowList
from inspector.station.state.queue_order import QueueOrder
from inspector.station.state.queue_words import order_meaning, order_title, queue_meaning, queue_title
from inspector.station.state.queues import BETWEEN_PEOPLE, QueueCount, QueueName
from inspector.station.state.session import Session

_SIDE = 32
_LEAST = 160  # pixels: five queues


class _QueueList(RowList):
    """As high as its rows where there is room; on a low screen the last ones are scrolled to."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.height_of_rows())

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), min(self.height_of_rows(), _LEAST))


class QueuePanel(QWidget):
    """Chooses the queue; its numbers follow every decision and every batch."""

    page_asked = Signal(str)  # the queue's name: a page of its own shows it

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._pages: frozenset[QueueName] = frozenset()
        self._list = _QueueList("queues", self)
        self._list.setAccessibleName(self.tr("Queues"))
        self._list.chosen.connect(self._choose)
        self.filter_bar = FilterBar(session, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._heading())
        layout.addWidget(self.filter_bar)
        layout.addWidget(self._list)
        session.queue_changed.connect(self._show_counts)
        session.wafer_opened.connect(self._show_counts)
        session.operator_changed.connect(self._show_counts)
        self._show_counts()

    def use_pages(self, names: frozenset[QueueName]) -> None:
        """These queues have pages of their own, such as a blind one: they are asked for and not opened here."""
        self._pages = names

    def _heading(self) -> QHBoxLayout:
        heading = QLabel(self.tr("Queues"), self)
        heading.setObjectName("queues_heading")
        heading.setContentsMargins(10, 0, 0, 0)
        self._order = QToolButton(self)
        self._order.setObjectName("queue_order")
        self._order.setAutoRaise(True)
        self._order.setMinimumSize(QSize(_SIDE, _SIDE))
        self._order.setIcon(icon("sort"))
        self._order.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._menu = self._order_menu()
        self._order.clicked.connect(self._show_menu)
        row = QHBoxLayout()
        row.setContentsMargins(0, 4, 4, 0)
        row.addWidget(heading, 1)
        row.addWidget(self._order)
        return row

    def _order_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName("queue_order_menu")
        menu.setToolTipsVisible(True)
        group = QActionGroup(menu)
        self._orders = {}
        for order in QueueOrder:
            action = menu.addAction(order_title(order))
            action.setToolTip(order_meaning(order))
            action.setCheckable(True)
            action.triggered.connect(partial(self._session.filters.sort_by, order))
            group.addAction(action)
            self._orders[order] = action
        menu.addSeparator()
        self._goes_on = menu.addAction(self.tr("Go on to the lot's next wafer"))
        self._goes_on.setToolTip(self.tr("At the end of a queue, open the next wafer on which it still has chips."))
        self._goes_on.setCheckable(True)
        self._goes_on.triggered.connect(self._keep_going_on)
        return menu

    def _show_menu(self) -> None:
        self._menu.popup(self._order.mapToGlobal(self._order.rect().bottomLeft()))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._order.setIcon(icon("sort"))
        super().changeEvent(event)

    def _keep_going_on(self, goes_on: bool) -> None:
        self._session.settings.goes_on = goes_on

    def _choose(self, name: QueueName) -> None:
        if name in self._pages:
            self.page_asked.emit(str(name))
        else:
            self._session.choose_queue(name)

    def _show_counts(self) -> None:
        session = self._session
        shown = {name: count for name, count in session.counts().items() if self._is_shown(name, count)}
        rows = [self._row(name, count) for name, count in shown.items()]
        self._list.show_rows(rows, session.queue_name if session.key else None)
        self._list.updateGeometry()
        order = session.filters.order
        self._orders[order].setChecked(True)
        self._goes_on.setChecked(session.settings.goes_on)
        words = self.tr("Order: {order}").format(order=order_title(order))
        self._order.setToolTip(words)
        self._order.setAccessibleName(words)

    def _is_shown(self, name: QueueName, count: QueueCount) -> bool:
        """What happens between people is shown where it happens; the audit where the recipe wants one."""
        if name in BETWEEN_PEOPLE:
            return count.offered > 0 or name is self._session.queue_name
        audit = self._session.recipe.review.audit if self._session.recipe else 1.0
        return name is not QueueName.AUDIT or audit > 0

    def _row(self, name: QueueName, count: QueueCount) -> Row:
        number, tip = f"{count.offered:,}", queue_meaning(name)
        if self._session.filters.query.of_chips.terms and count.offered:
            text = self.tr("{found} of {offered} fit the search line.")
            tip = f"{tip} " + text.format(found=f"{count.found:,}", offered=number)
            number = f"{count.found:,} / {number}"
        return Row(queue_title(name), number, name, tip)
