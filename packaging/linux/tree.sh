#!/bin/sh
# Lay out what is installed below /usr (a .deb) or /app (a Flatpak):
#
#   packaging/linux/tree.sh VERSION PROGRAMS NOTICES FACTS TREE
#
# PROGRAMS is a folder with the three programs, FACTS the program of packaging/facts.
set -eu
cd "$(dirname "$0")/../.."
version=$1 programs=$2 notices=$3 facts=$4 tree=$5
. packaging/env.sh
id=io.github.stratosdrive
here=packaging/linux

mkdir -p "$tree/bin" "$tree/share/applications" "$tree/share/metainfo" "$tree/share/mime/packages" "$tree/share/man/man1" \
	"$tree/share/bash-completion/completions" "$tree/share/zsh/vendor-completions" "$tree/share/fish/vendor_completions.d" \
	"$tree/share/doc/stratosdrive" "$tree/share/icons/hicolor/scalable/apps"
cp "$programs/stratosdrive" "$programs/stos" "$programs/stosnet" "$tree/bin/"
cp $here/$id.desktop "$tree/share/applications/"
cp $here/$id.mime.xml "$tree/share/mime/packages/$id.xml"
sed -e "s/@VERSION@/$version/" -e "s/@DATE@/$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%d)/" $here/$id.metainfo.xml \
	>"$tree/share/metainfo/$id.metainfo.xml"
cp assets/icon.svg "$tree/share/icons/hicolor/scalable/apps/$id.svg"
"$facts" icons -name $id "$tree/share/icons/hicolor"
cp "$notices" "$tree/share/doc/stratosdrive/third-party-notices"

# The programs themselves know their commands and flags.
"$programs/stratosdrive" --manual man >"$tree/share/man/man1/stratosdrive.1"
for shell in bash zsh fish; do
	case $shell in
	bash) into="$tree/share/bash-completion/completions/NAME" ;;
	zsh) into="$tree/share/zsh/vendor-completions/_NAME" ;;
	fish) into="$tree/share/fish/vendor_completions.d/NAME.fish" ;;
	esac
	"$programs/stratosdrive" --manual $shell >"$(echo "$into" | sed s/NAME/stratosdrive/)"
	for name in stos stosnet; do
		"$programs/$name" completion $shell >"$(echo "$into" | sed s/NAME/$name/)"
	done
done
for name in stos stosnet; do
	"$programs/$name" manual >"$tree/share/man/man1/$name.1"
done
gzip -n -9 "$tree"/share/man/man1/*.1 "$tree/share/doc/stratosdrive/third-party-notices"
chmod 755 "$tree"/bin/*
