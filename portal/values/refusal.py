"""What may not be done, with the reason a person reads."""


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a fault of the program
    """Raised by operations when a rule of the school forbids the step.

    ``reason`` is a Russian sentence: what happened and what to do next. The web layer shows it at its
    place with status 409 and rolls the unit of work back.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
