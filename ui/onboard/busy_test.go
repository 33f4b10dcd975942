package onboard

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// slow is a program that something happens in the middle of, and that finds
// other words each time it is asked for some.
type slow struct {
	*fake.Backend
	meanwhile func()
	asked     int
}

func (s *slow) happens() {
	if do := s.meanwhile; do != nil {
		s.meanwhile = nil
		do()
	}
}

func (s *slow) NewWords(count int) ([]string, error) {
	s.asked++
	words := make([]string, count)
	for i := range words {
		words[i] = fmt.Sprint("word", string(rune('a'+i)), string(rune('a'+s.asked)))
	}
	return words, s.Err
}

func (s *slow) AddWallet(ctx context.Context, name, words string, password []byte) (app.WalletInfo, error) {
	s.happens()
	s.Calls = append(s.Calls, "words "+words+" password "+string(password))
	return s.Backend.AddWallet(ctx, name, words, password)
}

func (s *slow) ChooseNetwork(ctx context.Context, id string) error {
	s.happens()
	return s.Backend.ChooseNetwork(ctx, id)
}

func (s *slow) ChooseFolder(ctx context.Context, dir string) error {
	s.happens()
	return s.Backend.ChooseFolder(ctx, dir)
}

func (s *slow) Unlock(ctx context.Context, password []byte) error {
	s.Calls = append(s.Calls, "unlock")
	s.happens()
	return s.Backend.Unlock(ctx, password)
}

// count is how often something was asked for.
func (s *slow) count(call string) (n int) {
	for _, each := range s.Calls {
		if strings.HasPrefix(each, call) {
			n++
		}
	}
	return n
}

// slowly shows a screen of the first start.
func slowly(t *testing.T, s screen) (*Page, *slow) {
	t.Helper()
	backend := &slow{Backend: fake.Empty()}
	backend.At = app.NeedsWallet
	host, _ := stage.Host(t, 900, 720)
	p := New(host, backend, func() {})
	stage.Put(host, p)
	p.show(s)
	return p, backend
}

// While something is done, nothing that is typed or pressed does it again.
func TestNothingIsDoneTwice(t *testing.T) {
	for name, c := range map[string]struct {
		at        screen
		begin     func(p *Page)
		meanwhile func(p *Page)
		call      string
	}{
		"making a wallet": {askPassword, func(p *Page) {
			for _, f := range find[*widgets.Field](p) {
				f.SetText(fake.Password)
			}
			test.Tap(p.onward)
		}, func(p *Page) {
			f := find[*widgets.Field](p)
			f[1].SetText(fake.Password + "x")
			f[0].SetText(fake.Password + "x")
			f[1].OnSubmitted("")
		}, "add wallet"},
		"choosing a network": {chooseNetwork, func(p *Page) { test.Tap(p.onward) }, func(p *Page) {
			test.Tap(find[*widgets.ChoiceCard](p)[1])
			test.Tap(p.onward)
		}, "network"},
		"choosing a folder": {chooseFolder, func(p *Page) { test.Tap(p.onward) }, func(p *Page) {
			f := find[*widgets.Field](p)[0]
			f.SetText("/home/ana/Else")
			f.OnSubmitted("")
		}, "folder"},
	} {
		for _, err := range []error{nil, fake.ErrOffline} {
			p, backend := slowly(t, c.at)
			backend.Err = err
			backend.meanwhile = func() {
				if !p.onward.Disabled() || !p.back.Disabled() {
					t.Errorf("%s: the buttons can be pressed", name)
				}
				c.meanwhile(p)
				test.Tap(p.back)
				if !p.onward.Disabled() {
					t.Errorf("%s: typing lets it be done again", name)
				}
			}
			c.begin(p)
			if n := backend.count(c.call); n != 1 {
				t.Errorf("%s: done %d times: %q", name, n, backend.Calls)
			}
			if err != nil && (p.at != c.at || p.onward.Disabled() || p.onward.Text() != "Try again") {
				t.Errorf("%s: cannot be tried again", name)
			}
		}
	}
}

// What went wrong is tried again only with what is enough.
func TestTryingAgainNeedsAllOfIt(t *testing.T) {
	p, backend := slowly(t, askPassword)
	f := find[*widgets.Field](p)
	f[0].SetText(fake.Password)
	f[1].SetText(fake.Password)
	backend.Err = fake.ErrOffline
	backend.meanwhile = func() { f[1].SetText("other") }
	test.Tap(p.onward)
	if !p.onward.Disabled() {
		t.Fatal("a wallet can be locked with a password that was typed once")
	}
	backend.Err = nil
	f[1].SetText(fake.Password)
	if test.Tap(p.onward); p.at != chooseNetwork {
		t.Errorf("at %v", p.at)
	}
}

// Whoever goes back to look at the words sees those that were written down; they
// are those of the wallet, and never in the field for old ones.
func TestGoingBackShowsTheSameWords(t *testing.T) {
	p, backend := slowly(t, showWords)
	words := p.words
	test.Tap(find[*widgets.Check](p)[0])
	test.Tap(p.onward)
	test.Tap(p.back)
	test.Tap(p.back)
	test.Tap(find[*widgets.ChoiceCard](p)[1])
	test.Tap(p.onward)
	field := find[*widgets.Field](p)[0]
	if field.Text != "" {
		t.Errorf("the words of a new wallet are asked for: %q", field.Text)
	}
	field.SetText(strings.Repeat("old ", 12))
	test.Tap(p.back)
	test.Tap(find[*widgets.ChoiceCard](p)[0])
	test.Tap(p.onward)
	if p.words != words || backend.asked != 1 || !p.onward.Disabled() {
		t.Errorf("%q became %q", words, p.words)
	}
	test.Tap(find[*widgets.Check](p)[0])
	test.Tap(p.onward)
	for _, f := range find[*widgets.Field](p) {
		f.SetText(fake.Password)
	}
	test.Tap(p.onward)
	if !slices.Contains(backend.Calls, "words "+words+" password "+fake.Password) || p.words != "" || p.fresh != nil {
		t.Errorf("%q", backend.Calls)
	}
}

// Without words there is no wallet, and coming back asks for them again.
func TestWordsThatCannotBeMade(t *testing.T) {
	p, backend := slowly(t, chooseWallet)
	backend.Err = fake.ErrOffline
	p.show(showWords)
	test.Tap(find[*widgets.Check](p)[0])
	if !p.onward.Disabled() || p.problem.Text() == "" {
		t.Error("a wallet without words is made")
	}
	backend.Err = nil
	test.Tap(p.back)
	test.Tap(p.onward)
	test.Tap(find[*widgets.Check](p)[0])
	if p.onward.Disabled() || len(strings.Fields(p.words)) != newWords {
		t.Errorf("%q", p.words)
	}
}

// A password that is typed while another is tried does not begin once more; and
// a page that was left opens nothing.
func TestUnlockingOnce(t *testing.T) {
	for name, c := range map[string]struct {
		meanwhile func(u *UnlockPage)
		done      bool
	}{
		"Enter again": {func(u *UnlockPage) { u.password.SetText("other"); u.password.OnSubmitted("") }, true},
		"pressed":     {func(u *UnlockPage) { u.unlock.Tapped(nil) }, true},
		"left":        {func(u *UnlockPage) { u.Leave() }, false},
	} {
		backend, done := &slow{Backend: fake.Full()}, 0
		host, _ := stage.Host(t, 900, 600)
		u := NewUnlock(host, backend, func() { done++ })
		stage.Put(host, u)
		backend.meanwhile = func() {
			if u.unlock.Text() != "Unlocking" || !u.unlock.Disabled() {
				t.Errorf("%s: the button says %q", name, u.unlock.Text())
			}
			c.meanwhile(u)
		}
		u.password.SetText(fake.Password)
		u.password.OnSubmitted("")
		if n := backend.count("unlock"); n != 1 || (done == 1) != c.done {
			t.Errorf("%s: tried %d times, done %d times", name, n, done)
		}
	}
}
