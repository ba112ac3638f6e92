"""A dataset small enough to read, with a row in every table; tests change a cell and look what happens."""

# ruff: noqa: E501
from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

Dataset = dict[str, list[dict[str, str]]]

_TABLES = {
    "regions": "region_id,name\nr1,Озёрная область",
    "municipalities": "municipality_id,region_id,name,oktmo\nm1,r1,Ближний район,82701000",
    "schools": """school_id,municipality_id,name,kind,timezone,shifts,inn,kpp,ogrn,oktmo,address,contingent_oo1
s1,m1,Школа № 1,СОШ,Europe/Moscow,1,7707083893,770701001,1027700132195,82701000101,"ул. Лесная, 5",300
s2,m1,Школа № 2,,Asia/Yekaterinburg,2,,,,,,""",
    "academic_years": "school_id,year,starts_on,ends_on\ns1,2026,2026-09-01,2027-05-31\ns2,2026,2026-09-01,2027-05-31",
    "periods": """period_id,school_id,year,kind,number,starts_on,ends_on,grades
q1,s1,2026,quarter,1,2026-09-01,2026-10-25,1-9
h1,s1,2026,half_year,1,2026-09-01,2026-12-28,10-11
all,s2,2026,trimester,1,2026-09-01,2026-11-20,""",
    "vacations": "school_id,name,starts_on,ends_on\ns1,Осенние каникулы,2026-10-26,2026-11-03",
    "people": """person_id,last_name,first_name,middle_name,birth_date,snils,document,document_number,email,phone,activated_at,esia_at
t1,Учителева,Анна,Петровна,1980-02-03,112-233-445 95,passport,82 05 123456,anna@example.org,+7 900 000-00-00,2026-08-20T09:00:00+03:00,2026-08-21T09:00:00.250000Z
p1,Ёлкина,Мария,,2015-05-06,08765430300,birth_certificate,I-БД 123456,,,,
p2,Берёзов,Пётр,,,,,,,,2026-09-01T10:00:00+05:00,
g1,Ёлкина,Ирина,,,,,,,,2026-09-01T10:00:00+03:00,
o1,Районова,Нина,,,,,,,,,""",
    "staff": """school_id,person_id,post,teaching,category,hired_on,left_on
s1,t1,Учитель,1,highest,2020-08-25,
s1,t1,Завуч,0,,,
s2,t1,Учитель,1,none,2024-09-01,2026-06-01""",
    "office_staff": "unit_id,person_id,post\nm1,o1,Специалист\nr1,o1,Методист",
    "classes": """class_id,school_id,year,grade,letter,class_teacher_id
5a,s1,2026,5,А,t1
7,s2,2026,7,,""",
    "enrolments": """class_id,person_id,enrolled_on,left_on
5a,p1,2026-09-01,
5a,p2,2026-09-01,2026-09-13
7,p2,2026-09-13,""",
    "guardians": "guardian_id,pupil_id,relation\ng1,p1,мать\nt1,p2,",
    "subjects": "subject_id,name\nmath,Математика\neng,Английский язык",
    "groups": """group_id,class_id,subject_id,teacher_id,subgroup
m5,5a,math,t1,
e5,5a,eng,t1,1
m7,7,math,,""",
    "group_members": "group_id,person_id\ne5,p1",
    "lessons": '''lesson_id,group_id,date,number,starts_at,ends_at,status,topic,comment,conducted,substitute_id,room,moved_from
l1,m5,2026-09-14,1,08:30,09:15,planned,"Дроби, ""обыкновенные""","Две
строки",1,,12,
l2,m5,2026-09-15,2,,,cancelled,,,0,o1,,2026-09-13
l3,m7,2026-09-14,1,,,,,,,,,
l4,e5,2026-09-16,3,,,planned,\u00a0\t,,,,,''',
    "homework": """homework_id,lesson_id,text,issued_at,updated_at
h1,l2,№ 5–8,2026-09-14T13:00:00+03:00,
h2,l3,§ 2,2026-09-10T13:00:00,2026-09-11T08:05""",
    "marks": """mark_id,lesson_id,person_id,value,work_type,set_at
k1,l1,p1,5,Ответ на уроке,2026-09-14T20:59:59
k2,l1,p1,4,Диктант,2026-09-14T21:00:00+03:00
k3,l3,p2,н/а,Ответ на уроке,2026-09-14T13:00:00""",
    "attendance": "lesson_id,person_id,code,set_at\nl1,p2,Н,2026-09-14T08:40:00+03:00",
    "period_marks": """period_id,group_id,person_id,value,set_at
q1,m5,p1,5,2026-10-25T12:00:00+03:00
year:2026,m5,p1,зач,2027-05-25T12:00:00""",
    "diary_views": "pupil_id,viewer_id,viewed_at\np1,g1,2026-09-14T19:00:00+03:00\np1,p1,2026-09-14T19:00:00+03:00",
    "visits": "person_id,visited_at\ng1,2026-09-14T19:00:00+03:00\ng1,2026-09-15T19:00:00+03:00",
    "activity_profiles": """region_id,name,from_week,indicator,threshold,counted
r1,Свой,2026-09-07,journal_kept,50,1
r1,Свой,2026-09-07,pupils_activated,66.67,0""",
    "indicator_history": """week_start,school_id,indicator,value,numerator,denominator,on_vacation
2020-03-16,s1,journal_kept,26.58,21,79,0
2020-03-16,s1,pupils_activated,,,,""",
}


def small_dataset() -> Dataset:
    """A fresh copy of the rows, table by table."""
    return {name: list(csv.DictReader(io.StringIO(text, newline=""))) for name, text in _TABLES.items()}


def write_csv(folder: Path, dataset: dict[str, Any]) -> Path:
    """Write tables as a sender would: only the columns their first row has; no table is checked."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in dataset.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), restval="")
            writer.writeheader()
            writer.writerows(rows)
    return folder
