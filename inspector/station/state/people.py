"""Who is at the station: signing in and out, the lock, and what the person's role allows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from inspector.station.state.background import Background
from inspector.station.state.sentences import told
from inspector.wafer.errors import InspectorError, RoleError
from inspector.wafer.person import Person
from inspector.wafer.roles import ALLOWED, Act, Role

if TYPE_CHECKING:
    from inspector.station.state.session import Session


class People(QObject):
    """Without people in the record everybody may do everything, under the name from the settings.

    changed: another person, or nobody, is at the station, or the people of the record changed. lock_changed(bool).
    refused(str): why a sign-in failed.
    """

    changed = Signal()
    lock_changed = Signal(bool)
    refused = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._is_away = False
        self._checking = Background(self, 1)  # argon2 takes a tenth of a second, and more when it must
        self._checking.done.connect(self._take)
        self._record = session.record.people
        self._known = self._here()

    @property
    def known(self) -> list[Person]:
        """Who may sign in, in the order in which they were added."""
        return list(self._known)

    @property
    def person(self) -> Person | None:
        return self._session.person

    @property
    def is_needed(self) -> bool:
        """True where the record has people: then nobody works unnamed."""
        return bool(self._known)

    @property
    def is_locked(self) -> bool:
        """True where nothing may be seen or done: nobody has signed in, or the person is away."""
        return self.is_needed and (self.person is None or self._is_away)

    @property
    def is_checking(self) -> bool:
        return self._checking.running > 0

    def sign_in(self, name: str, pin: str) -> None:
        """Check a PIN beside the window; `lock_changed` or `refused` says how it ended."""
        self._checking.run(name, partial(self._record.sign_in, name, pin))

    def lock(self) -> None:
        """The person is away: the same PIN, or another person's, opens the station again."""
        if self.person is not None and not self._is_away:
            self._is_away = True
            self._leave()
            self.lock_changed.emit(True)

    def sign_out(self) -> None:
        """Nobody is at the station."""
        if self.person is not None:
            self._is_away = False
            self._leave()
            self._use(None)
            self.lock_changed.emit(True)

    def _leave(self) -> None:
        """Whoever was here acts no more, and the station locks, also where the record can't be told."""
        try:
            self._record.sign_out()
        except InspectorError as error:
            self._session.failed.emit(str(error))

    def reload(self) -> None:
        """People were added, changed or retired; who is signed in keeps the role that holds now."""
        was_needed = self.is_needed
        self._known = self._here()
        mine = next((p for p in self._known if self.person is not None and p.name == self.person.name), None)
        if mine != self.person:
            self._use(mine)
        else:
            self.changed.emit()
        if self.is_locked or was_needed != self.is_needed:
            self.lock_changed.emit(self.is_locked)

    def hear(self) -> None:
        """Another program may have changed the people: as `reload`, and nothing where they are as they are known."""
        if self._here() != self._known:
            self.reload()

    def may(self, act: Act) -> bool:
        return not self.why_not(act)

    def why_not(self, act: Act) -> str:
        """Why an act is not for the person at the station, as a tooltip; empty where it is."""
        if not self.is_needed:
            return ""
        if self.person is None:
            return self.tr("Sign in first.")
        if self.person.may(act):
            return ""
        roles = " / ".join(role_title(role) for role in Role if act in ALLOWED[role])
        return self.tr("Not for your role ({mine}): this is done by {roles}.").format(
            mine=role_title(self.person.role), roles=roles
        )

    def shutdown(self) -> None:
        """No thread reads the record after this."""
        self._checking.stop()

    def _take(self, name: str, found: object) -> None:
        if isinstance(found, Person):
            self._is_away = False
            if found != self.person:
                self._use(found)
            self.lock_changed.emit(False)
        elif isinstance(found, RoleError):
            self.refused.emit(self.tr("Name and PIN do not fit. After five wrong PINs in a row, wait for a minute."))
        else:
            self.refused.emit(self.tr("Nobody could be signed in as {name}: {why}").format(name=name, why=told(found)))

    def _here(self) -> list[Person]:
        return [entry.person for entry in self._record.everyone() if entry.is_here]

    def _use(self, person: Person | None) -> None:
        self._session.use_person(person)
        self.changed.emit()


def role_title(role: Role) -> str:
    return {
        Role.OPERATOR: QCoreApplication.translate("People", "Operator"),
        Role.ENGINEER: QCoreApplication.translate("People", "Engineer"),
        Role.ADMINISTRATOR: QCoreApplication.translate("People", "Administrator"),
    }[role]
