# One image for web, worker, beat and migrate: docker-compose.yml picks the command.
# Any base with Python 3.11 or later and its venv module will do.
ARG BASE=python:3.11-slim-bookworm
FROM ${BASE}

# A number, so that whoever runs it can check that it is not root.
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /srv/second-wind \
        --shell /usr/sbin/nologin second-wind \
    && install --directory --owner second-wind --group second-wind /srv/second-wind

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PROMETHEUS_MULTIPROC_DIR=/tmp/second-wind-metrics \
    DATA_DIR=/srv/second-wind

WORKDIR /srv/app
COPY requirements/app.txt requirements/
RUN python3 -m venv /opt/venv \
    && pip install --no-cache-dir --disable-pip-version-check --require-hashes \
        --requirement requirements/app.txt

COPY manage.py ./
COPY recovery recovery
COPY plans plans
COPY reps reps
COPY templates templates
COPY static static
# The key is for this step alone; a running container is given its own.
RUN python -m compileall -q recovery plans reps \
    && SECRET_KEY=only-to-collect-static python manage.py collectstatic --no-input

USER 10001:10001
EXPOSE 8000

# As many workers as $WEB_CONCURRENCY says, which gunicorn reads; otherwise one. /dev/shm,
# because a disk that is slow for a moment must not look like a worker that hangs.
CMD ["gunicorn", "recovery.wsgi", "--bind=0.0.0.0:8000", "--worker-class=gthread", \
     "--threads=4", "--worker-tmp-dir=/dev/shm", "--no-control-socket", \
     "--logger-class=recovery.logs.gunicorn.GunicornLog"]
