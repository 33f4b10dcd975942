#!/bin/sh
# Format, vet, lint, dead code, known vulnerabilities and the rules of the house
# (imports, links, words, sizes): `make check`. The arguments are the versions of
# gofumpt, staticcheck, deadcode and govulncheck.
set -eu
cd "$(dirname "$0")/../.."
GO=${GO:-go}
status=0

begin() { printf '== %s\n' "$1"; }

begin 'format'
unformatted=$($GO run "$1" -l $(git ls-files '*.go' | grep -v '\.pb\.\(gw\.\)\?go$'))
if [ -n "$unformatted" ]; then
	printf 'Not formatted with gofumpt:\n%s\n' "$unformatted"
	status=1
fi

begin 'vet'
$GO vet ./... || status=1

begin 'staticcheck'
$GO run "$2" ./... || status=1

# What no program and no test can reach. An example without output is compiled
# only, and generated files have what they have.
begin 'dead code'
if ! dead=$($GO run "$3" -test ./...); then
	echo 'deadcode did not run to its end.'
	status=1
fi
dead=$(printf '%s\n' "$dead" | grep -v -e '^$' -e '\.pb\.' -e 'example_test\.go' || true)
if [ -n "$dead" ]; then
	printf '%s\n' "$dead"
	status=1
fi

begin 'imports, links, words, sizes'
$GO test -count=1 ./internal/house/... || status=1
$GO test -count=1 -run 'TestDocumentsNameCommands|TestReferenceIsWhole|TestEveryBlockIsKnown' ./cmd/stos ./cmd/stosnet || status=1

begin 'modules'
$GO mod verify >/dev/null || status=1
$GO mod tidy -diff || status=1

begin 'known vulnerabilities'
if ! found=$($GO run "$4" ./... 2>&1); then
	case $found in
	*'fetching vulnerabilities'* | *'no such host'*)
		echo 'The database of vulnerabilities cannot be reached from here, so nothing was compared with it.' ;;
	*)
		printf '%s\n' "$found"
		status=1 ;;
	esac
fi

[ $status = 0 ] && echo 'All is well.'
exit $status
