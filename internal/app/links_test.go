package app

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/sync/publish"
)

const someLink = "stos://RHumTB_78a8fe38a826fed4#AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"

var linkNow = time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC)

func privateLink(id string) Link {
	return Link{
		ID: id, Name: "Trip", Path: "Work/Trip", Link: someLink, Size: 9, Folder: true, Files: 3, Created: linkNow, Expires: linkNow.Add(time.Hour),
	}
}

func TestRecordsComeBack(t *testing.T) {
	want := privateLink("a")
	value, err := recordOf(want)
	if got, ok := readRecord("a", value); err != nil || !ok || got != want {
		t.Errorf("%+v, want %+v: %v", got, want, err)
	}
	for _, value := range []string{"", "{}", `{"v":2,"link":"` + someLink + `"}`, `{"v":1,"link":"stos://x"}`, "nonsense"} {
		if _, ok := readRecord("a", []byte(value)); ok {
			t.Errorf("%q is a record", value)
		}
	}
}

// Two devices that take from each other what they miss list the same, and then
// have nothing more to say.
func TestLinksFollow(t *testing.T) {
	own, public := madeLink{Link: privateLink("own")}, madeLink{Link: Link{ID: "public", Public: true}}
	first, second := register{Links: []madeLink{own, public}}, register{}
	records := map[string][]byte{}
	tell := func(r register) int {
		said := untold(r, records)
		for key, value := range said {
			records[key] = value
		}
		return len(said)
	}
	if tell(first) != 1 || tell(first) != 0 || len(records) != 1 {
		t.Fatal(records)
	}
	second.Links = append(second.Links, newLinks(second, records)...)
	if second.find("own") != 0 || second.Links[0].Published != nil || tell(second) != 0 || len(newLinks(second, records)) != 0 {
		t.Fatal(second)
	}
	second.end("own", linkNow)
	if tell(second) != 1 || len(records[linkKey+"own"]) != 0 {
		t.Fatal("a stopped link is not told")
	}
	if got := stoppedLinks(first, records); !slices.Equal(got, []string{"own"}) {
		t.Fatal(got)
	}
	first.end("own", linkNow)
	if len(stoppedLinks(first, records)) != 0 || tell(first) != 0 || len(newLinks(register{}, records)) != 0 {
		t.Fatal("it does not come to rest")
	}
}

func TestStatesOfLinks(t *testing.T) {
	lasting, gone, late, stopped := privateLink("lasting"), privateLink("gone"), privateLink("late"), privateLink("stopped")
	late.Expires, stopped.Stopped = linkNow.Add(-time.Minute), linkNow
	made := []madeLink{
		{Link: lasting, Published: &publish.Published{Parts: []publish.PartRef{{ShareID: "part"}}}},
		{Link: gone},
		{Link: late},
		{Link: stopped},
	}
	shares := []client.Share{
		{ID: "lasting", Expires: linkNow.Add(time.Hour)},
		{ID: "part", Name: "x.bin"},
		{ID: "bare", Name: "a1b2"},
		{ID: "other", Name: "public.txt", Link: "sds://x"},
		{ID: "over", Name: "old.txt", Expires: linkNow.Add(-time.Hour)},
	}
	got := map[string]LinkState{}
	for _, l := range mergeLinks(shares, made, linkNow) {
		got[l.ID] = l.State
	}
	want := map[string]LinkState{"lasting": LinkActive, "gone": LinkGone, "late": LinkExpired, "stopped": LinkStopped, "other": LinkActive}
	if len(got) != len(want) {
		t.Errorf("%v", got)
	}
	for id, state := range want {
		if got[id] != state || state.Works() != (state == LinkActive) {
			t.Errorf("%s is %q, want %q", id, got[id], state)
		}
	}
}

func TestLinksThatAreNone(t *testing.T) {
	for _, text := range []string{"", "x", "http://a.example", "stos://", "stos://abc", someLink[:40], "sds://x", "stos://a?card=b"} {
		var said *fault.Error
		if err := CheckLink(text); !errors.As(err, &said) || strings.Contains(err.Error(), "AAECAwQF") {
			t.Errorf("%q: %v", text, err)
		}
	}
	for _, text := range []string{someLink, " " + someLink + "\n", someLink + "/a b/c.mp4", "sds://RHumTB_78a8fe38a826fed4"} {
		if err := CheckLink(text); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// What is there already is passed over if it is the same, and never replaced.
func TestSavingReplacesNothing(t *testing.T) {
	root := filepath.Join(t.TempDir(), "Trip")
	below := []publish.Entry{{Path: "deep", Folder: true}, {Path: "deep/a.txt", Size: 3, Changed: linkNow}}
	s := saver{root: root}
	if err := s.free(below); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(root, "deep"), 0o755); err != nil {
		t.Fatal(err)
	}
	file := s.place(below[1])
	write := func(text string, changed time.Time) {
		if err := errors.Join(os.WriteFile(file, []byte(text), 0o600), os.Chtimes(file, changed, changed)); err != nil {
			t.Fatal(err)
		}
	}
	write("abc", linkNow)
	info, _ := os.Lstat(file)
	if err := s.free(below); err != nil || !saved(info, below[1]) {
		t.Error("what an earlier try has saved is in the way:", err)
	}
	for text, changed := range map[string]time.Time{"abcd": linkNow, "xyz": linkNow.Add(time.Hour)} {
		if write(text, changed); s.free(below) == nil {
			t.Errorf("%q would be replaced", text)
		}
	}
	if err := os.Remove(file); err != nil || os.Mkdir(file, 0o755) != nil || s.free(below) == nil {
		t.Error("a folder would be replaced by a file", err)
	}
	s.root = filepath.Join(root, "none")
	if _, err := os.Lstat(s.place(below[0])); !errors.Is(err, fs.ErrNotExist) {
		t.Error("looking makes folders")
	}
}
