package house

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// maxReader is how many lines of code the reader of drives may have, so that a
// stranger can check it against docs/format.md in an evening.
const maxReader = 400

func TestReaderStaysShort(t *testing.T) {
	files, err := filepath.Glob("../../sync/restore/*.go")
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(raw)) {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "//") {
				lines++
			}
		}
	}
	if lines == 0 || lines >= maxReader {
		t.Errorf("the reader has %d lines of code, want fewer than %d", lines, maxReader)
	}
}
