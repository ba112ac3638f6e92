"""What makes a new password too easy to guess, whatever its length."""

from __future__ import annotations


def fault(new: str, *, login: str, current: str | None = None) -> str:
    """What is wrong with a new password, in words for its owner; empty when nothing is.

    ``current`` is the password it replaces, where there is one.
    """
    plain, name = new.casefold(), login.strip().casefold()
    if new == current:
        return "Это нынешний пароль. Придумайте другой."
    if len(set(plain)) < 2:
        return "Пароль из одного повторяющегося знака легко угадать. Придумайте другой."
    if name and not plain.replace(name, ""):
        return "Пароль, составленный из логина, легко угадать. Придумайте другой."
    return ""
