#!/bin/sh
# Build everything and run the tests of the packages that meet the system
# (portable-tests.txt) on a Mac.
set -eu
cd "$(dirname "$0")/../.."
GO=${GO:-go}
mkdir -p bin
$GO build -o bin/ ./cmd/...
# shellcheck disable=SC2046
$GO test $(cat packaging/portable-tests.txt) ./player/mpv ./internal/app
bin/stos demo
