package engine_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
)

// adopted is how many files lie in the folder: 2,000 at night.
func adopted() int {
	if os.Getenv("STOS_NIGHTLY") == "1" {
		return 2000
	}
	return 300
}

// album writes many files, as a copy made by other means has them: with the
// same content and any times.
func album(d *dev, age time.Duration) {
	d.t.Helper()
	for i := range adopted() {
		name := fmt.Sprintf("album/%02d/p%04d.jpg", i%20, i)
		d.text(name, fmt.Sprint("picture ", i, strings.Repeat(".", i%300)))
		at := time.Unix(1_700_000_000+int64(i), int64(i)).Add(age)
		if err := os.Chtimes(d.path(name), at, at); err != nil {
			d.t.Fatal(err)
		}
	}
}

// A folder that is there already on a second device costs nothing but a look,
// whatever the times of its files are.
func TestAdoptingAnEqualFolderCostsNothing(t *testing.T) {
	for name, age := range map[string]time.Duration{"same times": 0, "older": -time.Hour, "newer": time.Hour} {
		t.Run(name, func(t *testing.T) {
			net, a, b := pair(t)
			album(a, 0)
			a.sync()
			album(b, age)
			before := net.Sent()
			var content int
			net.SetFault(func(c memremote.Call, after bool) error {
				if c.Method == "Fetch" && !after {
					content++
				}
				return nil
			})
			s := b.sync()
			if s.Published || s.BytesUp != 0 || s.Uploaded+s.Downloaded+s.Moved+s.Deleted != 0 || net.Sent() != before {
				t.Errorf("%+v, %d bytes sent", s, net.Sent()-before)
			}
			if content > 4 { // the tree, not the pictures
				t.Error(content, "packs were fetched")
			}
			round(t, b, a)
			same(t, a, b)
			if len(b.files()) != adopted()+21 {
				t.Error(len(b.files()), "files")
			}
			if got := b.read("album/07/p0007.jpg"); !strings.HasPrefix(got, "picture 7") {
				t.Error(got)
			}
		})
	}
}

// Of a folder that is partly different only the difference moves, and what was
// changed on both sides is kept twice.
func TestAdoptingAPartlyDifferentFolder(t *testing.T) {
	net, a, b := pair(t)
	album(a, 0)
	a.sync()
	album(b, time.Minute)
	for i := range 10 {
		a.text(fmt.Sprintf("album/only here/a%d", i), "a")
		b.text(fmt.Sprintf("album/only there/b%d", i), "b")
		b.remove(fmt.Sprintf("album/%02d/p%04d.jpg", i, i)) // it was never there
	}
	b.text("album/10/p0010.jpg", "retouched")
	a.sync()
	before := net.Sent()
	s := b.sync()
	if s.Uploaded > 12 || s.Downloaded > 22 || s.Deleted != 0 {
		t.Errorf("%+v", s)
	}
	if sent := net.Sent() - before; sent > 200<<10 {
		t.Error("sent", sent)
	}
	round(t, a, b)
	same(t, a, b)
	got, conflicts := b.files(), 0
	for name := range got {
		if strings.Contains(name, "(conflict") {
			conflicts++
		}
	}
	if conflicts != 1 || len(got) != adopted()+21+22+1 || got["album/10/p0010.jpg"] != "retouched" {
		t.Error(conflicts, "conflict copies of", len(got))
	}
}
