package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLinkOfAFile(t *testing.T) {
	const link = "stos://abc#def"
	path := filepath.Join(t.TempDir(), "For Ana 100%.STOS")
	if err := os.WriteFile(path, []byte(link+" \r\nfor your birthday\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]string{
		path: link, "file://" + strings.NewReplacer("%", "%25", " ", "%20").Replace(path): link,
		link: link, "": "", "stos://x.stos": "stos://x.stos", path + ".txt": path + ".txt", "/no/such.stos": "/no/such.stos",
	} {
		if got := linkIn(word); got != want {
			t.Errorf("%q is taken for %q, want %q", word, got, want)
		}
	}
	if err := os.WriteFile(path, []byte(strings.Repeat("x", 2*longestLink)), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := linkIn(path); len(got) > longestLink {
		t.Errorf("%d bytes of a file were taken for a link", len(got))
	}
}
