"""The emulator over HTTP: a server, a thread for it, and what is done to requests on the way."""
