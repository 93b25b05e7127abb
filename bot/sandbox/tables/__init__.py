"""The rows of the sandbox, with the indexes that its lists need. No rules here: those are in ``deeds``."""
