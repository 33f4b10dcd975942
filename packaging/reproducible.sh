#!/bin/sh
# Prove that the same source gives the same bytes: packaging/reproducible.sh VERSION
#
# The packages of the last commit are made in two clones, in folders whose names differ,
# the second with an empty build cache, so that everything is compiled twice. Then all
# files are compared. That takes as long as two first builds.
#
#   ONLY=linux     compares the packages of this system only
#   CACHE=keep     keeps the build cache: quick, but what is compiled is not compiled twice
set -eu
cd "$(dirname "$0")/.."
version=${1:?version}
GO=${GO:-go}
if [ -n "$(git status --porcelain)" ]; then
	echo "There are changes that are not committed; only the last commit is compared." >&2
fi

work=$(mktemp -d -p /var/tmp)
# The go command makes its caches read-only.
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
one=$work/a
two=$work/another/folder/with/a/long/name
mkdir -p "$(dirname "$two")"
(umask 022 && git clone -q . "$one")
(umask 077 && git clone -q . "$two")
(cd "$one" && umask 022 && packaging/package.sh "$version" "$work/one" >/dev/null)
(
	cd "$two"
	umask 077
	[ "${CACHE:-}" = keep ] || export GOCACHE="$work/cache"
	export LANG=C.UTF-8 TZ=Asia/Tokyo HOME="$work/home" GOPATH="$($GO env GOPATH)" GOMODCACHE="$($GO env GOMODCACHE)"
	mkdir -p "$HOME"
	packaging/package.sh "$version" "$work/two" >/dev/null
)

status=0
for file in "$work"/one/* "$work"/two/*; do
	name=$(basename "$file")
	if cmp "$work/one/$name" "$work/two/$name"; then
		case $file in "$work"/one/*) printf 'same  %s  %s\n' "$(sha256sum <"$file" | cut -c1-64)" "$name" ;; esac
	else
		printf 'DIFFERS  %s\n' "$name"
		status=1
	fi
done
exit $status
