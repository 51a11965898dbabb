"""Website chat: the widget's page, its API, its socket and its adapter."""
