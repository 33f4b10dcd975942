#!/bin/sh
# Format, vet, lint and the rules of the house: `make check`.
set -eu
cd "$(dirname "$0")/../.."
GO=${GO:-go}
status=0

unformatted=$($GO run "$1" -l $(git ls-files '*.go' | grep -v '\.pb\.\(gw\.\)\?go$'))
if [ -n "$unformatted" ]; then
	printf 'Not formatted with gofumpt:\n%s\n' "$unformatted"
	status=1
fi
$GO vet ./... || status=1
$GO run "$2" ./... || status=1
$GO test -count=1 ./internal/house || status=1
$GO mod verify >/dev/null || status=1
exit $status
