# Two stages, so that the final image has no build tools.
FROM python:3.13-slim AS build
WORKDIR /app
COPY requirements.lock ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md ./
COPY bot bot
COPY handlers handlers
COPY db db
COPY locales locales
RUN /venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim
RUN useradd --create-home --uid 10001 bot && mkdir /data && chown bot /data
COPY --from=build /venv /venv
USER bot
WORKDIR /home/bot
ENV BOT_HOST=0.0.0.0 BOT_PORT=8080 BOT_DATA_DIR=/data BOT_LOG_FORMAT=json
VOLUME /data
EXPOSE 8080
HEALTHCHECK CMD ["/venv/bin/python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/healthz')"]
CMD ["/venv/bin/compact-bot", "run"]
