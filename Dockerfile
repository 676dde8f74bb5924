# The first stage builds one virtual environment; the second has it and nothing else.
# Node.js is only in the throw-away build environment of pip (see hatch_build.py).

FROM python:3.11-slim AS build

ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/deltaflow
WORKDIR /build

# Dependencies first: they change less often than the code.
COPY requirements/runtime.txt requirements/
RUN /opt/deltaflow/bin/pip install --require-hashes -r requirements/runtime.txt

COPY . .
RUN /opt/deltaflow/bin/pip install --no-deps . \
    && /opt/deltaflow/bin/pip uninstall --yes --quiet pip setuptools \
    && python -m compileall -q /opt/deltaflow/lib


FROM python:3.11-slim

ENV PATH=/opt/deltaflow/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DELTAFLOW_DATABASE=/data/deltaflow.sqlite3

RUN useradd --system --uid 10001 --no-create-home --home-dir /data deltaflow \
    && mkdir /data \
    && chown deltaflow /data
COPY --from=build /opt/deltaflow /opt/deltaflow

# By number, so that a host can tell that it is not root.
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8000

HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]

# In this form the server is process 1 and gets the SIGTERM of `docker stop`.
CMD ["deltaflow", "serve", "--host", "0.0.0.0", "--port", "8000"]
