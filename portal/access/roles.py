"""The nine roles of domain/school-rules.md."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Role(Enum):
    """A role; its value is the word used in addresses and forms."""

    REGIONAL = "regional"
    MUNICIPAL = "municipal"
    HEAD = "head"
    DEPUTY = "deputy"
    ADMINISTRATOR = "administrator"
    CLASS_TEACHER = "class-teacher"
    TEACHER = "teacher"
    GUARDIAN = "guardian"
    PUPIL = "pupil"

    @property
    def title(self) -> str:
        return TITLES[self]


TITLES = {
    Role.REGIONAL: "Специалист региона",
    Role.MUNICIPAL: "Специалист муниципалитета",
    Role.HEAD: "Директор",
    Role.DEPUTY: "Завуч",
    Role.ADMINISTRATOR: "Администратор школы",
    Role.CLASS_TEACHER: "Классный руководитель",
    Role.TEACHER: "Учитель",
    Role.GUARDIAN: "Родитель",
    Role.PUPIL: "Ученик",
}

POST_ROLES = {
    "Директор": Role.HEAD,
    "Заместитель директора": Role.DEPUTY,
    "Завуч": Role.DEPUTY,
    "Учитель": Role.TEACHER,
    "Администратор ЭЖД": Role.ADMINISTRATOR,
}
"""The vocabulary of posts that gives roles (dataset.md); any other post gives none but teaching staff teach."""


@dataclass(frozen=True, slots=True)
class RoleAt:
    """A role somewhere: at a school, an office, or (guardian) of a child. ``unit_id`` is that thing's id."""

    role: Role
    unit_id: int
    unit_name: str

    @property
    def code(self) -> str:
        """The role and its unit in one word, for the form that switches roles."""
        return f"{self.role.value}-{self.unit_id}"

    @property
    def title(self) -> str:
        return self.role.title
