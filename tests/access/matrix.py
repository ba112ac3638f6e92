"""The matrix of tests/access/test_matrix.py: for each route, whose objects to try and who may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Flask, url_for

from tests.small_school import SmallSchool

EVERYBODY = (
    "regional", "municipal", "head", "deputy", "administrator", "class-teacher", "teacher", "substitute",
    "guardian", "pupil", "other-municipal", "other-teacher", "other-guardian", "other-pupil",
)  # fmt: skip
STAFF = {"head", "deputy", "administrator", "class-teacher", "teacher", "substitute"}
LEADERS = {"head", "deputy"}
FAMILY = {"guardian", "pupil"}
OFFICES = {"regional", "municipal"}
OUTSIDE = {"other-municipal", "other-teacher", "other-guardian", "other-pupil"}
"""People of the other municipality: for them the first school's objects do not exist."""

Arguments = Callable[[SmallSchool], dict[str, object]]


@dataclass(frozen=True)
class Case:
    """``allowed`` people reach the view for the own object (whatever it answers to an empty form: below 500
    and neither 403 nor 404); others in scope get 403, people out of scope 404. ``foreign`` is an object of the
    other school: who may reach that one is in ``foreign_allowed``, the ones who know of it in ``foreign_scope``.
    """

    allowed: frozenset[str]
    own: Arguments = field(default=lambda small: {})
    foreign: Arguments | None = None
    out_of_scope: frozenset[str] = frozenset()
    foreign_allowed: frozenset[str] = frozenset()
    foreign_scope: frozenset[str] = frozenset()
    forbidden_form: bool = False

    def path(self, app: Flask, endpoint: str, small: SmallSchool, *, own: bool) -> str:
        arguments = (self.own if own or self.foreign is None else self.foreign)(small)
        with app.test_request_context():
            return url_for(endpoint, **arguments)

    def expected(self, login: str, own: bool) -> Callable[[int], bool]:
        if own:
            allowed, scope = self.allowed, frozenset(EVERYBODY) - self.out_of_scope
        else:
            allowed, scope = self.foreign_allowed, self.foreign_scope
        if login in allowed:
            if self.forbidden_form:
                return lambda status: status == 403
            return lambda status: status < 500 and status not in {403, 404}
        if login in scope:
            return lambda status: status == 403
        return lambda status: status == 404


def everybody(own: Arguments = lambda small: {}, *, forbidden_form: bool = False) -> Case:
    return Case(frozenset(EVERYBODY), own, forbidden_form=forbidden_form)


def of_school(allowed: set[str], own: Arguments, foreign: Arguments, *, families_know: bool = True) -> Case:
    """An object of the first school, and its like in the other one."""
    strangers = OUTSIDE if families_know else OUTSIDE | FAMILY
    known_there = {"regional", "other-municipal", "other-teacher"} | (
        {"other-guardian", "other-pupil"} if families_know else set()
    )
    return Case(
        frozenset(allowed), own, foreign, frozenset(strangers),
        foreign_scope=frozenset(known_there),
    )  # fmt: skip


MATRIX: dict[tuple[str, str], Case] = {
    ("account.sign_out", "POST"): everybody(),
    ("account.switch_role", "POST"): everybody(forbidden_form=True),  # an empty form names no role of theirs
    ("account.password", "GET"): everybody(),
    ("account.password", "POST"): everybody(),
    ("start.home", "GET"): everybody(),
    ("help.page", "GET"): everybody(lambda small: {"name": "teacher"}),
}
