#!/bin/sh
# Make the packages for Linux: packaging/linux/package.sh VERSION DIST
#
#   stratosdrive-VERSION-linux-ARCH.tar.gz   to unpack anywhere
#   stratosdrive_VERSION_ARCH.deb            for Debian and Ubuntu
#
# and beside each of them what it is made of (.cdx.json).
set -eu
cd "$(dirname "$0")/../.."
version=${1:?version}
dist=${2:?folder}
. packaging/env.sh
arch=$($GO env GOARCH)
name=stratosdrive-$version-linux-$arch

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
programs=$work/programs
built "$version" "$programs"
told "$version" "$work" "$programs"/*

tree=$work/tree
packaging/linux/tree.sh "$version" "$programs" "$work/notices" "$work/facts" "$tree"

# The archive holds everything in one folder: it runs where it is unpacked.
flat=$work/$name
mkdir -p "$flat"
cp "$programs"/* LICENSE README.md "$flat/"
cp "$work/notices" "$flat/third-party-notices.txt"
cp -r "$tree/share/man" "$flat/man"
mkdir "$flat/completions"
cp "$tree/share/bash-completion/completions/"* "$tree/share/zsh/vendor-completions/"* "$tree/share/fish/vendor_completions.d/"* "$flat/completions/"
packed "$dist/$name.tar.gz" "$work" "$name"
cp "$work/sbom" "$dist/$name.tar.gz.cdx.json"

if command -v dpkg-deb >/dev/null; then
	packaging/linux/deb.sh "$version" "$tree" "$work" "$dist"
else
	echo "No .deb: it needs dpkg-deb." >&2
fi
