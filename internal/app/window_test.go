package app

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/gofrs/flock"
)

// A second start raises the first window and shows none; after that was closed
// the next start has a window again.
func TestOneWindowPerProfile(t *testing.T) {
	home := t.TempDir()
	open := func() *App {
		t.Helper()
		a, err := Open(Options{Home: home, Runtime: home})
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	raised := make(chan string, 1)
	first, second := open(), open()
	for i, want := range []bool{true, false} {
		a := []*App{first, second}[i]
		if only, err := a.OnlyWindow("stos://a b#k&=%", func(link string) { raised <- link }); err != nil || only != want {
			t.Fatalf("start %d: only %v, %v", i+1, only, err)
		}
	}
	if link := <-raised; link != "stos://a b#k&=%" {
		t.Errorf("the link became %q", link)
	}
	if err := second.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := first.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(home, windowName)); !os.IsNotExist(err) {
		t.Errorf("the address stays: %v", err)
	}
	third := open()
	defer third.Close(t.Context())
	if only, err := third.OnlyWindow("", func(string) {}); err != nil || !only {
		t.Errorf("after the first was closed: only %v, %v", only, err)
	}
}

// Another start asks in vain while the first one begins or was killed.
func TestWindowThatDoesNotAnswer(t *testing.T) {
	home := t.TempDir()
	a, err := Open(Options{Home: home, Runtime: home})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close(t.Context())
	for _, text := range []string{"", "{", `{"version":1,"url":"http://127.0.0.1:1","token":"x"}`, `{"version":1,"url":"http://example.org","token":"x"}`} {
		if err := os.WriteFile(filepath.Join(home, windowName), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if raised, err := a.raiseOther("stos://x"); raised || err != nil {
			t.Errorf("%q: raised %v, %v", text, raised, err)
		}
	}
}

// A link that comes while the first window starts is not lost, and a window that
// ends leaves its place to the next.
func TestALinkWaitsForAWindowThatStarts(t *testing.T) {
	home := t.TempDir()
	a, err := Open(Options{Home: home, Runtime: home})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close(t.Context())
	starting := flock.New(filepath.Join(home, "window.lock"))
	if got, err := starting.TryLock(); !got || err != nil {
		t.Fatal(got, err)
	}
	type answered struct {
		only bool
		err  error
	}
	answers := make(chan answered, 1)
	begin := func() {
		only, err := a.OnlyWindow("stos://x", func(string) {})
		answers <- answered{only, err}
	}
	raised := make(chan string, 1)
	go begin()
	end, err := a.listenToStarts(func(link string) { raised <- link })
	if err != nil {
		t.Fatal(err)
	}
	if link := <-raised; link != "stos://x" {
		t.Errorf("the link became %q", link)
	}
	if got := <-answers; got.only || got.err != nil {
		t.Errorf("%+v", got)
	}
	end() // the first window closes
	go begin()
	if err := starting.Unlock(); err != nil {
		t.Fatal(err)
	}
	if got := <-answers; !got.only || got.err != nil {
		t.Errorf("%+v", got)
	}
}
