#!/bin/sh
# Run the benchmarks: JSON lines on stdout, a table on stderr.
set -eu
cd "$(dirname "$0")/../.."
exec "${GO:-go}" run ./internal/bench "$@"
