"""The top bar: at most five places for the role in use, and the help that fits it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request, url_for
from flask_login import current_user

from portal.access.roles import Role, RoleAt
from portal.web.session_user import role_in_use


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """A place to go to; ``badge`` counts what waits there."""

    title: str
    url: str
    current: bool
    badge: int | None = None


GUIDES = {
    Role.REGIONAL: "region",
    Role.MUNICIPAL: "municipal-specialist",
    Role.HEAD: "head",
    Role.DEPUTY: "head",
    Role.ADMINISTRATOR: "teacher",
    Role.CLASS_TEACHER: "teacher",
    Role.TEACHER: "teacher",
    Role.GUARDIAN: "guardian",
    Role.PUPIL: "guardian",
}


SECTIONS: dict[str, dict[str, str]] = {
    "teacher": {
        "journal": "урок-за-три-минуты",
        "journal.group": "журнал-группы",
        "own_lessons": "мои-уроки-чего-не-хватает",
        "journal.period_marks": "средний-балл-и-отметка-за-период",
        "monitoring": "завучу-и-директору",
        "account": "как-войти",
    },
    "guardian": {
        "diary": "дневник",
        "diary.subjects": "отметки",
        "schedule": "расписание",
        "account": "как-войти",
    },
    "head": {
        "monitoring": "показатели",
        "control": "еженедельный-контроль",
        "showcase": "цифровой-профиль-и-витрина",
        "events": "цифровой-профиль-и-витрина",
        "journal": "журналы-и-расписание",
        "schedule": "журналы-и-расписание",
        "account": "как-войти",
    },
    "municipal-specialist": {
        "monitoring": "от-числа-до-урока",
        "monitoring.heat": "тепловая-таблица-и-недели-подряд",
        "indicators.municipality_trend": "тепловая-таблица-и-недели-подряд",
        "monitoring.municipality": "понедельник-за-пять-минут",
        "frozen_weeks": "зафиксированные-недели",
        "profiles": "зафиксированные-недели",
        "reports": "отчёты",
        "showcase": "цифровой-профиль-и-витрина",
        "events": "цифровой-профиль-и-витрина",
    },
    "region": {
        "monitoring": "вниз-до-урока",
        "monitoring.region": "неделя-региона",
        "indicators": "показатели",
        "frozen_weeks": "зафиксированные-недели",
        "profiles": "профили-активности",
        "reports": "отчёты",
        "showcase": "отчёты",
    },
}
"""Guide → endpoint, or blueprint for all its other pages → the heading that tells about it."""


SAME_PLACE = {
    "indicators": "monitoring",
    "own_lessons": "journal",
    "showcase": "monitoring",
    "events": "monitoring",
    "frozen_weeks": "monitoring",
}
"""Blueprint → the one whose place in the top bar, and whose help, its pages belong to."""


def help_page(role: RoleAt | None) -> str:
    """The guide of a role."""
    return GUIDES[role.role] if role else "guardian"


def help_url() -> str | None:
    """The help for this very page, in the guide of the role in use; none on the help pages themselves."""
    if request.blueprint == "help":
        return None
    guide = help_page(role_in_use())
    sections = SECTIONS[guide]
    blueprint = SAME_PLACE.get(request.blueprint or "", request.blueprint or "")
    own = sections.get(request.endpoint or "") or sections.get(request.blueprint or "")
    section = own or sections.get(blueprint)
    return url_for("help.page", name=guide, _anchor=section)


def _targets(role: RoleAt) -> list[tuple[str, str, dict[str, object]]]:
    """(title, endpoint, address arguments) of a role's places; the first is its start page."""
    unit = role.unit_id
    helping: tuple[str, str, dict[str, object]] = ("Справка", "help.page", {"name": help_page(role)})
    match role.role:
        case Role.REGIONAL:
            own = [
                ("Показатели", "monitoring.region", {"region_id": unit}),
                ("Отчёты", "reports.region", {"region_id": unit}),
                ("Профили", "profiles.region", {"region_id": unit}),
            ]
        case Role.MUNICIPAL:
            own = [
                ("Показатели", "monitoring.municipality", {"municipality_id": unit}),
                ("Отчёты", "reports.municipality", {"municipality_id": unit}),
            ]
        case Role.HEAD | Role.DEPUTY:
            own = [
                ("Показатели", "monitoring.school", {"school_id": unit}),
                ("Контроль", "control.school", {"school_id": unit}),
                ("Журналы", "journal.groups", {}),
                ("Расписание", "schedule.mine", {}),
            ]
        case Role.ADMINISTRATOR:
            own = [
                ("Показатели", "monitoring.school", {"school_id": unit}),
                ("Расписание", "schedule.mine", {}),
            ]
        case Role.CLASS_TEACHER | Role.TEACHER:
            own = [("Журнал", "journal.groups", {}), ("Расписание", "schedule.mine", {})]
        case _:
            own = [("Дневник", "diary.mine", {}), ("Расписание", "schedule.mine", {})]
    return [*own, helping]


def start_url() -> str | None:
    """The start page of the role in use; ``None`` for a person without any role."""
    role = role_in_use()
    if role is None:
        return None
    _, endpoint, arguments = _targets(role)[0]
    return url_for(endpoint, **arguments)


def places() -> list[PlaceLink]:
    """Where the person may go from here, in the role in use."""
    role = role_in_use() if current_user.is_authenticated else None
    blueprint = request.blueprint
    return [
        PlaceLink(title, url_for(endpoint, **arguments), current=_is_current(endpoint, blueprint))
        for title, endpoint, arguments in (_targets(role) if role else [])
    ]


def other_roles() -> list[RoleAt]:
    """The roles worth switching to: those that lead to other places than the role in use and each other.

    A class teacher who teaches there holds two roles, but goes to the same places in both.
    """
    used = role_in_use()
    if used is None:
        return []
    seen, others = [_targets(used)], []
    for role in current_user.actor.roles:
        targets = _targets(role)
        if targets not in seen:
            seen.append(targets)
            others.append(role)
    return others


def _is_current(endpoint: str, blueprint: str | None) -> bool:
    return request.endpoint == endpoint or endpoint.partition(".")[0] == SAME_PLACE.get(blueprint or "", blueprint)
