#!/bin/sh
# Run a program of Wine 9 or newer: packaging/windows/wine.sh wine|wineboot|... WORDS
#
# Older ones lack the system call by which Go removes folders. Where this system
# has an older one, that of Debian 13 is used, from a folder that
# "packaging/windows/wine.sh --setup" fills once with debootstrap, as root.
set -eu
root=${STOS_WINE_ROOT:-/var/tmp/stratosdrive-wine}

enough() {
	major=$(wine --version 2>/dev/null | sed -nE 's/^wine-([0-9]+).*/\1/p')
	[ "${major:-0}" -ge 9 ]
}

if [ "${1:-}" = --setup ]; then
	if enough || [ -x "$root/usr/bin/wine" ]; then exit; fi
	for tool in debootstrap bwrap; do
		command -v $tool >/dev/null || {
			printf 'This system has no Wine 9 and no %s to fetch one: packaging/deps.sh wine\n' $tool >&2
			exit 1
		}
	done
	printf 'Fetching Wine of Debian 13 into %s\n' "$root" >&2
	rm -rf "$root.part"
	debootstrap --variant=minbase --include=wine,wine64 trixie "$root.part" >"$root.log" 2>&1 || {
		tail -3 "$root.log" >&2
		exit 1
	}
	rm -rf "$root.part/var/cache/apt/archives" "$root.log"
	mv "$root.part" "$root"
	exit
fi

if enough; then exec "$@"; fi
[ -x "$root/usr/bin/wine" ] || {
	printf 'There is no Wine 9 or newer here: run "packaging/windows/wine.sh --setup" first.\n' >&2
	exit 1
}
exec bwrap --bind "$root" / --dev-bind /dev /dev --proc /proc --bind /tmp /tmp --bind "$PWD" "$PWD" --chdir "$PWD" "$@"
