package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// smallFiles makes a tree of files with random content, a hundred to a folder.
func smallFiles(root string, count, size int) error {
	content := make([]byte, size)
	for i := range count {
		if i%100 == 0 {
			if err := os.MkdirAll(filepath.Dir(smallFile(root, i)), 0o755); err != nil {
				return err
			}
		}
		if _, err := rand.Read(content); err != nil {
			return err
		}
		if err := os.WriteFile(smallFile(root, i), content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func smallFile(root string, i int) string {
	return filepath.Join(root, fmt.Sprintf("folder %04d", i/100), fmt.Sprintf("file %06d.bin", i))
}

// countFiles is how many files lie below root, what programs keep for
// themselves left out.
func countFiles(root string) (count int) {
	_ = filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error { // what comes and goes is counted next time
		switch {
		case err != nil:
			return nil
		case e.IsDir() && path != root && e.Name()[0] == '.':
			return fs.SkipDir
		case e.Type().IsRegular() && e.Name()[0] != '.':
			count++
		}
		return nil
	})
	return count
}

// arrived waits until that many files lie below root.
func arrived(ctx context.Context, root string, count int) error {
	return until(ctx, 500*time.Millisecond, func() (bool, error) { return countFiles(root) == count, nil })
}

// appears waits until a file is there with that content.
func appears(ctx context.Context, path, content string) error {
	return until(ctx, 10*time.Millisecond, func() (bool, error) {
		got, _ := os.ReadFile(path) // not there yet
		return string(got) == content, nil
	})
}
