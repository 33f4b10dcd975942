package main

import (
	"bytes"
	"encoding/json"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"github.com/CycloneDX/cyclonedx-go"
)

// self is this program, built.
func self(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "facts.exe")
	if out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

func said(t *testing.T, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	if err := run(args, &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// What is linked is named with its licence, what is not is not, and two runs
// give the same bytes.
func TestNoticesAndParts(t *testing.T) {
	program := self(t)
	notices, sbom := said(t, "notices", program), said(t, "sbom", "-version", "1.2.3", "-time", "1795455265", program)
	for _, want := range []string{"github.com/google/licensecheck v0.3.1 (LICENSE): BSD-3-Clause", "(LICENSE): Apache-2.0", "Go, its standard library, go1.", "OFL-1.1", "libmpv"} {
		if !strings.Contains(notices, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if strings.Contains(notices, "fyne.io") || strings.Contains(sbom, "fyne.io") {
		t.Error("something is named that is not linked")
	}
	if said(t, "notices", program) != notices || said(t, "sbom", "-version", "1.2.3", "-time", "1795455265", program) != sbom {
		t.Error("a second run says something else")
	}
	var bom cyclonedx.BOM
	if err := cyclonedx.NewBOMDecoder(strings.NewReader(sbom), cyclonedx.BOMFileFormatJSON).Decode(&bom); err != nil {
		t.Fatal(err)
	}
	if bom.Metadata.Timestamp != "2026-11-23T17:34:25Z" || bom.Metadata.Component.Version != "1.2.3" {
		t.Errorf("%+v", bom.Metadata)
	}
	i := slices.IndexFunc(*bom.Components, func(c cyclonedx.Component) bool { return c.Name == "github.com/google/licensecheck" })
	if i < 0 {
		t.Fatal("a part is missing")
	}
	c := (*bom.Components)[i]
	if c.PackageURL != "pkg:golang/github.com/google/licensecheck@v0.3.1" || (*c.Licenses)[0].License.Name != "BSD-3-Clause" || len((*c.Hashes)[0].Value) != 64 {
		t.Errorf("%+v", c)
	}
}

func TestSizes(t *testing.T) {
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var p programs
	p.Main, p.Modules = "example.org/main", []module{{Path: "example.org/a"}, {Path: "example.org/a/b"}}
	for symbol, want := range map[string]string{
		"example.org/a/b.(*T).Do": "example.org/a/b", "example.org/a/c%2ego.F": "example.org/a", "type:.eq.example.org/a.T": "example.org/a",
		"example.org/main/x.F": "Stratos Drive itself", "runtime.mallocgc": "Go's standard library", "memcpy": "C and tables of the linker",
	} {
		if got := p.owner(symbol); got != want {
			t.Errorf("%s belongs to %s", symbol, got)
		}
	}
	if _, _, err := p.shares(path + ".no"); err == nil {
		t.Error("a program that is not there")
	}
}

func TestTopAddsUp(t *testing.T) {
	bytes, sum := map[string]uint64{}, uint64(0)
	for i := range uint64(shown + 5) {
		bytes[strings.Repeat("x", int(i+1))] = i * i
		sum += i * i
	}
	all := top(bytes)
	if len(all) != shown+1 || all[shown].name != "5 others" || all[0].bytes < all[1].bytes {
		t.Errorf("%+v", all)
	}
	for _, s := range all {
		sum -= s.bytes
	}
	if sum != 0 {
		t.Errorf("%d bytes are missing", sum)
	}
}

func TestIcons(t *testing.T) {
	dir := t.TempDir()
	said(t, "icons", "-name", "io.example", dir)
	for _, size := range []string{"16x16", "48x48", "512x512"} {
		f, err := os.Open(filepath.Join(dir, size, "apps", "io.example.png"))
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(f)
		if err != nil || !strings.HasPrefix(size, img.Bounds().Max.String()[1:3]) {
			t.Errorf("%s: %v", size, err)
		}
		_ = f.Close()
	}
}

func TestWrongUse(t *testing.T) {
	for _, args := range [][]string{nil, {"sizes"}, {"nothing", "x"}, {"notices", "/no/such/program"}, {"sbom", "-time", "x", "y"}} {
		if err := run(args, &bytes.Buffer{}); err == nil {
			t.Errorf("%q is no error", args)
		}
	}
}

// C lies below the package that brings it along, and its licence with it.
func TestLicencesOfC(t *testing.T) {
	root := t.TempDir()
	for _, dir := range []string{"glue", "glue/c/src", "other"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	l := listed{Dir: filepath.Join(root, "glue"), CgoFiles: []string{"glue.go"}}
	if dirs, err := l.dirs(root); err != nil || len(dirs) != 2 {
		t.Errorf("%q %v", dirs, err)
	}
	if err := json.Unmarshal([]byte(`{"Module": {}}`), &l); err != nil {
		t.Fatal(err)
	}
	dirs, err := l.dirs(root)
	if err != nil || !slices.Contains(dirs, filepath.Join(root, "glue", "c", "src")) || slices.Contains(dirs, filepath.Join(root, "other")) {
		t.Errorf("%q %v", dirs, err)
	}
}

// Programs of one package may be built with C and without, but for one system.
func TestProgramsBuiltDifferently(t *testing.T) {
	p := programs{Build: map[string]string{}}
	built := func(path, cgo, system string) error {
		return p.add(&debug.BuildInfo{Path: path, Settings: []debug.BuildSetting{{Key: "GOOS", Value: system}, {Key: "CGO_ENABLED", Value: cgo}}})
	}
	for path, cgo := range map[string]string{"a": "0", "b": "1", "c": "1"} {
		if err := built(path, cgo, "windows"); err != nil {
			t.Fatal(err)
		}
	}
	if p.Build["CGO_ENABLED"] != "" || p.Build["GOOS"] != "windows" || len(p.Each) != 3 || len(*p.build()) != 1 {
		t.Errorf("%+v", p)
	}
	for _, one := range p.Each {
		if want := map[string]string{"a": "0", "b": "1", "c": "1"}[one.Path]; one.Build["CGO_ENABLED"] != want {
			t.Errorf("%+v", one)
		}
	}
	if built("d", "1", "linux") == nil {
		t.Error("programs for two systems are taken for one package")
	}
}

// Every script that makes packages asks what is in the programs, packs the
// notices, and lays the list beside each package.
func TestEveryPackageIsTold(t *testing.T) {
	scripts, err := filepath.Glob("../*/package.sh")
	if err != nil || len(scripts) != 3 {
		t.Fatal(scripts, err)
	}
	for _, script := range scripts {
		raw, err := os.ReadFile(script)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"\n. packaging/env.sh\n", "\ntold \"$version\" \"$work\" ", "\"$work/notices\"", "cp \"$work/sbom\" "} {
			if !strings.Contains(string(raw), want) {
				t.Errorf("%s lacks %q", script, want)
			}
		}
	}
}

// Nothing is passed on whose licence nobody knows.
func TestEveryModuleHasALicence(t *testing.T) {
	p := programs{Modules: []module{{Path: "example.org/a"}}}
	if p.complete(map[string][]licence{"example.org/a": {{File: "NOTICE"}}}) == nil {
		t.Error("a notice alone was taken for a licence")
	}
	if p.complete(map[string][]licence{"example.org/a": {{File: "LICENSE", IDs: []string{"MIT"}}, {File: "COPYING", IDs: []string{"LGPL-3.0"}}}}) == nil {
		t.Error("a strict licence was let through")
	}
	if err := p.complete(map[string][]licence{"example.org/a": {{File: "LICENSE", IDs: []string{"MIT"}}}}); err != nil {
		t.Error(err)
	}
}
