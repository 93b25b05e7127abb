"""The routes below ``/sandbox/``: what other people, other servers and bad luck do."""
