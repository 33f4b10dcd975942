package move_test

import (
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
	"github.com/stratosdrive/stratosdrive/sync/testdrive"
)

// How far videos were watched is known in the new drive, whose contents have
// other names.
func TestPlacesInVideosFollow(t *testing.T) {
	net := memremote.New(1)
	a := testdrive.New(t, net, "a")
	a.Text("film.mp4", "moving pictures")
	testdrive.Round(t, a)
	old, err := a.Engine.WatchKey(t.Context(), "film.mp4")
	if err != nil {
		t.Fatal(err)
	}
	link := object.WatchKeyOf("sds://link")
	for at, key := range []object.WatchKey{old, link} {
		if err := a.Engine.NoteWatched(t.Context(), object.Watched{Key: key, At: int64(300 + at), Length: 9000}); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Engine.TellSettings(t.Context()); err != nil {
		t.Fatal(err)
	}
	x := newTarget(t, 1, nextSecret)
	if err := renew(t.Context(), t, a, x); err != nil {
		t.Fatal(err)
	}
	e := x.next(t, a.Root)
	syncOnce(t, e)
	film, err := e.WatchKey(t.Context(), "film.mp4")
	if err != nil || film == old {
		t.Fatal("the content has its old name", err)
	}
	for at, key := range []object.WatchKey{film, link} {
		if w, known, err := e.Watched(t.Context(), key); err != nil || !known || w.At != int64(300+at) {
			t.Error(w, known, err)
		}
	}
}
