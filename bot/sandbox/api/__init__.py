"""The routes below ``/api/v3``."""
