"""Values and rules an inspector could read aloud; pure, with no clock, file, thread or database."""


class ModelError(Exception):
    """The base of the errors of values and rules; the message says what is wrong, where, and what
    to do.
    """
