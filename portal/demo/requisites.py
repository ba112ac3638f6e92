"""Invented numbers of people and schools whose check digits are right."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

TAX_OFFICE = "0527"
MUNICIPALITY_OKTMO = "82649000"
INN_WEIGHTS = (2, 4, 10, 3, 5, 9, 4, 6, 8)


def snils(rng: Random) -> str:
    """A СНИЛС above the range that has no check number, with its punctuation."""
    digits = f"{rng.randrange(10_000_000, 199_999_999):09d}"
    check = sum(int(digit) * (9 - place) for place, digit in enumerate(digits)) % 101 % 100
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:]} {check:02d}"


def inn(rng: Random) -> str:
    """A legal entity's INN of ten digits."""
    digits = TAX_OFFICE + f"{rng.randrange(10_000, 99_999):05d}"
    return digits + str(sum(int(d) * w for d, w in zip(digits, INN_WEIGHTS, strict=True)) % 11 % 10)


def ogrn(rng: Random) -> str:
    """A legal entity's ОГРН of thirteen digits, registered in Dagestan around 2002."""
    digits = f"10205{rng.randrange(10_000, 19_999):05d}{rng.randrange(10, 99)}"
    return digits + str(int(digits) % 11 % 10)


@dataclass(frozen=True, slots=True)
class Requisites:
    """A school's profile."""

    inn: str
    kpp: str
    ogrn: str
    oktmo: str
    address: str

    @classmethod
    def invent(cls, rng: Random, settlement: str, place: int) -> Requisites:
        """For the school number ``place`` of the district, in ``settlement``."""
        street = rng.choice(("Школьная", "Центральная", "Ленина", "Гагарина", "Р. Гамзатова"))
        return cls(
            inn=inn(rng),
            kpp=f"{TAX_OFFICE}01001",
            ogrn=ogrn(rng),
            oktmo=f"82649{400 + place % 500:03d}101",
            address=f"3685{10 + place % 60}, Республика Дагестан, с. {settlement}, ул. {street}, {rng.randint(1, 60)}",
        )


def passport(rng: Random) -> str:
    return f"82 {rng.randint(3, 24):02d} {rng.randint(100_000, 999_999)}"


def birth_certificate(rng: Random) -> str:
    return f"{rng.choice(('I', 'II', 'III'))}-БД {rng.randint(500_000, 999_999)}"
