package demo

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/testvideo"
	"github.com/stratosdrive/stratosdrive/sync/scan"
)

const (
	smallFiles = 200
	bigFile    = 80_000_000 // bytes
	noFilm     = 6_000_000  // bytes in the place of a film
)

// fill writes what people keep in folders: texts, many small files, one big
// one that does not compress, and a real video.
func (w *world) fill(ctx context.Context) error {
	root := w.path("home-folder")
	for _, dir := range []string{"Notes", "Small", "Videos", "Empty folder"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o755); err != nil {
			return fmt.Errorf("make folder: %w", err)
		}
	}
	note := bytes.Repeat([]byte("The same folder on every machine, and no company in between.\n"), 50)
	if err := os.WriteFile(filepath.Join(root, "Notes", "Read me first.txt"), note, 0o644); err != nil {
		return fmt.Errorf("write note: %w", err)
	}
	random := rand.NewChaCha8([32]byte{1})
	for i := range smallFiles {
		name := filepath.Join(root, "Small", fmt.Sprintf("File %03d.bin", i))
		if err := writeRandom(name, random, int64(100+i*40)); err != nil {
			return err
		}
	}
	if err := writeRandom(filepath.Join(root, "Big.bin"), random, bigFile); err != nil {
		return err
	}
	film := filepath.Join(root, "Videos", video)
	if w.opts.WithoutPlayer {
		return writeRandom(film, random, noFilm)
	}
	return testvideo.Make(ctx, film, testvideo.Options{Seconds: 12, Width: 1280, Height: 720, BitsPerSecond: 4_000_000})
}

func writeRandom(path string, random *rand.ChaCha8, size int64) error {
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("write file: %w", err)
	}
	defer f.Close()
	if _, err := io.CopyN(f, random, size); err != nil {
		return fmt.Errorf("write file: %w", err)
	}
	return nil
}

// edit changes both sides: texts, a rename, a deletion, a new file, and the
// same file on both, so that one becomes a conflict copy.
func (w *world) edit(context.Context) error {
	home, laptop := w.path("home-folder"), w.path("laptop-folder")
	shared := filepath.Join("Notes", "Read me first.txt")
	edits := []func() error{
		func() error { return appendTo(filepath.Join(home, shared), "Edited at home.\n") },
		func() error { return appendTo(filepath.Join(laptop, shared), "Edited on the way.\n") },
		func() error { return os.WriteFile(filepath.Join(home, "Notes", "New.txt"), []byte("new\n"), 0o644) },
		func() error { return os.Rename(filepath.Join(laptop, "Small"), filepath.Join(laptop, "Tiny")) },
		func() error { return os.Remove(filepath.Join(home, "Small", "File 007.bin")) },
	}
	for _, do := range edits {
		if err := do(); err != nil {
			return fmt.Errorf("edit: %w", err)
		}
	}
	return nil
}

func appendTo(path, text string) error {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.WriteString(text); err != nil {
		return err
	}
	return os.Chtimes(path, time.Time{}, time.Now())
}

func (w *world) compare(context.Context) error {
	home, err := digest(w.path("home-folder"))
	if err != nil {
		return err
	}
	laptop, err := digest(w.path("laptop-folder"))
	if err != nil {
		return err
	}
	if len(home) < smallFiles+3 {
		return fault.Say(nil, "Only %d files are in the first folder.", len(home))
	}
	w.report.Files, w.report.Bytes = 0, 0
	for path, a := range home {
		if b, there := laptop[path]; !there || a != b {
			return fault.Say(nil, "%s differs between the two devices.", path)
		}
		if a.sum != "" {
			w.report.Files++
			w.report.Bytes += a.size
		}
	}
	if len(home) != len(laptop) {
		return fault.Say(nil, "The devices hold %d and %d entries.", len(home), len(laptop))
	}
	return nil
}

// compareEdited also looks for every edit.
func (w *world) compareEdited(ctx context.Context) error {
	if err := w.compare(ctx); err != nil {
		return err
	}
	root := w.path("home-folder")
	for path, want := range map[string]bool{
		"Notes/New.txt": true, "Tiny/File 006.bin": true, "Small": false, "Tiny/File 007.bin": false,
	} {
		if _, err := os.Stat(filepath.Join(root, path)); (err == nil) != want {
			return fault.Say(err, "After the edits, %s should exist: %v.", path, want)
		}
	}
	notes, err := filepath.Glob(filepath.Join(root, "Notes", "Read me first*"))
	if err != nil || len(notes) != 2 {
		return fault.Say(err, "Both versions of the note should be there, but there are %d.", len(notes))
	}
	return nil
}

type entry struct {
	size int64
	sum  string // empty for a folder
}

func digest(root string) (map[string]entry, error) {
	all := map[string]entry{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == root {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		if rel == scan.Private { // the program's own, different on each device
			return fs.SkipDir
		}
		if d.IsDir() {
			all[rel] = entry{}
			return nil
		}
		all[rel], err = digestFile(path)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", root, err)
	}
	return all, nil
}

func digestFile(path string) (entry, error) {
	f, err := os.Open(path)
	if err != nil {
		return entry{}, err
	}
	defer f.Close()
	h := sha256.New()
	size, err := io.Copy(h, f)
	return entry{size: size, sum: hex.EncodeToString(h.Sum(nil))}, err
}
