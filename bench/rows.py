"""Generated rows of schools that keep their journals: the same number makes the same rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from portal.exchange.writer import Rows

CLASSES, PUPILS, GROUPS, WEEKS = 20, 25, 12, 12
LESSONS_A_WEEK = 3
SHARES = {"lessons": 1.0, "homework": 0.5, "marks": 4.0, "attendance": 0.6}
"""Rows for each lesson."""
FIRST_MONDAY = date(2026, 9, 7)
PER_SCHOOL = CLASSES * GROUPS * WEEKS * LESSONS_A_WEEK
PEOPLE = CLASSES * (PUPILS + 3)


def dataset(rows: int) -> Iterator[tuple[str, Rows]]:
    """About ``rows`` rows in all, nine tenths of them lessons, homework, marks and absences."""
    per_school = PER_SCHOOL * sum(SHARES.values()) + 2 * PEOPLE + CLASSES * (1 + GROUPS)
    schools = max(1, round(rows / per_school))
    yield "regions", [{"region_id": "r", "name": "Озёрная область"}]
    yield "municipalities", [{"municipality_id": "m", "region_id": "r", "name": "Ближний район"}]
    yield "schools", ({"school_id": f"s{n}", "municipality_id": "m", "name": f"Школа № {n}",
                       "timezone": "Europe/Moscow", "shifts": 1 + n % 2} for n in range(schools))  # fmt: skip
    yield "people", _people(schools)
    yield "classes", ({"class_id": f"c{n}", "school_id": f"s{n // CLASSES}", "year": 2026,
                       "grade": 1 + n % 11, "letter": "А"} for n in range(schools * CLASSES))  # fmt: skip
    yield "enrolments", ({"class_id": f"c{n // PUPILS}", "person_id": f"p{n}", "enrolled_on": "2026-09-01"}
                         for n in range(schools * CLASSES * PUPILS))  # fmt: skip
    yield "subjects", ({"subject_id": f"u{n}", "name": f"Предмет {n}"} for n in range(GROUPS))
    yield "groups", ({"group_id": f"g{n}", "class_id": f"c{n // GROUPS}", "subject_id": f"u{n % GROUPS}",
                      "teacher_id": f"p{n}"} for n in range(schools * CLASSES * GROUPS))  # fmt: skip
    lessons = schools * PER_SCHOOL
    yield "lessons", map(_lesson, range(lessons))
    yield "homework", ({"homework_id": f"h{n}", "lesson_id": f"l{n * 2}", "text": f"§ {n % 90}",
                        "issued_at": _moment(n)} for n in range(int(lessons * SHARES["homework"])))  # fmt: skip
    yield "marks", ({"mark_id": f"k{n}", "lesson_id": f"l{n % lessons}", "person_id": _pupil(n % lessons, n // lessons),
                     "value": 2 + n % 4, "work_type": "Ответ на уроке" if n % 5 else "Диктант",
                     "set_at": _moment(n)} for n in range(int(lessons * SHARES["marks"])))  # fmt: skip
    yield "attendance", ({"lesson_id": f"l{n}", "person_id": _pupil(n, 9), "code": "НБУО"[n % 4],
                          "set_at": _moment(n)} for n in range(int(lessons * SHARES["attendance"])))  # fmt: skip


def _people(schools: int) -> Iterator[dict[str, object]]:
    for n in range(schools * PEOPLE):
        yield {
            "person_id": f"p{n}", "last_name": f"Озеров{n % 997}", "first_name": "Пётр", "middle_name": "Ильич",
            "birth_date": "2012-05-06", "snils": _snils(n + 2_000_000), "document": "birth_certificate",
            "document_number": f"I-АБ {n:06}",
        }  # fmt: skip


def _lesson(n: int) -> dict[str, object]:
    place = n % (WEEKS * LESSONS_A_WEEK)
    day = FIRST_MONDAY + timedelta(days=7 * (place // LESSONS_A_WEEK) + place % LESSONS_A_WEEK)
    return {
        "lesson_id": f"l{n}", "group_id": f"g{n // (WEEKS * LESSONS_A_WEEK)}", "date": day, "number": 1 + n % 7,
        "starts_at": "08:30", "ends_at": "09:15", "topic": f"Тема {n % 500}", "conducted": n % 3 > 0,
    }  # fmt: skip


def _pupil(lesson: int, turn: int) -> str:
    school_class = lesson // (WEEKS * LESSONS_A_WEEK * GROUPS)
    return f"p{school_class * PUPILS + (lesson + turn) % PUPILS}"


def _moment(n: int) -> str:
    day = FIRST_MONDAY + timedelta(days=n % 80)
    return f"{day}T{8 + n % 12:02}:{n % 60:02}:{n // 7 % 60:02}+03:00"


def _snils(number: int) -> str:
    digits = f"{number:09}"
    control = sum(int(digit) * weight for digit, weight in zip(digits, range(9, 0, -1), strict=True)) % 101 % 100
    return f"{digits}{control:02}"
