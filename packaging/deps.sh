#!/bin/sh
# Install the system packages that Stratos Drive needs, and nothing else.
#
#   packaging/deps.sh [build] [run] [test] [bench] [windows] [wine] [package] [prove]
#                                           (the first three when none is named)
#
# Knows apt (Debian, Ubuntu), dnf (Fedora), pacman (Arch) and brew (macOS).
# Says what it installs and does nothing when all of it is there.
set -eu

groups=${*:-build run test}

say() { printf '%s\n' "$*" >&2; }

wants() {
	case " $groups " in *" $1 "*) return 0 ;; esac
	return 1
}

as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif command -v sudo >/dev/null 2>&1; then
		sudo "$@"
	else
		say "Installing packages needs root. Run this as root, or install them yourself: $missing"
		exit 1
	fi
}

# packages GROUP prints the package names of one group for this system.
packages() {
	case "$manager:$1" in
	apt:build) echo gcc libc6-dev pkg-config libgl1-mesa-dev xorg-dev libwayland-dev libxkbcommon-dev wayland-protocols ;;
	apt:run) echo "$(apt_libmpv)" ffmpeg libgl1-mesa-dri ;;
	apt:test) echo curl fonts-wqy-microhei xvfb xauth openbox xdotool imagemagick procps dbus gnome-keyring ;;
	apt:bench) echo syncthing restic mpv ;;
	apt:package) echo dpkg-dev ;;
	apt:prove) echo debootstrap lintian xvfb xdotool imagemagick iproute2 ;;
	apt:windows) echo gcc-mingw-w64-x86-64 nsis zip ;;
	apt:wine) echo wine wine64 debootstrap bubblewrap ;;
	dnf:build) echo gcc pkgconf-pkg-config mesa-libGL-devel libXcursor-devel libXrandr-devel libXinerama-devel libXi-devel libXxf86vm-devel wayland-devel libxkbcommon-devel wayland-protocols-devel ;;
	dnf:run) echo mpv-libs ffmpeg-free mesa-dri-drivers ;;
	dnf:test) echo curl wqy-microhei-fonts xorg-x11-server-Xvfb xorg-x11-xauth openbox xdotool ImageMagick procps-ng dbus-daemon gnome-keyring ;;
	dnf:bench) echo syncthing restic mpv ;;
	dnf:windows) echo mingw64-gcc mingw-nsis-base zip ;;
	dnf:wine) echo wine-core ;;
	pacman:build) echo gcc pkgconf libgl libxcursor libxrandr libxinerama libxi libxxf86vm wayland libxkbcommon wayland-protocols ;;
	pacman:run) echo mpv ffmpeg mesa ;;
	pacman:test) echo curl wqy-microhei xorg-server-xvfb xorg-xauth openbox xdotool imagemagick procps-ng dbus gnome-keyring ;;
	pacman:bench) echo syncthing restic ;;
	brew:build) echo pkg-config ;;
	brew:run) echo mpv ffmpeg ;;
	brew:test) echo imagemagick ;;
	brew:bench) echo syncthing restic ;;
	esac
}

# The library is called after its interface version, which differs by release.
apt_libmpv() {
	for name in libmpv2 libmpv1; do
		if apt-cache show "$name" >/dev/null 2>&1 || installed "$name"; then
			echo "$name"
			return
		fi
	done
	echo libmpv2
}

installed() {
	case $manager in
	apt) dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed' ;;
	dnf) rpm -q --whatprovides "$1" >/dev/null 2>&1 ;;
	pacman) pacman -Qq "$1" >/dev/null 2>&1 ;;
	brew) brew list "$1" >/dev/null 2>&1 ;;
	esac
}

install_all() {
	case $manager in
	apt)
		as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q >/dev/null
		# shellcheck disable=SC2086
		as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing >/dev/null
		;;
	# shellcheck disable=SC2086
	dnf) as_root dnf install -q -y $missing ;;
	# shellcheck disable=SC2086
	pacman) as_root pacman -S --needed --noconfirm $missing ;;
	# shellcheck disable=SC2086
	brew) brew install --quiet $missing ;;
	esac
}

manager=
for candidate in apt-get dnf pacman brew; do
	if command -v "$candidate" >/dev/null 2>&1; then
		manager=${candidate%-get}
		break
	fi
done
if [ -z "$manager" ]; then
	say "This system has none of apt, dnf, pacman and brew. Install a C compiler, the OpenGL and X11 headers, libmpv and ffmpeg yourself."
	exit 1
fi

missing=
for group in build run test bench windows wine package prove; do
	wants "$group" || continue
	for name in $(packages "$group"); do
		installed "$name" || missing="$missing $name"
	done
done
missing=${missing# }
[ -n "$missing" ] || exit 0

say "Installing with $manager: $missing"
install_all
