"""The shell: configuration, wiring, logging and the command line."""
