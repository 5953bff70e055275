# One for all: first ./scrutin package, then docker build --build-arg NAME=verify -t scrutin/verify .
#
# The cache of a start fits one build of the JDK only. So it is trained here, on the base that will run it.
ARG BASE=eclipse-temurin:25-jre

FROM ${BASE} AS trained
ARG NAME
COPY dist/${NAME}/ /app/
RUN if [ -x /app/train ]; then /app/train >/dev/null; fi && rm -rf /app/train /app/training /app/made-of

FROM ${BASE}
ARG NAME
ARG VERSION=0.2.0
LABEL org.opencontainers.image.title="scrutin ${NAME}" \
      org.opencontainers.image.description="Scrutin runs a national vote; this is its ${NAME}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.licenses="Apache-2.0"
# Jars keep the times that the cache was trained with.
COPY --from=trained /app /app
# By number: Kubernetes cannot tell from a name whether it is root.
USER 65532:65532
ENV PORT=8080
EXPOSE 8080
STOPSIGNAL SIGTERM
# For Docker and compose; Knative has probes of its own.
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s CMD ["/app/probe"]
ENTRYPOINT ["/app/start"]
