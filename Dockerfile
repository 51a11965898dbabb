# The desk for a real site: PostgreSQL and Redis are named by URL (compose.yaml).
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/data
WORKDIR /app

COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt

COPY manage.py ./
COPY omnidesk omnidesk
COPY customers customers
COPY conversations conversations
COPY channels_inbound channels_inbound
COPY templates templates
COPY static static

# Collecting needs a key and reads nothing else of a site; this one is thrown away.
RUN SECRET_KEY="only-while-the-image-is-built-and-never-on-a-site-0000" \
    SITE_URL=https://build.invalid python manage.py collectstatic --noinput -v 0 \
 && useradd --system --uid 10001 desk && mkdir /data && chown desk /data

USER desk
VOLUME /data
EXPOSE 8000 2525

CMD ["uvicorn", "omnidesk.asgi:application", "--host", "0.0.0.0", "--port", "8000", \
     "--ws", "websockets-sansio", "--ws-max-size", "65536", "--lifespan", "off", \
     "--no-access-log"]
