# Dateline in a container: docker run --rm -v "$PWD:/site" dateline build
FROM rust:1-slim AS builder
WORKDIR /source
COPY . .
RUN cargo build --release --locked

FROM debian:stable-slim
# Publishing needs Git and, for remotes over HTTPS, certificates.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates git \
    && rm -rf /var/lib/apt/lists/*
COPY --from=builder /source/target/release/dateline /usr/local/bin/dateline
WORKDIR /site
EXPOSE 1111
ENTRYPOINT ["dateline"]
CMD ["--help"]
