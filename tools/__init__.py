"""What builds and checks Deltaflow; nothing here runs in the server."""
