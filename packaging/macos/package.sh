#!/bin/sh
# Build Stratos Drive for macOS and pack it:
#
#   packaging/macos/package.sh VERSION dist/
#
# makes dist/stratosdrive-VERSION-darwin-ARCH.dmg, an image with the bundle
# "Stratos Drive.app". The window needs Apple's compiler, so this builds on a
# Mac. Elsewhere it packs programs that a Mac built, BINARIES=folder, into a
# .zip of the bundle, which is all but the image and the signature. What the
# programs are made of is written beside either (.cdx.json).
#
#   LIBMPV=folder      packs the libraries in it into the bundle (README.md)
#   IDENTITY=name      signs with this "Developer ID Application"; empty: ad hoc
#   NOTARY=profile     asks Apple to notarize, with this profile of notarytool
set -eu
cd "$(dirname "$0")/../.."
version=${1:?version}
dist=${2:-dist}
. packaging/env.sh

mac=$([ "$(uname)" = Darwin ] && echo yes || echo no)
arch=${GOARCH:-$([ $mac = yes ] && $GO env GOARCH || echo arm64)}
name=stratosdrive-$version-darwin-$arch
mkdir -p "$dist"
dist=$(cd "$dist" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
bundle="$work/image/Stratos Drive.app/Contents"
mkdir -p "$bundle/MacOS" "$bundle/Resources" "$bundle/Frameworks"

if [ -n "${BINARIES:-}" ]; then
	for program in stratosdrive stos stosnet; do cp "$BINARIES/$program" "$bundle/MacOS/"; done
elif [ $mac = yes ]; then
	CGO_ENABLED=1 GOOS=darwin GOARCH=$arch MACOSX_DEPLOYMENT_TARGET=12.0 $GO build -trimpath -buildvcs=false \
		-ldflags "$(stamp "$version")" -o "$bundle/MacOS/" ./cmd/stratosdrive ./cmd/stos ./cmd/stosnet
else
	printf 'The window for macOS is built on a Mac. Build it there, or name a folder with its programs: BINARIES=folder\n' >&2
	exit 1
fi

# Apple wants numbers alone: of the version those of the tag.
number=$(printf '%s\n' "$version" | sed -nE 's/^v?([0-9]+\.[0-9]+\.[0-9]+).*$/\1/p')
sed "s/VERSION/${number:-0.0.0}/" packaging/Info.plist >"$bundle/Info.plist"
printf 'APPL????' >"$bundle/PkgInfo"
cp LICENSE "$bundle/Resources/"
told "$version" "$work" "$bundle"/MacOS/*
cp "$work/notices" "$bundle/Resources/THIRD-PARTY-NOTICES.txt"
GOOS='' GOARCH='' $GO run ./packaging/macos/icns assets/icon.png "$bundle/Resources/icon.icns"
if [ -n "${LIBMPV:-}" ]; then cp "$LIBMPV"/*.dylib "$bundle/Frameworks/"; fi
rmdir "$bundle/Frameworks" 2>/dev/null || true
chmod -R u=rwX,go=rX "$work/image"

if [ $mac = no ]; then
	find "$work/image" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
	rm -f "$dist/$name.zip"
	(cd "$work/image" && find . -type f | LC_ALL=C sort | zip -q -X -9 -@ "$dist/$name.zip")
	cp "$work/sbom" "$dist/$name.zip.cdx.json"
	printf '%s\n' "$dist/$name.zip"
	exit
fi

# Inside out: libraries, programs, bundle. Apple notarizes only what forbids
# itself most things; the one that is allowed again is in entitlements.plist.
sign() {
	if [ -n "${IDENTITY:-}" ]; then
		codesign --force --timestamp --options runtime --sign "$IDENTITY" "$@"
	else
		codesign --force --sign - "$@"
	fi
}
find "$bundle/Frameworks" -name '*.dylib' 2>/dev/null | while read -r library; do sign "$library"; done
for program in stos stosnet stratosdrive; do sign --entitlements packaging/macos/entitlements.plist "$bundle/MacOS/$program"; done
sign --entitlements packaging/macos/entitlements.plist "$work/image/Stratos Drive.app"
codesign --verify --strict --deep "$work/image/Stratos Drive.app"

ln -s /Applications "$work/image/Applications"
rm -f "$dist/$name.dmg"
hdiutil create -quiet -volname "Stratos Drive" -srcfolder "$work/image" -format UDZO -fs HFS+ "$dist/$name.dmg"
if [ -n "${IDENTITY:-}" ]; then sign "$dist/$name.dmg"; fi
if [ -n "${NOTARY:-}" ]; then
	xcrun notarytool submit "$dist/$name.dmg" --keychain-profile "$NOTARY" --wait
	xcrun stapler staple "$dist/$name.dmg"
fi
cp "$work/sbom" "$dist/$name.dmg.cdx.json"
printf '%s\n' "$dist/$name.dmg"
