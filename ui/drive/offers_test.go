package drive

import (
	"slices"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

func TestOffers(t *testing.T) {
	file, video := app.Entry{Name: "a.txt", Status: app.Synced}, app.Entry{Name: "a.mp4", Video: true, Status: app.OnlyOnline}
	folder, torn := app.Entry{Name: "Work", Folder: true, Status: app.Synced}, app.Entry{Name: "b.txt", Status: app.Conflict}
	left := app.Entry{Name: "node_modules", Folder: true, Status: app.Ignored}
	for name, c := range map[string]struct {
		picked []app.Entry
		want   []offer
	}{
		"nothing":  {nil, nil},
		"a file":   {[]app.Entry{file}, []offer{toOpen, toShare, toRename, toMove, toVersions, toFree, toRemove}},
		"a video":  {[]app.Entry{video}, []offer{toOpen, toOpenElsewhere, toShare, toPublish, toRename, toMove, toVersions, toKeep, toRemove}},
		"a folder": {[]app.Entry{folder}, []offer{toOpen, toShare, toRename, toMove, toFree, toRemove}},
		"conflict": {[]app.Entry{torn}, []offer{toOpen, toCompare, toShare, toRename, toMove, toVersions, toFree, toRemove}},
		"left out": {[]app.Entry{left}, []offer{toOpen, toRemove}},
		"here":     {[]app.Entry{file, folder}, []offer{toMove, toFree, toRemove}},
		"mixed":    {[]app.Entry{file, video}, []offer{toMove, toFree, toKeep, toRemove}},
		"online":   {[]app.Entry{video, video}, []offer{toMove, toKeep, toRemove}},
		"one left": {[]app.Entry{file, left}, []offer{toRemove}},
	} {
		if got := offersFor(c.picked); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	for o := toOpen; o <= toRemove; o++ {
		if offerWord(o, []app.Entry{file}) == "" {
			t.Errorf("offer %d has no word", o)
		}
	}
}

func TestWhereThingsMayBeDropped(t *testing.T) {
	folder, file := app.Entry{Path: "Work/Old", Folder: true}, app.Entry{Path: "Work/a.txt"}
	for _, c := range []struct {
		picked []app.Entry
		into   string
		want   bool
	}{
		{[]app.Entry{file}, "Music", true},
		{[]app.Entry{file}, "", true},
		{[]app.Entry{file}, "Work", false},             // it lies there
		{[]app.Entry{folder}, "Work/Old", false},       // itself
		{[]app.Entry{folder}, "Work/Old/Deep", false},  // below itself
		{[]app.Entry{folder}, "Work/Older", true},      // only the name begins so
		{[]app.Entry{file, folder}, "Work/Old", false}, // one of them cannot
		{[]app.Entry{{Path: "x", Status: app.Ignored}}, "Work", false},
		{nil, "Work", false},
	} {
		if got := mayDrop(c.picked, c.into); got != c.want {
			t.Errorf("%v into %q: %v", pathsOf(c.picked), c.into, got)
		}
	}
}

func TestFoldersToMoveTo(t *testing.T) {
	list := []app.Entry{{Name: "b", Path: "b", Folder: true}, {Name: "f.txt", Path: "f.txt"}, {Name: "a", Path: "a", Folder: true}, {Name: "x", Path: "x", Folder: true, Status: app.Ignored}}
	if got := names(foldersIn(list, []app.Entry{{Path: "b"}})); got != "a" {
		t.Error(got)
	}
}

func TestWordsForSeveral(t *testing.T) {
	one, two := []app.Entry{{Name: "a.txt", Size: 3}}, []app.Entry{{Name: "a.txt", Size: 3}, {Name: "b", Size: 4}}
	if itemWords(one) != "a.txt" || itemWords(two) != "2 items" || totalSize(two) != 7 {
		t.Error(itemWords(one), itemWords(two), totalSize(two))
	}
	if got := moved(two, 2, ""); got != "2 items moved to Drive" {
		t.Error(got)
	}
	if got := moved(one, 1, "Work/Old"); got != "a.txt moved to Old" {
		t.Error(got)
	}
	c := app.ConflictSides{Name: "a.txt", Device: "Desk"}
	for keep, want := range map[app.Keep]string{
		app.KeepThis: "a.txt stays as it is", app.KeepThat: "a.txt is now the version from Desk", app.KeepBoth: "Both versions of a.txt stay",
	} {
		if got := settled(c, keep); got != want {
			t.Error(got)
		}
	}
}
