// Command changes joins the notes of docs/changes, one file for each change
// that users notice, into what is new in a release.
//
//	go run ./internal/house/changes                 # shows it
//	go run ./internal/house/changes -release 1.2.0  # writes it into CHANGELOG.md, and removes the notes
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/mod/semver"
)

// Where things are, from the root of the repository.
const (
	folder  = "docs/changes"
	journal = "CHANGELOG.md"
	readme  = "README.md" // of the folder: says how a note is written
)

// begin is what stands over the releases.
const begin = "# What is new\n\nThe newest release comes first. [What is not released yet](docs/changes/README.md) is in a file for each change.\n"

// kinds are the first lines that a note may have, in the order of a release.
var kinds = []string{"Added", "Changed", "Fixed", "Security"}

// A note is one change: its kind, and a text for users.
type note struct{ name, kind, text string }

func main() {
	release := flag.String("release", "", "the version whose notes these are")
	flag.Parse()
	if err := run(".", *release, time.Now().UTC(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "changes:", err)
		os.Exit(1)
	}
}

func run(root, release string, now time.Time, out io.Writer) error {
	notes, err := read(filepath.Join(root, folder))
	if err != nil {
		return err
	}
	if release == "" {
		_, err = io.WriteString(out, join(notes))
		return err
	}
	if !semver.IsValid("v" + release) {
		return fmt.Errorf("%q is not a version such as 1.2.0", release)
	}
	if len(notes) == 0 {
		return errors.New("there are no notes, so nothing is new")
	}
	return keep(root, notes, fmt.Sprintf("\n## %s, %s\n\n%s", release, now.Format(time.DateOnly), join(notes)))
}

// read reads all notes, in the order of their names.
func read(dir string) ([]note, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.md"))
	if err != nil {
		return nil, err
	}
	var notes []note
	for _, path := range paths {
		name := filepath.Base(path)
		if name == readme {
			continue
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("read a note: %w", err)
		}
		n, err := parse(name, string(raw))
		if err != nil {
			return nil, err
		}
		notes = append(notes, n)
	}
	return notes, nil
}

func parse(name, raw string) (note, error) {
	kind, text, _ := strings.Cut(raw, "\n")
	n := note{name, strings.TrimSpace(kind), strings.TrimSpace(text)}
	switch {
	case !slices.Contains(kinds, n.kind):
		return n, fmt.Errorf("%s: the first line is one of %s", name, strings.Join(kinds, ", "))
	case n.text == "" || strings.Contains(n.text, "\n\n"):
		return n, fmt.Errorf("%s: below the first line stands one paragraph", name)
	}
	return n, nil
}

// join is what is new, by kind.
func join(notes []note) string {
	var b strings.Builder
	for _, kind := range kinds {
		head := "### " + kind + "\n\n"
		for _, n := range notes {
			if n.kind == kind {
				b.WriteString(head + "- " + strings.ReplaceAll(n.text, "\n", "\n  ") + "\n")
				head = ""
			}
		}
		if head == "" {
			b.WriteString("\n")
		}
	}
	return b.String()
}

// keep writes a release on top of the others, then removes its notes.
func keep(root string, notes []note, release string) error {
	path := filepath.Join(root, journal)
	old, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		return fmt.Errorf("read the releases: %w", err)
	}
	before := strings.TrimPrefix(string(old), begin)
	if err := os.WriteFile(path, []byte(begin+strings.TrimRight(release, "\n")+"\n"+before), 0o644); err != nil {
		return fmt.Errorf("write the releases: %w", err)
	}
	for _, n := range notes {
		if err := os.Remove(filepath.Join(root, folder, n.name)); err != nil {
			return fmt.Errorf("remove a note: %w", err)
		}
	}
	return nil
}
