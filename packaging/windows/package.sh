#!/bin/sh
# Build the three programs for Windows (64-bit) on Linux and pack them:
#
#   packaging/windows/package.sh VERSION dist/
#
# makes dist/stratosdrive-VERSION-windows-amd64-setup.exe, an installer for one
# user, and dist/stratosdrive-VERSION-windows-amd64.zip, the same without one; and
# beside both what they are made of (.cdx.json).
#
#   LIBMPV=libmpv-2.dll      packs this libmpv beside the programs
#   SIGN=packaging/windows/sign.sh   signs each program with this script
#
# Without SIGN, two builds of one commit are the same byte for byte.
set -eu
cd "$(dirname "$0")/../.."
version=${1:?version}
dist=${2:-dist}
. packaging/env.sh
WINRES=github.com/tc-hib/go-winres@v0.3.3

name=stratosdrive-$version-windows-amd64
mkdir -p "$dist"
dist=$(cd "$dist" && pwd)
work=$(mktemp -d)
resources="cmd/stratosdrive/rsrc_windows_amd64.syso cmd/stos/rsrc_windows_amd64.syso cmd/stosnet/rsrc_windows_amd64.syso"
# shellcheck disable=SC2086
trap 'rm -rf "$work" $resources' EXIT INT TERM

# Windows wants four numbers: those of the tag, and how many commits ago it was.
numbers=$(printf '%s\n' "$version" | sed -nE 's/^v?([0-9]+)\.([0-9]+)\.([0-9]+)(-([0-9]+)-g.*)?.*$/\1.\2.\3.\5/p' | sed 's/\.$/.0/')
numbers=${numbers:-0.0.0.0}

# resource PROGRAM GUI DESCRIPTION puts the icon, the manifest and the version
# where the linker finds them.
resource() {
	sed -e "s/PROGRAM/$1/" -e "s/GUI/$2/" -e "s/DESCRIPTION/$3/" -e "s/TEXT/$version/" packaging/windows/winres.json >"$work/winres.json"
	cp assets/icon.png "$work/"
	GOOS='' GOARCH='' $GO run "$WINRES" make --in "$work/winres.json" --out "cmd/$1/rsrc" --arch amd64 \
		--product-version "$numbers" --file-version "$numbers"
}

# build CGO PROGRAM FLAGS builds one program for Windows, without paths,
# symbols and times.
build() {
	CGO_ENABLED=$1 GOOS=windows GOARCH=amd64 CC=x86_64-w64-mingw32-gcc CXX=x86_64-w64-mingw32-g++ \
		$GO build -trimpath -buildvcs=false -ldflags "$(stamp "$version") $3" -o "$work/files/" "./cmd/$2"
}

mkdir "$work/files"
resource stratosdrive true "Stratos Drive"
resource stos false "Stratos Drive without a window"
resource stosnet false "A Stratos network on one machine"
build 1 stratosdrive "-H windowsgui -extldflags=-Wl,--no-insert-timestamp"
build 0 stos ""
build 0 stosnet ""

cp LICENSE "$work/files/LICENSE.txt"
told "$version" "$work" "$work"/files/*.exe
cp "$work/notices" "$work/files/THIRD-PARTY-NOTICES.txt"
if [ -n "${LIBMPV:-}" ]; then
	cp "$LIBMPV" "$work/files/libmpv-2.dll"
fi
sign() { [ -z "${SIGN:-}" ] || "$SIGN" "$@"; }
for program in stratosdrive stos stosnet; do
	sign "$work/files/$program.exe"
done

# The icon of the installer, in every size, is taken from the program.
GOOS='' GOARCH='' $GO run "$WINRES" extract --dir "$work/winres" "$work/files/stos.exe"
icon=$(find "$work/winres" -name '*.ico' | head -1)
chmod -R u=rwX,go=rX "$work/files"
find "$work/files" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
makensis -V2 -NOCD -INPUTCHARSET UTF8 -DVERSION="$version" -DNUMBERS="$numbers" -DFILES="$work/files" -DICON="$icon" \
	-DOUT="$work/$name-setup.exe" packaging/windows/installer.nsi
sign "$work/$name-setup.exe"
mv "$work/$name-setup.exe" "$dist/"

mv "$work/files" "$work/$name"
rm -f "$dist/$name.zip"
(cd "$work" && find "$name" -type f | LC_ALL=C sort | zip -q -X -9 -@ "$dist/$name.zip")
for package in "$dist/$name-setup.exe" "$dist/$name.zip"; do
	cp "$work/sbom" "$package.cdx.json"
	printf '%s\n' "$package"
done
