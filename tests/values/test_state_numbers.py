"""Numbers of the state with their check digits (invented ones that pass, and near misses)."""

import pytest

from portal.values import state_numbers as numbers


@pytest.mark.parametrize(
    ("check", "good", "bad"),
    [
        (numbers.inn, ["7707083893", "500100732259"], ["7707083894", "500100732258", "770708389", "77070838aa", ""]),
        (numbers.ogrn, ["1027700132195", "304500116000157"], ["1027700132196", "304500116000158", "102770013219"]),
        (numbers.kpp, ["773601001", "7736AB001"], ["77360100", "7736ab001", "77360100а"]),
        (numbers.snils, ["11223344595", "001001998 00"], ["11223344596", "1122334459", "00000000000", "1122334459а"]),
    ],
)
def test_check_digits(check, good, bad):
    for text in good:
        assert check(text) == text.replace(" ", "")
    for text in bad:
        with pytest.raises(ValueError, match=r"^"):
            check(text)


def test_snils_with_and_without_punctuation():
    for text in ("112-233-445 95", "11223344595", "112‑233‑445 95"):
        assert numbers.snils(text) == "11223344595"
    assert numbers.snils_as_written("11223344595") == "112-233-445 95"


def test_oktmo_with_and_without_its_control_digit():
    assert numbers.oktmo("45379000") == "45379000"
    assert numbers.oktmo("82655000101") == "82655000101"
    with_control = [f"45379000{digit}" for digit in range(10)]
    accepted = []
    for text in with_control:
        try:
            accepted.append(numbers.oktmo(text))
        except ValueError:
            continue
    assert accepted == ["45379000"]  # exactly one of the ten control digits is right
    with pytest.raises(ValueError, match=r"^"):
        numbers.oktmo("4537900")
