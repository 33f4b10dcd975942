#!/bin/sh
# Make the packages that this system can make: packaging/package.sh VERSION [DIST]
#
#   ONLY=linux     leaves out those for other systems than this one
#
# What comes out is the same in every byte for the same commit (`make reproducible`).
# docs/packaging.md tells of each package.
set -eu
cd "$(dirname "$0")/.."
version=${1:?version}
dist=${2:-dist}
mkdir -p "$dist"
dist=$(cd "$dist" && pwd)
. packaging/env.sh

case "$($GO env GOOS)" in
linux)
	packaging/linux/package.sh "$version" "$dist"
	if [ -n "${ONLY:-}" ]; then
		:
	elif command -v x86_64-w64-mingw32-gcc >/dev/null && command -v makensis >/dev/null; then
		packaging/windows/package.sh "$version" "$dist"
	else
		echo "No package for Windows: it needs x86_64-w64-mingw32-gcc and makensis." >&2
	fi
	;;
darwin) packaging/macos/package.sh "$version" "$dist" ;;
*) packaging/windows/package.sh "$version" "$dist" ;;
esac
ls -l "$dist"
