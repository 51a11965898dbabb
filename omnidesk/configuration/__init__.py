"""The admin: where managers configure the desk."""
