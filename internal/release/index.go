package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/update"
)

// maker is what an index is made of.
type maker struct {
	dir, version, notes, base string
	date                      string // of the release; empty: now
	days                      int
	now                       time.Time
}

// publish writes the signed index of a folder, and returns what in it is no
// package.
func (m maker) publish(key ed25519.PrivateKey) (skipped []string, err error) {
	index, skipped, err := m.index()
	if err != nil {
		return skipped, err
	}
	raw, err := update.Sign(index, key)
	if err != nil {
		return skipped, fmt.Errorf("sign the index: %w", err)
	}
	return skipped, writeIndex(m.dir, raw)
}

// index describes the packages of a folder. Its number is the time in seconds,
// so that a later one is always larger, whoever makes it.
func (m maker) index() (i update.Index, skipped []string, err error) {
	notes := []byte{}
	if m.notes != "" {
		if notes, err = os.ReadFile(m.notes); err != nil {
			return i, nil, fmt.Errorf("read what is new: %w", err)
		}
	}
	now := m.now.UTC().Truncate(time.Second)
	date, err := m.released(now)
	if err != nil {
		return i, nil, err
	}
	i = update.Index{
		Version: 1, Product: "stratosdrive", Sequence: now.Unix(), Time: now, Expires: now.AddDate(0, 0, m.days),
		Release: update.Release{Version: m.version, Date: date, Notes: strings.TrimSpace(string(notes))},
	}
	found, err := os.ReadDir(m.dir)
	if err != nil {
		return i, nil, fmt.Errorf("read the packages: %w", err)
	}
	for _, e := range found {
		f, is := packageOf(e.Name())
		if !is || !e.Type().IsRegular() {
			skipped = append(skipped, e.Name())
			continue
		}
		if f, err = m.weigh(f); err != nil {
			return i, skipped, err
		}
		i.Release.Files = append(i.Release.Files, f)
	}
	return i, skipped, nil
}

// released is when the release came out, which signing it anew does not change.
func (m maker) released(now time.Time) (time.Time, error) {
	if m.date == "" {
		return now, nil
	}
	date, err := time.Parse(time.RFC3339, m.date)
	if err != nil {
		return date, fmt.Errorf("read the date of the release: %w", err)
	}
	if date.After(now) {
		return date, fmt.Errorf("the date of the release, %s, has not come", m.date)
	}
	return date.UTC(), nil
}

// weigh adds to a package what only its bytes tell. One that is named after
// another version is not of this release.
func (m maker) weigh(f update.File) (update.File, error) {
	if !named(f.Name, m.version) {
		return f, fmt.Errorf("%s is not of %s: remove it, or build it again", f.Name, m.version)
	}
	in, err := os.Open(filepath.Join(m.dir, f.Name))
	if err != nil {
		return f, fmt.Errorf("read a package: %w", err)
	}
	defer in.Close()
	sum := sha256.New()
	if f.Size, err = io.Copy(sum, in); err != nil {
		return f, fmt.Errorf("read %s: %w", f.Name, err)
	}
	f.SHA256, f.URL = hex.EncodeToString(sum.Sum(nil)), m.base+f.Name
	return f, nil
}

// named tells whether a package is named after a version: that stands between
// what the program and what the computer is called. Debian's ~ before a
// pre-release is not for names: hosts of releases put a dot in its place, and
// the file would not be found where the index says.
func named(file, version string) bool {
	number := regexp.QuoteMeta(strings.TrimPrefix(version, "v"))
	return regexp.MustCompile(`^[A-Za-z_]+[-_]v?` + number + `[-_](linux|windows|darwin|amd64|x86_64|arm64|aarch64)[-_.]`).MatchString(file)
}

// ends tell from the end of its name what a package is.
var ends = []struct {
	end  string
	os   string
	kind update.Kind
}{
	{".deb", "linux", update.Deb},
	{".AppImage", "linux", update.AppImage},
	{"-setup.exe", "windows", update.Installer},
	{".dmg", "darwin", update.DiskImage},
}

// archs are the processors by the names that packages have for them.
var archs = []struct{ word, arch string }{{"amd64", "amd64"}, {"x86_64", "amd64"}, {"arm64", "arm64"}, {"aarch64", "arm64"}}

// packageOf tells what a file is by its name.
func packageOf(name string) (f update.File, is bool) {
	f.Name = name
	for _, a := range archs {
		if strings.Contains(name, a.word) {
			f.Arch = a.arch
		}
	}
	if strings.Contains(name, "-linux-") && strings.HasSuffix(name, ".tar.gz") {
		f.OS, f.Kind = "linux", update.Portable
	}
	for _, e := range ends {
		if strings.HasSuffix(name, e.end) {
			f.OS, f.Kind = e.os, e.kind
		}
	}
	return f, f.Kind != "" && f.Arch != ""
}

// writeIndex replaces the index of a folder, whole.
func writeIndex(dir string, raw []byte) error {
	path := filepath.Join(dir, indexName)
	if err := os.WriteFile(path+".new", raw, 0o644); err != nil {
		return fmt.Errorf("write the index: %w", err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		return fmt.Errorf("write the index: %w", err)
	}
	return nil
}

// prove reads the index of a folder as the program does, with the keys of a
// build or, without any, with the one that signed, and compares the packages.
func prove(out io.Writer, dir, keys string, private ed25519.PrivateKey) error {
	trusted := update.Keys{Need: 1}
	if private != nil {
		trusted.Keys = []ed25519.PublicKey{private.Public().(ed25519.PublicKey)}
	}
	if keys != "" || private == nil {
		var err error
		if trusted, err = update.ParseKeys(keys); err != nil {
			return err
		}
	}
	raw, err := os.ReadFile(filepath.Join(dir, indexName))
	if err != nil {
		return fmt.Errorf("read the index: %w", err)
	}
	index, err := update.Read(raw, trusted)
	if err != nil {
		return fmt.Errorf("prove the index: %w", err)
	}
	if err := compare(out, dir, index.Release.Files); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s of %s, number %d, believed until %s\n",
		index.Release.Version, index.Release.Date.Format(time.RFC3339), index.Sequence, index.Expires.Format(time.RFC3339))
	return err
}

// compare tells whether the packages are those of the index.
func compare(out io.Writer, dir string, files []update.File) (err error) {
	for _, f := range files {
		if verr := update.Verify(filepath.Join(dir, f.Name), f); verr != nil {
			err = errors.Join(err, verr)
			continue
		}
		fmt.Fprintf(out, "%s  %s/%s %s  %s\n", f.SHA256, f.OS, f.Arch, f.Kind, f.Name)
	}
	return err
}

// cosign adds a signature to the index of a folder whose packages are here: who
// signs says that these are the ones.
func cosign(out io.Writer, dir string, private ed25519.PrivateKey) error {
	raw, err := os.ReadFile(filepath.Join(dir, indexName))
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no index in %s", dir)
	}
	if err != nil {
		return fmt.Errorf("read the index: %w", err)
	}
	both, err := update.Cosign(raw, private)
	if err != nil {
		return fmt.Errorf("sign the index: %w", err)
	}
	index, err := update.Read(both, update.Keys{Need: 1, Keys: []ed25519.PublicKey{private.Public().(ed25519.PublicKey)}})
	if err != nil {
		return fmt.Errorf("prove the index: %w", err)
	}
	if err := compare(out, dir, index.Release.Files); err != nil {
		return err
	}
	return writeIndex(dir, both)
}
