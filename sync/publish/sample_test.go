package publish

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The sample of docs/private-links.md was made once; it must open for ever.
func TestSampleStillOpens(t *testing.T) {
	n := newNet()
	files, err := filepath.Glob("testdata/sample/*.pack")
	if err != nil || len(files) != 2 {
		t.Fatal(files, err)
	}
	for _, path := range files {
		body, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		share := strings.TrimSuffix(filepath.Base(path), ".pack")
		n.files[share], n.shares[share] = body, share
	}
	text, err := os.ReadFile("testdata/sample/link.txt")
	if err != nil {
		t.Fatal(err)
	}
	link, err := ParseLink(string(text))
	if err != nil {
		t.Fatal(err)
	}
	o := open(t, n, link, newStore(t))
	if o.Name != "words.txt" || o.Mime != "text/plain" || o.Fetched() > 1000 {
		t.Error(o.Name, o.Mime, o.Fetched())
	}
	checkSave(t, o, bytes.Repeat([]byte("words "), 100_000))
}
