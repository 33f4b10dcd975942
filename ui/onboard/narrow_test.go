package onboard

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/language"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// every screen of the first start.
var every = []screen{chooseWallet, showWords, askWords, askPassword, chooseNetwork, chooseFolder}

// startedIn shows the first start in a window of a size.
func startedIn(t *testing.T, width, height float32) (*Page, *fake.Backend) {
	t.Helper()
	backend := fake.Empty()
	backend.At = app.NeedsWallet
	host, _ := stage.Host(t, width, height)
	p := New(host, backend, func() {})
	stage.Put(host, p)
	return p, backend
}

// What goes wrong or is long, in the smallest window that people use.
func TestTroublePictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, show := range map[string]func(p *Page, b *fake.Backend){
			"typo": func(p *Page, _ *fake.Backend) {
				p.show(askWords)
				find[*widgets.Field](p)[0].SetText("harbour voilin meadow ")
			},
			"copied": func(p *Page, _ *fake.Backend) {
				p.show(showWords)
				pressIn(t, p, "Copy")
			},
			"no-folder": func(p *Page, b *fake.Backend) {
				p.show(chooseFolder)
				find[*widgets.Field](p)[0].SetText("/home/ana/" + strings.Repeat("a long way down/", 8))
				b.Err = fault.Say(nil, "The folder cannot be made. Nothing was changed; choose another place.")
				test.Tap(p.onward)
			},
			"busy": func(p *Page, _ *fake.Backend) { p.show(chooseNetwork); p.busy("Getting ready") },
			"own":  func(p *Page, _ *fake.Backend) { p.show(chooseNetwork); test.Tap(find[*widgets.ChoiceCard](p)[3]) },
		} {
			p, backend := startedIn(t, 900, 600)
			show(p, backend)
			shots.Match(t, "small-"+name+"-"+mode, p.host.Window)
		}
	})
}

func pressIn(t *testing.T, p *Page, text string) {
	t.Helper()
	for _, b := range find[*widgets.Button](p) {
		if b.Text() == text {
			test.Tap(b)
			return
		}
	}
	t.Fatalf("no button says %q", text)
}

// In a window of 900 x 600 the way on is in sight on every screen, in every
// language.
func TestTheWayOnIsInSight(t *testing.T) {
	t.Cleanup(func() { _ = language.Use("en") })
	for _, n := range language.Names() {
		if err := language.Use(n.Code); err != nil {
			t.Fatal(err)
		}
		p, _ := startedIn(t, 900, 600)
		for _, s := range every {
			p.show(s)
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(p.onward)
			if bottom := at.Y + p.onward.Size().Height; bottom > 600 || at.X < 0 {
				t.Errorf("%s, screen %v: the button ends at %v", n.Code, s, bottom)
			}
			if size := p.onward.MinSize(); size.Width > p.onward.Size().Width {
				t.Errorf("%s, screen %v: %q is cut", n.Code, s, p.onward.Text())
			}
		}
	}
}

// Whoever has no mouse gets through: the fields and buttons of each screen can
// be reached, and the first is where typing begins.
func TestEachScreenByKeyboard(t *testing.T) {
	for s, want := range map[screen]struct {
		focusable int
		typing    bool
	}{
		chooseWallet: {3, false}, showWords: {4, false}, askWords: {3, true}, askPassword: {4, true},
		chooseNetwork: {5, false}, chooseFolder: {4, false},
	} {
		p, _ := startedIn(t, 900, 720)
		p.show(s)
		n := 0
		for _, o := range test.LaidOutObjects(p.object) {
			if _, can := o.(fyne.Focusable); can && o.Visible() {
				n++
			}
		}
		if n < want.focusable-1 {
			t.Errorf("screen %v: %d things to reach, want %d", s, n, want.focusable)
		}
		if _, typing := p.host.Canvas().Focused().(*widgets.Field); typing != want.typing {
			t.Errorf("screen %v: typing goes to a field: %v", s, typing)
		}
	}
}

func TestEnterGoesOn(t *testing.T) {
	p, backend := startedIn(t, 900, 720)
	p.words = strings.Repeat("word ", 12)
	p.show(askPassword)
	f := find[*widgets.Field](p)
	f[0].SetText(fake.Password)
	f[0].OnSubmitted("")
	if p.host.Canvas().Focused() != f[1] {
		t.Error("Enter does not lead to the second field")
	}
	f[1].OnSubmitted("") // they are not the same yet
	if backend.Asked("add wallet Main account") {
		t.Fatal("a wallet was made with half a password")
	}
	f[1].SetText(fake.Password)
	f[1].OnSubmitted("")
	if !backend.Asked("add wallet Main account") || p.at != chooseNetwork {
		t.Errorf("at %v: %q", p.at, backend.Calls)
	}
	p.show(chooseFolder)
	find[*widgets.Field](p)[0].OnSubmitted("")
	if p.at != finished {
		t.Errorf("at %v", p.at)
	}
}

// A wallet that could not be made keeps its words, and the button says so.
func TestAWalletThatCannotBeMade(t *testing.T) {
	p, backend := startedIn(t, 900, 720)
	p.restore, p.words = true, strings.Repeat("word ", 12)
	p.show(askPassword)
	if p.onward.Text() != "Restore wallet" {
		t.Error(p.onward.Text())
	}
	for _, f := range find[*widgets.Field](p) {
		f.SetText(fake.Password)
	}
	backend.Err = fake.ErrOffline
	test.Tap(p.onward)
	if p.at != askPassword || p.words == "" || p.onward.Text() != "Try again" || p.onward.Disabled() || p.back.Disabled() {
		t.Errorf("at %v, %q, words %q", p.at, p.onward.Text(), p.words)
	}
	backend.Err = nil
	test.Tap(p.onward)
	if p.at != chooseNetwork || p.words != "" {
		t.Errorf("at %v, words %q", p.at, p.words)
	}
}

func TestFoldersThatAreTyped(t *testing.T) {
	p, _ := startedIn(t, 900, 720)
	p.show(chooseFolder)
	field := find[*widgets.Field](p)[0]
	for text, good := range map[string]bool{"": false, "Drive": false, "../Drive": false, "/home/ana/Drive": true, "  /home/ana/Drive ": true} {
		field.SetText(text)
		if p.onward.Disabled() == good || (p.problem.Text() == "") != good {
			t.Errorf("%q: %v, %q", text, good, p.problem.Text())
		}
	}
}

func TestTheFirstStartForgetsItsWords(t *testing.T) {
	p, _ := startedIn(t, 900, 720)
	p.show(showWords)
	if len(strings.Fields(p.words)) != newWords {
		t.Fatalf("%q", p.words)
	}
	p.Leave()
	if p.words != "" {
		t.Error("the words stay in memory")
	}
}

// Going back to the words of a new wallet shows words again, and they are those
// that the wallet is made of.
func TestTheWordsThatAreShownAreTheWallet(t *testing.T) {
	p, _ := startedIn(t, 900, 720)
	p.show(showWords)
	test.Tap(find[*widgets.Check](p)[0])
	test.Tap(p.onward)
	test.Tap(p.back)
	var shown []string
	for _, text := range find[*widgets.Text](p) {
		if strings.Contains(" "+p.words+" ", " "+text.Text()+" ") {
			shown = append(shown, text.Text())
		}
	}
	if strings.Join(shown, " ") != p.words {
		t.Errorf("shown %q, kept %q", shown, p.words)
	}
	if !p.onward.Disabled() {
		t.Error("other words were not written down yet")
	}
}

func TestWordsInAGrid(t *testing.T) {
	test.NewTempApp(t)
	for _, n := range []int{0, 1, 12, 24} {
		words := make([]string, n)
		for i := range words {
			words[i] = fmt.Sprint("word", i)
		}
		var seen []string
		for _, o := range test.LaidOutObjects(WordGrid(words)) {
			if text, ok := o.(*widgets.Text); ok {
				seen = append(seen, text.Text())
			}
		}
		if len(seen) != 2*n {
			t.Errorf("%d words, %d texts", n, len(seen))
		}
		for i, word := range words {
			if seen[2*i] != fmt.Sprint(i+1) || seen[2*i+1] != word {
				t.Errorf("place %d: %q", i, seen[2*i:2*i+2])
			}
		}
	}
}

// Typed words and what is said of the first wrong one.
func TestTyposAreNamed(t *testing.T) {
	for _, c := range []struct {
		help app.WordHelp
		want string
	}{
		{app.WordHelp{Wrong: 2}, "Word 2 is not one of the words that wallets use."},
		{app.WordHelp{Wrong: 12, Instead: []string{"violin"}}, "Word 12 is not one of the words that wallets use. Is it:"},
	} {
		if got := wrongWord(c.help); got != c.want {
			t.Errorf("%+v: %q", c.help, got)
		}
	}
	for _, c := range []struct {
		text  string
		place int
		word  string
		want  string
	}{
		{"a b c", 2, "x", "a x c "},
		{"a b c", 3, "x", "a b x "},
		{"a b c ", 1, "x", "x b c "},
		{"a", 0, "x", "a"},
		{"a", 2, "x", "a"},
		{"", 1, "x", ""},
	} {
		if got := withWord(c.text, c.place, c.word); got != c.want {
			t.Errorf("%q, word %d: %q", c.text, c.place, got)
		}
	}
	for text, want := range map[string]string{"": "", "  ": "", "Abc de": "abc de", "abc\n": "abc ", "1. abc": "abc", "{x": "", "ab-c": ""} {
		if got := beingTyped(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}

func FuzzTypedWords(f *testing.F) {
	for _, s := range []string{"harbour violin", "1. a 2. b", "", "\t\n", "ß İ", "{\"a\":1}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tidy := Tidy(text)
		if Tidy(tidy) != tidy || strings.Contains(tidy, "  ") || strings.TrimSpace(tidy) != tidy {
			t.Fatalf("%q became %q, and then %q", text, tidy, Tidy(tidy))
		}
		if typed := beingTyped(text); typed != "" && strings.TrimSpace(typed) != tidy {
			t.Fatalf("%q: words are looked for in %q", text, typed)
		}
	})
}
