#!/bin/sh
# Make the package for Debian and Ubuntu: packaging/linux/deb.sh VERSION TREE WORK DIST
#
# TREE is what tree.sh laid out. WORK/sbom is copied beside the package.
set -eu
cd "$(dirname "$0")/../.."
version=$1 tree=$2 work=$3 dist=$4
. packaging/env.sh
here=$PWD/packaging/linux
arch=$(dpkg --print-architecture)

deb=$(debian "$version")

root=$work/deb
mkdir -p "$root/DEBIAN"
cp -r "$tree" "$root/usr"
doc=$root/usr/share/doc/stratosdrive
cp "$here/debian/copyright" "$doc/copyright"
{
	printf 'stratosdrive (%s) unstable; urgency=medium\n\n' "$deb"
	printf '  * See https://github.com/stratosdrive/stratosdrive/releases\n\n'
	printf ' -- The Stratos Drive contributors <stratosdrive@users.noreply.github.com>  %s\n' "$(date -u -R -d "@$SOURCE_DATE_EPOCH")"
} | gzip -n -9 >"$doc/changelog.gz"
mkdir -p "$root/usr/share/lintian/overrides"
cp "$here/debian/lintian-overrides" "$root/usr/share/lintian/overrides/stratosdrive"

# What the programs are linked with; what they load while they run is in the control file.
mkdir -p "$work/shlibs/debian"
: >"$work/shlibs/debian/control"
(cd "$work/shlibs" && dpkg-shlibdeps -O "$root"/usr/bin/* >linked 2>log) || { cat "$work/shlibs/log" >&2; exit 1; }
linked=$(sed -n 's/^shlibs:Depends=//p' "$work/shlibs/linked")
[ -n "$linked" ] || { echo "dpkg-shlibdeps says of no library that it is needed." >&2; exit 1; }
size=$(find "$root/usr" -type f -printf '%s\n' | awk '{ kib += int(($1 + 1023) / 1024) } END { print kib }')
sed -e "s/@VERSION@/$deb/" -e "s/@ARCH@/$arch/" -e "s/@SIZE@/$size/" -e "s/@LINKED@/$linked/" "$here/debian/control" >"$root/DEBIAN/control"
(cd "$root" && find usr -type f | LC_ALL=C sort | xargs md5sum) >"$root/DEBIAN/md5sums"
# Whatever modes the files of the checkout have, everybody may read what is installed.
chmod -R u=rwX,go=rX "$root"
find "$root/usr" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +

package=$(deb_name "$version" "$arch")
dpkg-deb --root-owner-group -Zxz -z6 --build "$root" "$dist/$package" >/dev/null
cp "$work/sbom" "$dist/$package.cdx.json"
