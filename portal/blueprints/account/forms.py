"""Forms of the account pages."""

from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, EqualTo, Length

from portal.web.forms import Form

PASSWORD_LENGTH = Length(10, 200, message="Пароль: не короче 10 знаков (и не длиннее 200).")


class SignInForm(Form):
    login = StringField(
        "Логин",
        validators=[DataRequired("Введите логин."), Length(max=64, message="Логин не длиннее 64 знаков.")],
        render_kw={
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
            "autofocus": True,
        },
    )
    password = PasswordField(
        "Пароль",
        validators=[
            DataRequired("Введите пароль."),
            Length(max=200, message="Пароль не длиннее 200 знаков."),
        ],
        render_kw={"autocomplete": "current-password"},
    )


class PasswordForm(Form):
    current = PasswordField(
        "Нынешний пароль",
        validators=[DataRequired("Введите нынешний пароль.")],
        render_kw={"autocomplete": "current-password"},
    )
    new = PasswordField(
        "Новый пароль",
        validators=[DataRequired("Введите новый пароль."), PASSWORD_LENGTH],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        "Новый пароль ещё раз",
        validators=[EqualTo("new", message="Пароли не совпадают: введите новый пароль ещё раз.")],
        render_kw={"autocomplete": "new-password"},
    )
