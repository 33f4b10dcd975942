#!/bin/sh
# Take the pictures of docs/img anew: `internal/house/pictures.sh`, or with a folder of
# screenshots that are there already.
#
# The scripted people of cmd/stratosdrive photograph each step where STOS_SHOTS
# says. Look at all of them; those that the README and the guide show are reduced
# to 160 colours and put into docs/img. Needs ImageMagick (packaging/deps.sh test).
set -eu
cd "$(dirname "$0")/../.."
GO=${GO:-go}

shown='start-wallet start added drive share link link-opened watch wallet send stake conflict versions activity settings drive-dark'

shots=${1:-}
if [ -z "$shots" ]; then
	shots=$(mktemp -d)
	STOS_SHOTS=$shots $GO test -count=1 -run 'TestWindow|TestMoney|TestNewWallet|TestVisit' ./cmd/stratosdrive
fi
mkdir -p docs/img
lacking=0
for name in $shown; do
	[ -f "$shots/$name.png" ] || { echo "There is no picture $name in $shots; the one in docs/img is left as it is." >&2; lacking=1; continue; }
	convert "$shots/$name.png" -strip +dither -colors 160 -define png:compression-level=9 "PNG8:docs/img/$name.png"
done
du -ch docs/img | tail -1
printf 'All screenshots are in %s\n' "$shots"
exit "$lacking"
