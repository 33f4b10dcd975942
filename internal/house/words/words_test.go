package main

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// source is a program with sentences in every place where they may stand.
const source = `package x

var words = map[string]string{"a": "Sent"}

func f(n int) {
	lang.L("Folder")
	lang.L("Of two " + ("pieces"))
	lang.L(someVariable)
	say.Plural(n, "1 file", "{{.N}} files")
	fault.Say(nil, "There are %d.", n)
	_ = []PreviewLine{{"To", x}, {someLabel, y}}
	_ = told(app.PreviewLine{"no", z}, PreviewLine{"From", z})
	other("not a sentence of the window")
}
`

func TestSentencesAreFound(t *testing.T) {
	root := t.TempDir()
	for _, dir := range []string{"ui", "cmd/stratosdrive", "internal/app", "internal/sds", "internal/desktop", "internal/update", "network", "player", "sync", "wallet", "ui/fake"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range map[string]string{
		"ui/x.go": source, "ui/x_test.go": `package x; var _ = lang.L("Only in a test")`, "ui/fake/x.go": `package x; var _ = lang.L("Only a sample")`,
	} {
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	found, err := collect(root)
	if err != nil {
		t.Fatal(err)
	}
	want := append(slices.Clone(toolkit), "Folder", "Of two pieces", "1 file", "{{.N}} files", "To", "From", "Sent")
	slices.Sort(want)
	if got := slices.Sorted(maps.Keys(found.Words)); !slices.Equal(got, want) {
		t.Errorf("found %q", got)
	}
	if got := slices.Collect(maps.Keys(found.Errors)); !slices.Equal(got, []string{"There are %d."}) {
		t.Errorf("found %q", got)
	}
	if !strings.HasSuffix(found.Words["Folder"], "x.go:6:2") {
		t.Error(found.Words["Folder"])
	}
}

func TestProblemsAreNamed(t *testing.T) {
	found := Found{
		Words:  map[string]string{"Open": "a.go:1", "{{.N}} files": "a.go:2", "1 file": "a.go:3", "Speed": "a.go:4"},
		Errors: map[string]string{"%s has %d.": "b.go:1"},
	}
	whole := map[string]string{"Open": "Öffnen", "{{.N}} files": "{{.N}} Dateien", "1 file": "{{.N}} Datei", "Speed": "Tempo", "%s has %d.": "%[2]d in %[1]s."}
	if list := problems("de", whole, found); len(list) != 0 {
		t.Error(list)
	}
	broken := map[string]string{"Open": "", "{{.N}} files": "{{.M}} Dateien", "1 file": "Eine", "Gone": "Weg", "%s has %d.": "%s hat %s."}
	list := problems("de", broken, found)
	for _, want := range []string{`missing: "Open" (a.go:1)`, `missing: "Speed"`, `not needed any more: "Gone"`, `other values than in English: "{{.N}} files"`, `other values than in English: "%s has %d."`} {
		if !slices.ContainsFunc(list, func(line string) bool { return strings.HasPrefix(line, "de: "+want) }) {
			t.Errorf("not said: %s", want)
		}
	}
	if len(list) != 5 {
		t.Error(list)
	}
}

func TestPercentIsNoVerb(t *testing.T) {
	for text, want := range map[string]int{"5 % of it": 0, "{{.N}} %": 1, "%d of %s": 2, "%[1]q": 1, "100%": 0} {
		if got := values(text); len(got) != want {
			t.Errorf("%q has %q", text, got)
		}
	}
}
