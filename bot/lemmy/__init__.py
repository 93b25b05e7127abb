"""The engine's port to a live Lemmy: API v3, over pythorhead's endpoint classes and our own client."""
