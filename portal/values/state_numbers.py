"""Numbers the state gives to organisations, places and people, checked with their check digits.

Each function returns the number's bare form and raises ``ValueError`` where it cannot be one.
"""

from __future__ import annotations

import re

from stdnum.exceptions import ValidationError
from stdnum.ru import inn as _inn
from stdnum.ru import ogrn as _ogrn

_DIGITS = re.compile(r"[0-9]+", re.ASCII)
_KPP = re.compile(r"[0-9]{4}[0-9A-Z]{2}[0-9]{3}", re.ASCII)
_SNILS_PUNCTUATION = re.compile(r"[\s\u2010-\u2015-]")
SNILS_UNCHECKED = 1001998
"""Up to this number (001-001-998) СНИЛС carry no control number."""


def _digits(text: str, *lengths: int) -> str:
    if not _DIGITS.fullmatch(text) or len(text) not in lengths:
        raise ValueError(text)
    return text


def inn(text: str) -> str:
    """ИНН: 10 digits of an organisation or 12 of a person."""
    try:
        _inn.validate(_digits(text, 10, 12))
    except ValidationError as error:
        raise ValueError(text) from error
    return text


def ogrn(text: str) -> str:
    """ОГРН (13 digits) or ОГРНИП (15)."""
    try:
        _ogrn.validate(_digits(text, 13, 15))
    except ValidationError as error:
        raise ValueError(text) from error
    return text


def kpp(text: str) -> str:
    """КПП: tax office (4 digits), reason (2 digits or capitals), number (3 digits); it has no check digit."""
    if not _KPP.fullmatch(text):
        raise ValueError(text)
    return text


def oktmo(text: str) -> str:
    """ОКТМО: 8 digits of a municipality or 11 of a settlement, as the classifier writes the code.

    The classifier (ОК 033-2013) keeps the control digit apart from the code. Where a system appends it
    (9 or 12 digits) it is checked by the method of Р 50.1.024 and left out.
    """
    _digits(text, 8, 9, 11, 12)
    if len(text) in (8, 11):
        return text
    code, control = text[:-1], int(text[-1])
    if _classifier_control(code) != control:
        raise ValueError(text)
    return code


def _classifier_control(code: str) -> int:
    """Weights 1…10 again and again, modulo 11; should that be 10, once more with weights from 3; then 0."""
    for shift in (0, 2):
        rest = sum(int(digit) * ((place + shift) % 10 + 1) for place, digit in enumerate(code)) % 11
        if rest < 10:
            return rest
    return 0


def snils(text: str) -> str:
    """СНИЛС with or without its punctuation: 11 digits, the last two the control number."""
    bare = _digits(_SNILS_PUNCTUATION.sub("", text), 11)
    number, control = int(bare[:9]), int(bare[9:])
    weighed = sum(int(digit) * weight for digit, weight in zip(bare[:9], range(9, 0, -1), strict=True))
    if number == 0 or (number > SNILS_UNCHECKED and weighed % 101 % 100 != control):
        raise ValueError(text)
    return bare


def snils_as_written(bare: str) -> str:
    """«112-233-445 95»."""
    return f"{bare[:3]}-{bare[3:6]}-{bare[6:9]} {bare[9:]}"
