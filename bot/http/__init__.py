"""The client for a Lemmy server: the only place that knows httpx."""
