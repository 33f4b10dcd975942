package publish

import (
	"errors"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/drivekey"
)

func TestFolderTooLarge(t *testing.T) {
	long := strings.Repeat("0123456789/", maxPath/11+1) + "x"
	for name, items := range map[string][]Item{
		"bytes": {{Entry: Entry{Path: "a", Size: MaxFile}}, {Entry: Entry{Path: "b", Size: 1}}},
		"depth": {{Entry: Entry{Path: strings.Repeat("a/", maxDepth) + "b"}}},
		"path":  {{Entry: Entry{Path: long}}},
	} {
		_, err := PublishFolder(t.Context(), newNet(), name, items, Options{})
		wantSentence(t, err, ErrTooLarge)
	}
}

// What a stranger may write into a manifest and a reader must not believe.
func TestFoldersThatLie(t *testing.T) {
	file := func(name string, size int64) Entry { return Entry{Path: name, Size: size} }
	two := []part{{blobs: []blob{{size: 2, sealed: 19}}}}
	for name, m := range map[string]manifest{
		"climbs":        {size: 2, tree: tree{file("../x", 2)}, parts: two},
		"absolute":      {size: 2, tree: tree{file("/x", 2)}, parts: two},
		"no name":       {size: 2, tree: tree{file("", 2)}, parts: two},
		"twice":         {size: 2, tree: tree{file("a", 1), file("a", 1)}, parts: two},
		"folds":         {size: 2, tree: tree{file("A", 2), file("a", 0)}, parts: two},
		"order":         {size: 2, tree: tree{file("b", 2), file("a", 0)}, parts: two},
		"no folder":     {size: 2, tree: tree{file("a/b", 2)}, parts: two},
		"in a file":     {size: 2, tree: tree{file("a", 2), file("a/b", 0)}, parts: two},
		"windows":       {size: 2, tree: tree{file("con", 2)}, parts: two},
		"too little":    {size: 2, tree: tree{file("a", 1)}, parts: two},
		"chunk of both": {size: 2, tree: tree{file("a", 1), file("b", 1)}, parts: two},
	} {
		m.name, m.version, m.folder = "x", manifestVersion, true
		if _, err := decodeManifest(m.encode()); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	m := manifest{name: "x", version: manifestVersion, from: "st1\u202e"}
	if _, err := decodeManifest(m.encode()); !errors.Is(err, ErrDamaged) {
		t.Error(err)
	}
	p := m.encode()
	p[1] = manifestVersion + 1
	if _, err := decodeManifest(p); !errors.Is(err, ErrNewer) {
		t.Error(err)
	}
}

// A link to one file is read by programs that know no folders, and what a
// folder holds opens under its own key only.
func TestFoldersStayApart(t *testing.T) {
	n := newNet()
	_, one := publish(t, n, t.TempDir(), "a.txt", []byte("hello"))
	o := open(t, n, one, newStore(t))
	if o.man.version != plainVersion || o.IsFolder() || o.From() != "" {
		t.Error(o.man)
	}
	if _, err := o.File("a.txt"); !errors.Is(err, ErrNoEntry) {
		t.Error(err)
	}
	_, folder := publishFolder(t, n, t.TempDir(), content{"a.txt": []byte("hello")})
	mixed := folder
	mixed.key = one.key
	if _, err := Open(t.Context(), n, mixed, newStore(t)); !errors.Is(err, ErrDamaged) {
		t.Error(err)
	}
	if folder.key == one.key || folder.key == ([drivekey.SecretSize]byte{}) {
		t.Error("keys")
	}
}

func TestLinksIntoAFolder(t *testing.T) {
	for text, want := range map[string]string{
		sample:                       "",
		sample + "/":                 "",
		sample + "/a.txt":            "a.txt",
		sample + "/My%20films/b.mp4": "My films/b.mp4",
		sample + "/My films/b.mp4":   "My films/b.mp4",
		sample + "/100%.txt":         "100%.txt",
		sample + "/../../etc/passwd": "etc/passwd",
	} {
		l, err := ParseLink(text)
		if err != nil || l.Inside() != want {
			t.Errorf("%s: %q %v", text, l.Inside(), err)
		}
		again, err := ParseLink(l.String())
		if err != nil || again != l {
			t.Errorf("%s became %s", text, l)
		}
	}
	l, _ := ParseLink(sample)
	if in := l.In("x/ü?.mp4"); in.Inside() != "x/ü?.mp4" || IsStreamLink(in.String()) || in.In("") != l {
		t.Error(in.Inside())
	}
}
