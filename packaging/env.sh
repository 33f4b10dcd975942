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

# built VERSION DIR builds the three programs into DIR, without the paths of this
# machine, without symbols and without what the version control says. UPDATE_URL and
# UPDATE_KEYS say where they look for newer versions (docs/updates.md).
built() {
	mkdir -p "$2"
	$GO build -trimpath -buildvcs=false -ldflags "-s -w -X main.version=$1 -X main.updateAddress=${UPDATE_URL:-} -X main.updateKeys=${UPDATE_KEYS:-}" -o "$2/" ./cmd/...
}

# packed ARCHIVE DIR NAME makes a .tar.gz of DIR/NAME in which nothing tells who made it.
packed() {
	tar -C "$2" --sort=name --owner=0 --group=0 --numeric-owner --mode=u+rwX,go=rX,go-w \
		--mtime="@$SOURCE_DATE_EPOCH" --format=ustar -cf - "$3" | gzip -n -9 >"$1"
}
