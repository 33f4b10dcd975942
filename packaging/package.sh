#!/bin/sh
# Pack the three programs for this system: dist/stratosdrive-VERSION-OS-ARCH.tar.gz
set -eu
cd "$(dirname "$0")/.."
version=${1:?version}
GO=${GO:-go}
name=stratosdrive-$version-$($GO env GOOS)-$($GO env GOARCH)

rm -rf "dist/$name"
mkdir -p "dist/$name"
# Without paths and symbols: smaller, and the same wherever it is built.
$GO build -trimpath -ldflags "-s -w -X main.version=$version" -o "dist/$name/" ./cmd/...
if [ "$($GO env GOOS)" = darwin ]; then
	bundle="dist/$name/Stratos Drive.app/Contents"
	mkdir -p "$bundle/MacOS"
	mv "dist/$name/stratosdrive" "$bundle/MacOS/"
	cp "dist/$name/stosnet" "$bundle/MacOS/"
	sed "s/VERSION/$version/" packaging/Info.plist > "$bundle/Info.plist"
fi
cp LICENSE README.md "dist/$name/"
tar -C dist --sort=name --owner=0 --group=0 --numeric-owner -czf "dist/$name.tar.gz" "$name"
rm -rf "dist/$name"
printf 'dist/%s.tar.gz\n' "$name"
