package update

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func TestVersionsOfBuilds(t *testing.T) {
	for build, want := range map[string]string{
		"v1.2.0": "v1.2.0", "1.2.0": "v1.2.0", "v1.2.0-rc.1": "v1.2.0-rc.1", "v1.2.0-3-g0123abc": "v1.2.0", "v1.2.0-3-g0123abc-dirty": "v1.2.0",
		"v1.2.0-dirty": "v1.2.0", "v1.2.0-rc.1-14-gabcdef0": "v1.2.0-rc.1",
		"": "", "dev": "", "0123abc": "", "v1": "", "v1.2": "", "v1.2.0+x": "", "v01.2.0": "", "vv1.2.0": "",
	} {
		if got, ok := Version(build); ok != (want != "") || ok && got != want {
			t.Errorf("%q is %q, %v", build, got, ok)
		}
	}
}

func TestNewer(t *testing.T) {
	for pair, want := range map[[2]string]bool{
		{"v1.2.0", "v1.1.9"}: true, {"v1.10.0", "v1.9.0"}: true, {"v1.2.0", "1.2.0-rc.1"}: true, {"v2.0.0-rc.1", "v1.9.9"}: true,
		{"v1.2.0", "v1.2.0"}: false, {"v1.1.9", "v1.2.0"}: false, {"v1.2.0-rc.1", "v1.2.0"}: false,
		{"v1.2.0", "v1.2.0-3-g0123abc"}: false, // a build after that release
		{"v9.0.0", "dev"}:               false, {"v9.0.0", ""}: false, {"9.0.0", "v1.0.0"}: false, {"newest", "v1.0.0"}: false,
	} {
		if Newer(pair[0], pair[1]) != want {
			t.Errorf("%s is newer than %s: %v", pair[0], pair[1], !want)
		}
	}
}

// TestVersionsAreInOrder: what is newer is so for good, and never both ways.
func TestVersionsAreInOrder(t *testing.T) {
	version := rapid.Custom(func(t *rapid.T) string {
		n := func(name string) int { return rapid.IntRange(0, 12).Draw(t, name) }
		v := fmt.Sprintf("v%d.%d.%d", n("major"), n("minor"), n("patch"))
		if rapid.Bool().Draw(t, "pre") {
			v += fmt.Sprintf("-rc.%d", n("rc"))
		}
		return v
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := version.Draw(t, "a"), version.Draw(t, "b"), version.Draw(t, "c")
		if Newer(a, a) || Newer(a, b) && Newer(b, a) {
			t.Fatalf("%s and %s", a, b)
		}
		if Newer(a, b) && Newer(b, c) && !Newer(a, c) {
			t.Fatalf("%s > %s > %s", a, b, c)
		}
		if a != b && !Newer(a, b) && !Newer(b, a) {
			t.Fatalf("%s and %s are in no order", a, b)
		}
		if Newer(a, b) != Newer(a, b+"-7-gabcdef0") {
			t.Fatalf("a build after %s is judged otherwise", b)
		}
	})
}
