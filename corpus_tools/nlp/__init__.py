"""One adapter for each language library; nothing else imports those libraries."""
