"""AutoModerator's configuration, read as AutoModerator reads it and written as rules of Warden. No input or output."""
