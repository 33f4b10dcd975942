#!/bin/sh
# Install, use and remove Stratos Drive on Windows, and check every step:
#
#   packaging/windows/prove.sh SETUP.exe
#
# On Windows it runs as the user who calls it (from Git's shell); elsewhere under
# Wine, in a Windows of its own that is thrown away. Only loopback is used.
set -eu
setup=${1:?the installer}

say() { printf '%s\n' "$*" >&2; }
fail() {
	say "FAILED: $*"
	exit 1
}

setup=$(cd "$(dirname "$setup")" && pwd)/$(basename "$setup")
cd "$(dirname "$0")/../.."
case $(uname) in
MINGW* | MSYS*)
	here=$(mktemp -d)
	run() { MSYS2_ARG_CONV_EXCL='*' "$@"; }
	native() { cygpath -w "$1"; }
	unixy() { cygpath -u "$1"; }
	leave() { rm -rf "$here"; }
	;;
*)
	packaging/windows/wine.sh --setup
	. packaging/windows/prefix.sh
	run() { packaging/windows/wine.sh wine "$@"; }
	native() { packaging/windows/wine.sh winepath -w "$1"; }
	unixy() { packaging/windows/wine.sh winepath -u "$1"; }
	;;
esac
trap leave EXIT
trap 'exit 1' INT TERM

# folder NAME is the folder that a variable of the system names.
folder() { unixy "$(run cmd /c "echo %$1%" | tr -d '\r')"; }
local=$(folder LOCALAPPDATA)
roaming=$(folder APPDATA)
programs="$local/Programs/Stratos Drive"
entry="$roaming/Microsoft/Windows/Start Menu/Programs/Stratos Drive.lnk"
uninstall='HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\io.github.stratosdrive'
autostart='HKCU\Software\Microsoft\Windows\CurrentVersion\Run'
files='HKCU\Software\Classes\.stos'
links='HKCU\Software\Classes\stos'
[ ! -e "$programs" ] || fail "there is a Stratos Drive here already: $programs"

# registry KEY [NAME] prints a value of the registry, the default one without
# NAME; it fails where there is none.
registry() {
	if [ $# = 1 ]; then set -- "$1" /ve; else set -- "$1" /v "$2"; fi
	run reg query "$@" >"$here/value" 2>/dev/null || return 1
	tr -d '\r' <"$here/value"
}
stos() {
	code=0
	run "$programs/stos.exe" "$@" >"$here/out" || code=$?
	tr -d '\r' <"$here/out"
	return $code
}

# gone waits up to a minute until a folder is gone: the uninstaller goes on from
# a copy of itself.
gone() {
	for _ in $(seq 120); do
		[ -e "$1" ] || return 0
		sleep 0.5
	done
	return 1
}

say "Installing"
run "$setup" /S || fail "the installer left with $?"
for file in stratosdrive.exe stos.exe stosnet.exe uninstall.exe LICENSE.txt THIRD-PARTY-NOTICES.txt; do
	[ -f "$programs/$file" ] || fail "$file was not installed"
done
[ -f "$entry" ] || fail "there is no entry in the start menu"
registry "$links\\shell\\open\\command" | grep -q 'stratosdrive.exe" "%1"' || fail "links are not registered"
registry "$links" 'URL Protocol' >/dev/null || fail "links are not registered as such"
registry "$files" | grep -q 'io.github.stratosdrive.link' || fail "files with a link are not registered"
registry "$uninstall" DisplayName | grep -q 'Stratos Drive' || fail "the system does not list the program"

say "Looking at what is said where libmpv is missing"
if [ ! -f "$programs/libmpv-2.dll" ]; then
	printf 'no film' >"$here/film.mp4"
	stos --home "$(native "$here")" play "$(native "$here/film.mp4")" --headless 2>"$here/said" && fail "played without libmpv"
	grep -q 'libmpv' "$here/said" || fail "of libmpv is said: $(cat "$here/said")"
fi

say "Starting and asking a practice network, in the profile of the user"
stos net up >/dev/null || fail "the practice network did not start"
stos net status --json | grep -q '"running": *true' || fail "the practice network is not seen"

say "Refusing to replace a program that runs"
code=0
run "$setup" /S || code=$?
[ "$code" = 3 ] || fail "the installer left with $code while a program ran"
stos net status --json | grep -q '"running": *true' || fail "the installer ended the practice network"
stos net down >/dev/null || fail "the practice network did not stop"

say "The demo, without the player"
stos demo --without-player --json >"$here/demo.json" || fail "the demo: see above"
grep -q '"seconds"' "$here/demo.json" || fail "the demo says $(cat "$here/demo.json")"

say "Installing again over it, as an update does"
run "$setup" /S || fail "the update left with $?"

say "Removing"
run reg add "$autostart" /v io.github.stratosdrive /d x /f >/dev/null
run reg add "$autostart" /v io.github.stratosdrive-00c0ffee /d x /f >/dev/null
run reg add "$autostart" /v another /d x /f >/dev/null
run "$programs/uninstall.exe" /S || fail "the uninstaller left with $?"
gone "$programs" || fail "left behind: $(ls "$programs")"
[ ! -e "$entry" ] || fail "the start menu still has the program"
! registry "$links" >/dev/null || fail "links are still registered"
! registry "$files" >/dev/null || fail "files with a link are still registered"
! registry "$uninstall" DisplayName >/dev/null || fail "the system still lists the program"
! registry "$autostart" io.github.stratosdrive >/dev/null || fail "it would still start with the system"
! registry "$autostart" io.github.stratosdrive-00c0ffee >/dev/null || fail "another profile would still start with the system"
registry "$autostart" another >/dev/null || fail "a start of somebody else was removed"
run reg delete "$autostart" /v another /f >/dev/null
[ -d "$roaming/stratosdrive" ] || fail "the data of the user is gone"
say "All true: installed, used, refused while running, updated and removed; the user's data stayed."
