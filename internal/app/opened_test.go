package app

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/publish"
)

func names(t *testing.T, a *App) (list []string) {
	t.Helper()
	links, err := a.OpenedLinks(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range links {
		list = append(list, l.What)
	}
	return list
}

func TestOpenedLinksAreRemembered(t *testing.T) {
	home := t.TempDir()
	a := openTest(t, home)
	addTestWallet(t, a)
	day := time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC)
	for i, what := range []string{" sds://abc ", "https://example.org/a.mp4", "Films/Ferry.mp4", "/home/ana/a.mp4", "sds://abc"} {
		if err := a.NoteOpened(t.Context(), OpenedLink{What: what, Title: strconv.Itoa(i), Opened: day.Add(time.Duration(i) * time.Hour)}); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := names(t, a), []string{"sds://abc", "https://example.org/a.mp4"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if err := a.NoteOpened(t.Context(), OpenedLink{What: "https://example.org/a.mp4", Seconds: 12}); err != nil {
		t.Fatal(err)
	}
	links, err := a.OpenedLinks(t.Context())
	if err != nil || links[0].Title != "1" || links[0].Seconds != 12 || links[1].Title != "4" {
		t.Errorf("%+v, %v", links, err)
	}
	if err := a.ForgetOpened(t.Context(), "sds://abc"); err != nil || len(names(t, a)) != 1 {
		t.Errorf("%q, %v", names(t, a), err)
	}
}

func TestOpenedLinksDoNotPileUp(t *testing.T) {
	a := openTest(t, t.TempDir())
	for i := range mostOpened + 3 {
		if err := a.NoteOpened(t.Context(), OpenedLink{What: "https://example.org/" + strconv.Itoa(i)}); err != nil {
			t.Fatal(err)
		}
	}
	got := names(t, a)
	if len(got) != mostOpened || !strings.HasSuffix(got[0], "/26") || !strings.HasSuffix(got[mostOpened-1], "/3") {
		t.Errorf("%d: %q", len(got), got)
	}
}

func TestAListThatMakesNoSenseIsNone(t *testing.T) {
	a := openTest(t, t.TempDir())
	store, err := a.keeper()
	if err != nil {
		t.Fatal(err)
	}
	for _, raw := range []string{"{", `{"version":9,"links":[{"what":"sds://abc"}]}`, "[]"} {
		if err := keepWhole(store, openedName, []byte(raw)); err != nil {
			t.Fatal(err)
		}
		if got := names(t, a); len(got) != 0 {
			t.Errorf("%s: %q", raw, got)
		}
	}
	if err := a.NoteOpened(t.Context(), OpenedLink{What: "sds://abc"}); err != nil || len(names(t, a)) != 1 {
		t.Errorf("a new list does not take its place: %v", err)
	}
}

func TestPosters(t *testing.T) {
	a := openTest(t, t.TempDir())
	poster := func(what string) []byte {
		t.Helper()
		raw, err := a.Poster(t.Context(), what)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	if poster("Films/Ferry.mp4") != nil {
		t.Error("a poster of what was never seen")
	}
	a.keepCard("stos://a?card=b", publish.Card{Poster: []byte("chosen")})
	if got := poster("stos://a?card=b"); string(got) != "chosen" {
		t.Errorf("%q", got)
	}
	if err := a.NotePoster(t.Context(), "stos://a?card=b", image.NewRGBA(image.Rect(0, 0, 1280, 720))); err != nil {
		t.Fatal(err)
	}
	a.keepCard("stos://a?card=b", publish.Card{Poster: []byte("chosen")}) // where it was left is better
	kept, err := jpeg.Decode(bytes.NewReader(poster("stos://a?card=b")))
	if err != nil || kept.Bounds().Dx() != posterSide || kept.Bounds().Dy() != posterSide*9/16 {
		t.Fatalf("%v", err)
	}
	if strings.Contains(posterName("stos://a#key"), "key") {
		t.Error("the name of a poster tells the link")
	}
}

func TestPosterOfAnOwnLink(t *testing.T) {
	a := openTest(t, t.TempDir())
	if err := a.changeRegister(func(r *register) {
		r.Links = append(r.Links, madeLink{Link: Link{ID: "7", Link: "sds://a", AppLink: "stos://a?card=b"}})
	}); err != nil {
		t.Fatal(err)
	}
	if raw, err := a.Poster(t.Context(), "sds://a"); raw != nil || err != nil {
		t.Errorf("%q, %v", raw, err)
	}
	if err := errors.Join(os.MkdirAll(filepath.Dir(a.posterFile("7")), 0o700), os.WriteFile(a.posterFile("7"), []byte("frame"), 0o600)); err != nil {
		t.Fatal(err)
	}
	for _, what := range []string{"sds://a", "stos://a?card=b"} {
		if raw, err := a.Poster(t.Context(), what); string(raw) != "frame" || err != nil {
			t.Errorf("%s: %q, %v", what, raw, err)
		}
	}
}
