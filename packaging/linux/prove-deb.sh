#!/bin/sh
# Prove the .deb in a fresh Debian: packaging/linux/prove-deb.sh PACKAGE [PICTURE]
#
# A new root is made, the package is installed there with what it depends on, and
# nothing else. Then, in name spaces of its own, where only the loopback network is
# there: the window is opened under Xvfb and photographed into PICTURE, a link is
# looked up, `stos demo` is run, the package is removed, and the files of the root are
# compared with those from before: only the user's own may be new.
#
#   BASE=DIR       begins with a copy of a root that debootstrap made earlier
#   MIRROR=URL     where Debian's packages come from, if not from where debootstrap gets them
#   SUITE=NAME     which Debian: bookworm
#
# Needs root. Everything is under one temporary folder, which is removed at the end.
set -eu

if [ "${1:-}" != --inside ]; then
	cd "$(dirname "$0")/../.."
	package=$(readlink -f "${1:?the package}")
	picture=${2:-$PWD/dist/prove-deb.png}
	suite=${SUITE:-bookworm}
	work=$(mktemp -d -p /var/tmp) # /tmp may forbid the devices of a system
	root=$work/root
	trap 'rm -rf "$work"' EXIT
	say() { printf '%s\n' "$*" >&2; }

	say "Looking at the package with lintian"
	lintian --fail-on error "$package" >&2

	say "Making a fresh Debian ($suite)"
	if [ -n "${BASE:-}" ]; then
		cp -a "$BASE" "$root"
	else
		debootstrap --variant=minbase "$suite" "$root" ${MIRROR:+"$MIRROR"} >"$work/debootstrap.log" 2>&1 || { tail "$work/debootstrap.log" >&2; exit 1; }
	fi
	# No program of a package may be started while it is installed.
	printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
	chmod 755 "$root/usr/sbin/policy-rc.d"
	cp /etc/resolv.conf "$root/etc/resolv.conf"
	cp "$package" "$root/stratosdrive.deb"

	say "Installing what the package depends on"
	# In a name space of its own, so that nothing stays mounted whatever happens.
	unshare --mount --pid --fork --kill-child sh -eu -c '
		mount -t proc proc "$1/proc"
		export DEBIAN_FRONTEND=noninteractive
		chroot "$1" apt-get update -q
		depends=$(chroot "$1" dpkg-deb -f /stratosdrive.deb Depends | sed "s/([^)]*)//g; s/|[^,]*//g; s/,/ /g")
		chroot "$1" apt-get install -q -y --no-install-recommends $depends
		chroot "$1" apt-get install -q -y --no-install-recommends desktop-file-utils shared-mime-info man-db bash-completion procps ffmpeg
	' sh "$root" >"$work/apt.log" 2>&1 || { tail "$work/apt.log" >&2; exit 1; }
	mkdir -p "$(dirname "$picture")"
	unshare --mount --pid --net --fork --kill-child "$0" --inside "$root" "$work" "$picture"
	say "Proved: $(basename "$package")"
	exit 0
fi

# From here on: process 1 of its own name spaces. Whatever is started ends with it.
root=$2 work=$3 picture=$4
export DISPLAY=:77
mount -t proc proc /proc
ip link set lo up
mount -t proc proc "$root/proc"
mount -t tmpfs tmpfs "$root/dev"
mkdir "$root/dev/shm" "$root/dev/pts"
for device in null zero random urandom full tty; do
	touch "$root/dev/$device"
	mount --bind "/dev/$device" "$root/dev/$device"
done
ln -s /proc/self/fd "$root/dev/fd" # completions of bash read from it
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/bin:/bin:/usr/sbin:/sbin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive DISPLAY="$DISPLAY" "$@"; }
person() { inside runuser -u ana -- /usr/bin/env HOME=/home/ana XDG_RUNTIME_DIR=/run/ana DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent "$@"; }
files() { (cd "$root" && find . -xdev \( -path ./proc -o -path ./dev -o -path ./tmp \) -prune -o -print | LC_ALL=C sort); }
wrong() { printf 'NOT PROVED: %s\n' "$*" >&2; exit 1; }
said() { printf '  %s\n' "$*" >&2; }

inside useradd -m ana
mkdir -p "$root/run/ana"
inside chown ana /run/ana
# The socket lies in a folder of its own, which only these name spaces see: nothing of
# the display stays in /tmp.
mkdir -p -m 1777 "$work/x11" "$root/tmp/.X11-unix" /tmp/.X11-unix
mount --bind "$work/x11" /tmp/.X11-unix
mount --bind "$work/x11" "$root/tmp/.X11-unix"
Xvfb $DISPLAY -screen 0 1280x800x24 -nolisten tcp -nolock >"$work/xvfb.log" 2>&1 &
tries=0
until [ -S /tmp/.X11-unix/X77 ]; do
	tries=$((tries + 1))
	[ $tries -lt 600 ] || wrong "Xvfb did not start"
	sleep 0.1
done

files >"$work/before"
inside dpkg -i /stratosdrive.deb >"$work/dpkg.log" 2>&1 || { cat "$work/dpkg.log" >&2; wrong "the package cannot be installed"; }
said "installed, $(inside dpkg-query -W -f '${Installed-Size}' stratosdrive) KiB"

[ "$(person stos --version | wc -l)" = 1 ] || wrong "stos does not run"
for page in stratosdrive stos stosnet; do
	[ "$(inside man -w $page 2>/dev/null)" = /usr/share/man/man1/$page.1.gz ] || gzip -t "$root/usr/share/man/man1/$page.1.gz" || wrong "no manual page of $page"
done
# What a shell offers after "stos dri" and the tabulator.
offered=$(person bash --norc -c '
	. /usr/share/bash-completion/bash_completion
	. /usr/share/bash-completion/completions/stos
	COMP_WORDS=(stos dri) COMP_CWORD=1 COMP_LINE="stos dri" COMP_POINT=8 COMP_TYPE=9 COMP_KEY=9
	compopt() { :; } # answers only the shell itself
	__start_stos stos dri stos
	printf "%s\n" "${COMPREPLY[@]}"' | head -1)
[ "${offered%% *}" = drive ] || wrong "a shell completes stos dri with: $offered"
said "manual pages and completion are there"
grep -q '^x-scheme-handler/stos=io.github.stratosdrive.desktop' "$root/usr/share/applications/mimeinfo.cache" || wrong "links are not registered"
grep -q '^application/x-stos-link:\*\.stos$' "$root/usr/share/mime/globs" || wrong "the file type is not registered"
said "links and the file type are registered"

person stratosdrive >"$work/window.log" 2>&1 &
window=$!
tries=0
until DISPLAY=$DISPLAY xdotool search --onlyvisible --name '^Stratos Drive$' >/dev/null 2>&1; do
	tries=$((tries + 1))
	kill -0 $window 2>/dev/null || { cat "$work/window.log" >&2; wrong "stratosdrive ended"; }
	[ $tries -lt 1200 ] || wrong "there is no window"
	sleep 0.1
done
# A window is there before it is painted: a picture of many colours is one of a page.
tries=0
until [ "$(import -window root -depth 8 png:- | tee "$picture" | identify -format '%k' -)" -gt 64 ]; do
	tries=$((tries + 1))
	[ $tries -lt 300 ] || wrong "the window stays empty, see $picture"
	sleep 0.2
done
said "the window is there, see $picture"
[ ! -e "$root/home/ana/.local/share/applications/io.github.stratosdrive.desktop" ] || wrong "the program registers what the package registered"
id=$(DISPLAY=$DISPLAY xdotool search --onlyvisible --name '^Stratos Drive$' | head -1)
pid=$(inside pgrep -x stratosdrive | head -1)
[ -n "$id" ] && kill "$pid"
wait $window || { cat "$work/window.log" >&2; wrong "the window did not end well"; }

person stos demo >"$work/demo.log" 2>&1 || { cat "$work/demo.log" >&2; wrong "the demo failed"; }
said "stos demo: $(tail -1 "$work/demo.log")"

inside dpkg --purge stratosdrive >>"$work/dpkg.log" 2>&1 || { cat "$work/dpkg.log" >&2; wrong "the package cannot be removed"; }
files >"$work/after"
# Caches and logs that Debian's own tools keep of what they did are theirs.
left=$(LC_ALL=C comm -13 "$work/before" "$work/after" | grep -v -E '^\./(home/ana|run/ana|var/(cache|log|lib/dpkg)|usr/share/mime|usr/share/applications/mimeinfo\.cache|root)(/|$)' || true)
[ -z "$left" ] || wrong "left behind: $left"
if grep -q -r -e stratosdrive -e x-stos-link "$root/usr/share/mime/packages" "$root/usr/share/mime/globs" "$root/usr/share/applications" 2>/dev/null; then
	wrong "still registered after the package was removed"
fi
said "removed; left are only files of the user:"
LC_ALL=C comm -13 "$work/before" "$work/after" | grep '^\./home/ana' | sed 's/^/    /' | head -20 >&2
