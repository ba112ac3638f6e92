"""Numbers of organisations, places and people, with their check digits."""

from __future__ import annotations

import pytest

from portal.values import state_numbers

GOOD = [
    (state_numbers.inn, "7707083893", "7707083893"),
    (state_numbers.inn, "500100732259", "500100732259"),
    (state_numbers.ogrn, "1027700132195", "1027700132195"),
    (state_numbers.ogrn, "304500116000157", "304500116000157"),
    (state_numbers.kpp, "770701001", "770701001"),
    (state_numbers.kpp, "7707AB001", "7707AB001"),
    (state_numbers.oktmo, "82701000", "82701000"),
    (state_numbers.oktmo, "01620442101", "01620442101"),
    # the classifier's own examples: 01512000 has the control digit 9, 01620442101 has 7
    (state_numbers.oktmo, "015120009", "01512000"),
    (state_numbers.oktmo, "016204421017", "01620442101"),
    (state_numbers.snils, "112-233-445 95", "11223344595"),
    (state_numbers.snils, "11223344595", "11223344595"),
    (state_numbers.snils, "087-654-303 00", "08765430300"),
    (state_numbers.snils, "001-001-998 00", "00100199800"),  # no control number yet
]
BAD = [
    (state_numbers.inn, "7707083894"),
    (state_numbers.inn, "770708389"),
    (state_numbers.inn, "500100732258"),
    (state_numbers.ogrn, "1027700132196"),
    (state_numbers.ogrn, "102770013219"),
    (state_numbers.kpp, "77070100"),
    (state_numbers.kpp, "7707аб001"),
    (state_numbers.oktmo, "8270100"),
    (state_numbers.oktmo, "8270100010"),
    (state_numbers.oktmo, "015120008"),
    (state_numbers.oktmo, "016204421016"),
    (state_numbers.oktmo, "8270100x"),
    (state_numbers.snils, "112-233-445 96"),
    (state_numbers.snils, "112-233-445"),
    (state_numbers.snils, "000-000-000 00"),
    (state_numbers.snils, "١١٢٢٣٣٤٤٥٩٥"),
]


@pytest.mark.parametrize(("check", "text", "bare"), GOOD)
def test_a_true_number_is_taken_in_its_bare_form(check, text, bare):
    assert check(text) == bare


@pytest.mark.parametrize(("check", "text"), BAD)
def test_a_false_number_is_refused(check, text):
    with pytest.raises(ValueError):
        check(text)


def test_control_digit_of_a_code_whose_first_weights_give_ten():
    """Р 50.1.024: a rest of 10 is worked out once more with weights from 3, and is 0 should it be 10 again."""
    controls = {code: state_numbers._classifier_control(code) for code in ("55000000", "00000008", "50050000")}
    assert all(0 <= control <= 9 for control in controls.values())
    assert state_numbers._classifier_control("05000000") == (5 * 4) % 11  # 5·2 = 10, then 5·4 = 20


def test_snils_as_people_write_it():
    assert state_numbers.snils_as_written("11223344595") == "112-233-445 95"
