"""Every form that writes is the portal's own kind: it takes no files, and bears what nobody types."""

import pkgutil
from importlib import import_module

from flask_wtf import FlaskForm

from portal import blueprints
from portal.web.forms import Form


def test_a_form_that_is_posted_is_of_the_portals_kind():
    strange = []
    for found in pkgutil.iter_modules(blueprints.__path__):
        folder = import_module(f"portal.blueprints.{found.name}")
        if "forms" not in {module.name for module in pkgutil.iter_modules(folder.__path__)}:
            continue
        for one in vars(import_module(f"{folder.__name__}.forms")).values():
            is_form = isinstance(one, type) and issubclass(one, FlaskForm) and one not in {FlaskForm, Form}
            if is_form and not issubclass(one, Form) and getattr(one.Meta, "csrf", True):
                strange.append(one.__name__)
    assert strange == []
