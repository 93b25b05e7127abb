# Build: the wheel of Warden, then the locked dependencies and the wheel into a virtual environment.
FROM python:3.11-slim AS build
WORKDIR /src
# An extra to install besides: `docker build --build-arg EXTRA=image`, `links` or `ocr`; see docs.
ARG EXTRA=""
COPY requirements*.lock ./
RUN python -m venv /build && /build/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements-dev.lock
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements${EXTRA:+-$EXTRA}.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY rules rules
RUN /build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /wheels . \
 && /venv/bin/pip install --no-cache-dir --no-deps /wheels/*.whl

# Run: no compiler, no source, no root. Configuration, rules and database live in /data.
FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /data --create-home warden
COPY --from=build /venv /venv
COPY --from=build --chown=warden /src/rules /data/rules
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1
USER warden
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
ENTRYPOINT ["warden"]
CMD ["run", "--config", "/data/config.yaml"]
