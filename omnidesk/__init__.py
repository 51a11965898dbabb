"""The product: configuration, wiring, surfaces and policies."""

from omnidesk.celery import app as celery_app

__all__ = ["celery_app"]
