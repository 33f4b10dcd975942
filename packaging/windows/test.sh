#!/bin/sh
# Run the tests of the packages that meet the system (portable-tests.txt) on
# Windows; elsewhere they are built for it and run under Wine.
#
#   packaging/windows/test.sh [PACKAGES...]
set -eu
cd "$(dirname "$0")/../.."
GO=${GO:-go}
[ $# -gt 0 ] || set -- $(cat packaging/portable-tests.txt)
case $(uname) in
MINGW* | MSYS*)
	exec $GO test "$@"
	;;
esac
packaging/windows/wine.sh --setup
. packaging/windows/prefix.sh
trap leave EXIT
trap 'exit 1' INT TERM
# With the flags of package.sh, so that what was compiled for it is used again.
GOOS=windows GOARCH=amd64 CGO_ENABLED=0 $GO test -trimpath -vet=off -exec "$PWD/packaging/windows/wine.sh wine" "$@"
