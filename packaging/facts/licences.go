package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/google/licensecheck"
)

// licence is one text that somebody asks to be passed on.
type licence struct {
	File string   // below the folder of the module
	IDs  []string // SPDX names of what it says; none for notices and lists of authors
	Text string
}

// isLicence tells by its name whether a file is a licence or a notice.
var isLicence = regexp.MustCompile(`(?i)^(un)?(licen[cs]es?|copying|notice|patents|ofl)([-._].*)?$`)

// listed is a package as the go command lists it.
type listed struct {
	Dir      string
	CgoFiles []string
	Module   *struct {
		Path, Dir string
		Main      bool
		Replace   *struct{ Path, Dir string }
	}
}

// licences finds the texts for each module of which a package is linked, and
// under "" those of the standard library.
func (p programs) licences() (map[string][]licence, error) {
	packages, err := p.packages()
	if err != nil {
		return nil, err
	}
	found := map[string][]licence{}
	seen := map[string]bool{}
	for _, pkg := range packages {
		name, root := pkg.home()
		dirs, err := pkg.dirs(root)
		if err != nil {
			return nil, fmt.Errorf("look for licences of %s: %w", name, err)
		}
		for _, dir := range dirs {
			if seen[dir] {
				continue
			}
			seen[dir] = true
			texts, err := licencesIn(root, dir)
			if err != nil {
				return nil, fmt.Errorf("look for licences of %s: %w", name, err)
			}
			found[name] = append(found[name], texts...)
		}
	}
	for name := range found {
		slices.SortFunc(found[name], func(a, b licence) int { return strings.Compare(a.File, b.File) })
	}
	return found, p.complete(found)
}

// dirs are the folders whose licences are for the package: its own and those
// above it, up to root. C that a package brings along lies in folders below.
func (l listed) dirs(root string) ([]string, error) {
	var all []string
	if len(l.CgoFiles) > 0 && l.Module != nil {
		err := filepath.WalkDir(l.Dir, func(path string, d os.DirEntry, err error) error {
			if err == nil && d.IsDir() {
				all = append(all, path)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	for dir := l.Dir; ; dir = filepath.Dir(dir) {
		all = append(all, dir)
		if dir == root || dir == filepath.Dir(dir) {
			return all, nil
		}
	}
}

// strict is a licence that asks for more than to be named: what it is for may
// not be linked without a decision about it.
var strict = regexp.MustCompile(`^(A|L)?GPL-`)

// complete refuses a module without a licence, which nobody may pass on, and one
// with a strict licence.
func (p programs) complete(found map[string][]licence) error {
	for _, m := range p.Modules {
		for _, l := range found[m.Path] {
			if slices.ContainsFunc(l.IDs, strict.MatchString) {
				return fmt.Errorf("%s %s asks for more than to be named: %s says %s", m.Path, m.Version, l.File, strings.Join(l.IDs, ", "))
			}
		}
		if !slices.ContainsFunc(found[m.Path], func(l licence) bool { return len(l.IDs) > 0 }) {
			return fmt.Errorf("no licence was found in %s %s", m.Path, m.Version)
		}
	}
	return nil
}

// home is the path of the module of a package and the folder it ends in.
func (l listed) home() (name, root string) {
	switch {
	case l.Module == nil:
		return "", goRoot(l.Dir)
	case l.Module.Replace != nil:
		return l.Module.Replace.Path, l.Module.Dir
	default:
		return l.Module.Path, l.Module.Dir
	}
}

// goRoot is the folder of the toolchain that a package of the standard library
// lies in.
func goRoot(dir string) string {
	if before, _, ok := strings.Cut(dir, string(filepath.Separator)+"src"+string(filepath.Separator)); ok {
		return before
	}
	return dir
}

// packages lists everything that the programs are linked from. Each is asked
// for as it was built: with C and without it, other packages are linked.
func (p programs) packages() ([]listed, error) {
	var all []listed
	for _, one := range p.Each {
		found, err := one.packages()
		if err != nil {
			return nil, fmt.Errorf("list packages of %s: %w", one.Path, err)
		}
		all = append(all, found...)
	}
	return all, nil
}

func (p program) packages() ([]listed, error) {
	args := []string{"list", "-deps", "-json=Dir,CgoFiles,Module"}
	if tags := p.Build["-tags"]; tags != "" {
		args = append(args, "-tags", tags)
	}
	cmd := exec.Command("go", append(args, p.Path)...)
	cmd.Env = append(os.Environ(), "GOOS="+p.Build["GOOS"], "GOARCH="+p.Build["GOARCH"], "CGO_ENABLED="+p.Build["CGO_ENABLED"])
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	var all []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var l listed
		if err := d.Decode(&l); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, fmt.Errorf("read the list: %w", err)
		}
		if l.Dir != "" && (l.Module == nil || !l.Module.Main) {
			all = append(all, l)
		}
	}
}

// licencesIn reads the licences that lie directly in dir.
func licencesIn(root, dir string) ([]licence, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var all []licence
	for _, e := range entries {
		if !e.Type().IsRegular() || !isLicence.MatchString(e.Name()) || strings.HasSuffix(e.Name(), ".go") {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		name, err := filepath.Rel(root, filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		all = append(all, licence{File: filepath.ToSlash(name), IDs: identify(text), Text: plain(text)})
	}
	return all, nil
}

// identify names the licences of a text by SPDX.
func identify(text []byte) []string {
	var ids []string
	for _, m := range licensecheck.Scan(text).Match {
		if !m.IsURL && !slices.Contains(ids, m.ID) {
			ids = append(ids, m.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// plain is a text with one kind of line end and none to spare.
func plain(text []byte) string {
	return strings.TrimSpace(strings.ReplaceAll(string(text), "\r\n", "\n"))
}
