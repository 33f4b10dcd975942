package update

import (
	"regexp"

	"golang.org/x/mod/semver"
)

// described is what git appends to the tag that a build is based on: how many
// changes lie between, the newest of them, and whether there are more.
var described = regexp.MustCompile(`-[0-9]+-g[0-9a-f]{4,40}(-dirty)?$|-dirty$`)

// Version returns the release that a build is or is based on, as a semantic
// version. ok is false for builds of no release.
func Version(build string) (version string, ok bool) {
	if build != "" && build[0] != 'v' {
		build = "v" + build
	}
	version = described.ReplaceAllString(build, "")
	return version, released(version)
}

// released tells whether a version may name a release: three whole numbers, a
// pre-release after them or not, and nothing that does not count when versions
// are compared.
func released(version string) bool {
	return semver.IsValid(version) && semver.Canonical(version) == version && len(version) <= 64
}

// Newer tells whether a release is newer than a build. A build of no release is
// never older than anything.
func Newer(release, build string) bool {
	own, ok := Version(build)
	return ok && released(release) && semver.Compare(release, own) > 0
}
