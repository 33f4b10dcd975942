# What all scripts that make packages agree on; to be read with ". packaging/env.sh"
# in the folder of the project.
#
# The same source gives the same bytes, wherever and whenever it is built: times are
# those of the last commit, and nothing of the environment of who builds counts.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH
export TZ=UTC LC_ALL=C
umask 022
unset GOFLAGS GOEXPERIMENT CGO_CFLAGS CGO_CPPFLAGS CGO_LDFLAGS STOS_HOME STOS_NETWORK
GO=${GO:-go}

# stamp VERSION prints the flags of the linker: no symbols, the version, and where the
# programs look for newer ones: UPDATE_URL and UPDATE_KEYS (docs/updates.md).
stamp() {
	printf '%s' "-s -w -X main.version=$1 -X main.updateAddress=${UPDATE_URL:-} -X main.updateKeys=${UPDATE_KEYS:-}"
}

# built VERSION DIR builds the three programs into DIR, without the paths of this
# machine and without what the version control says.
built() {
	mkdir -p "$2"
	$GO build -trimpath -buildvcs=false -ldflags "$(stamp "$1")" -o "$2/" ./cmd/...
}

# debian VERSION prints it as Debian writes and sorts it: a pre-release comes before its
# release, what came after a tag comes after it, and what has no number before all others.
debian() {
	debian_version=$(printf '%s' "${1#v}" | sed -E 's/-([0-9]+)-g([0-9a-f]{4,40})/+\1+g\2/; s/-dirty$/+dirty/; s/-/~/g')
	case $debian_version in
	[0-9]*.[0-9]*) printf '%s\n' "$debian_version" ;;
	*) printf '0~%s.%s\n' "$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y%m%d)" "$debian_version" ;;
	esac
}

# deb_name VERSION ARCH prints what the file of the .deb is called. Inside the package the
# version has its ~; the name has none, for hosts of releases put something else in its place.
deb_name() {
	printf 'stratosdrive_%s_%s.deb\n' "$(debian "$1" | tr '~' -)" "$2"
}

# told VERSION DIR PROGRAM... writes of the programs: DIR/notices, the licences of what is
# linked into them, and DIR/sbom, the list of it. It fails where one has no licence or a
# strict one. DIR/facts, which it uses, is a program for this machine.
told() {
	told_version=$1 told_dir=$2
	shift 2
	GOOS='' GOARCH='' CGO_ENABLED='' $GO build -o "$told_dir/facts" ./packaging/facts
	"$told_dir/facts" notices "$@" >"$told_dir/notices"
	"$told_dir/facts" sbom -version "$told_version" -time "$SOURCE_DATE_EPOCH" "$@" >"$told_dir/sbom"
}

# packed ARCHIVE DIR NAME makes a .tar.gz of DIR/NAME in which nothing tells who made it.
packed() {
	tar -C "$2" --sort=name --owner=0 --group=0 --numeric-owner --mode=u+rwX,go=rX,go-w \
		--mtime="@$SOURCE_DATE_EPOCH" --format=ustar -cf - "$3" | gzip -n -9 >"$1"
}
