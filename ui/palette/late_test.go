package palette

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/language"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// slow is a drive that something happens in the middle of looking through.
type slow struct {
	*fake.Backend
	meanwhile func(ctx context.Context, words string)
}

func (s *slow) Find(ctx context.Context, words string, most int) ([]app.Entry, error) {
	if s.meanwhile != nil {
		s.meanwhile(ctx, words)
	}
	list, err := s.Backend.Find(ctx, words, most)
	if ctx.Err() != nil {
		return list, nil // it came to its end all the same
	}
	return list, err
}

func openedSlow(t *testing.T) (*Palette, *slow, *stage.Told) {
	t.Helper()
	backend := &slow{Backend: fake.Full()}
	backend.People = []app.Contact{{Name: "Contracts Ltd", Address: fake.Ana}}
	host, told := stage.Host(t, 720, 620)
	p := Show(host, backend, nil)
	p.pause = 0
	return p, backend, told
}

func press(p *Palette, keys ...fyne.KeyName) {
	for _, k := range keys {
		p.field.TypedKey(&fyne.KeyEvent{Name: k})
	}
}

// says tells whether a text is shown in the palette.
func says(p *Palette, text string) bool {
	return slices.ContainsFunc(test.LaidOutObjects(p.body), func(o fyne.CanvasObject) bool {
		w, ok := o.(*widgets.Text)
		return ok && w.Text() == text
	})
}

// The answer to words that were typed over is not shown, whenever it comes.
func TestOnlyTheLastQuestionCounts(t *testing.T) {
	p, backend, _ := openedSlow(t)
	backend.meanwhile = func(_ context.Context, words string) {
		if words == "contract" {
			p.field.SetText("budget")
		}
	}
	p.field.SetText("contract")
	if got := names(p.shown); got != "Budget.xlsx" {
		t.Errorf("%q shows %s", p.field.Text, got)
	}
	backend.meanwhile = func(context.Context, string) { p.field.SetText("") }
	p.field.SetText("contract")
	if got := names(p.shown); strings.Contains(got, "Contract") {
		t.Errorf("nothing is asked, and %s is shown", got)
	}
	backend.meanwhile = func(context.Context, string) { p.dialog.Close() }
	p.field.SetText("map")
	if got := names(p.shown); got != "" {
		t.Errorf("a palette that was closed finds %s", got)
	}
}

// Files are looked for when typing rests, not for each letter.
func TestFilesAreLookedForWhenTypingRests(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	if !rests(ctx, 0) {
		t.Error("a moment that is over does not end")
	}
	stop()
	if rests(ctx, time.Hour) {
		t.Error("what was typed over is looked for")
	}
	p, backend, _ := openedSlow(t)
	var first context.Context
	asked := 0
	backend.meanwhile = func(ctx context.Context, _ string) {
		if asked++; asked == 1 {
			first = ctx
			p.field.SetText("cont")
		}
	}
	p.field.SetText("con")
	if asked != 2 || first.Err() == nil {
		t.Errorf("asked %d times", asked)
	}
	p.field.SetText("   ")
	if asked != 2 || p.looking {
		t.Error("spaces are looked for")
	}
}

// Whoever moved down the list stays on the same line when more is found.
func TestTheSelectionStaysWhenMoreIsFound(t *testing.T) {
	for name, steps := range map[string]int{"the first": 0, "the second": 1, "the last": 9} {
		p, backend, told := openedSlow(t)
		var at Entry
		backend.meanwhile = func(context.Context, string) {
			for range steps {
				press(p, fyne.KeyDown)
			}
			at = p.shown[p.list.Selected()]
		}
		p.field.SetText("a")
		now := p.shown[p.list.Selected()]
		if now.Name != at.Name || now.Route != at.Route || len(p.shown) < 8 {
			t.Errorf("%s: %q became %q", name, at.Name, now.Name)
		}
		if press(p, fyne.KeyReturn); len(told.Routes) != 1 || told.Routes[0] != at.Route {
			t.Errorf("%s: Enter leads to %v", name, told.Routes)
		}
	}
	p, _, _ := openedSlow(t)
	p.field.SetText("co") // a person before the files
	files := slices.IndexFunc(p.shown, func(e Entry) bool { return e.Name == "Contract draft.pdf" })
	p.list.Select(files)
	p.people = append(p.people, Entry{Name: "Conrad", Route: page.Route{Page: page.Wallet, Arg: "send Conrad"}})
	if p.showMore(); p.shown[p.list.Selected()].Name != "Contract draft.pdf" {
		t.Errorf("the keyboard is on %q", p.shown[p.list.Selected()].Name)
	}
}

// That nothing is found is said when it is known, not while it is looked for.
func TestNothingIsFoundWhenItIsKnown(t *testing.T) {
	p, backend, _ := openedSlow(t)
	looked := false
	backend.meanwhile = func(context.Context, string) {
		if looked = true; says(p, "Nothing found") {
			t.Error("nothing is said to be found while it is looked for")
		}
	}
	p.field.SetText("zzz")
	if !looked || !says(p, "Nothing found") {
		t.Error("it is not said that nothing is found")
	}
	backend.meanwhile, backend.Err = nil, fake.ErrOffline
	if p.field.SetText("zzzz"); !says(p, "Nothing found") {
		t.Error("without an answer it looks on for ever")
	}
	press(p, fyne.KeyReturn, fyne.KeyDown, fyne.KeyUp)
	if !p.dialog.Open() || p.list.Selected() != -1 {
		t.Error("Enter goes to nothing")
	}
}

// The keyboard goes down and up and stays within the list.
func TestKeysStayInTheList(t *testing.T) {
	p, _, told := openedSlow(t)
	p.field.SetText("wa")
	last := len(p.shown) - 1
	for _, c := range []struct {
		keys []fyne.KeyName
		want int
	}{
		{[]fyne.KeyName{fyne.KeyUp}, 0},
		{[]fyne.KeyName{fyne.KeyDown}, 1},
		{slices.Repeat([]fyne.KeyName{fyne.KeyDown}, 20), last},
		{slices.Repeat([]fyne.KeyName{fyne.KeyUp}, 20), 0},
	} {
		if press(p, c.keys...); p.list.Selected() != c.want || p.host.Canvas().Focused() != fyne.Focusable(p.field) {
			t.Errorf("%v: on %d, not on %d", c.keys[0], p.list.Selected(), c.want)
		}
	}
	p.field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft}) // moves in the field
	p.host.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if p.dialog.Open() || len(told.Routes) != 0 || p.tasks.Context().Err() == nil {
		t.Error("Escape does not close it")
	}
}

// Every page is found by its name in each language, and each row leads
// somewhere.
func TestPagesInOtherLanguages(t *testing.T) {
	t.Cleanup(func() { _ = language.Use("en") })
	for _, code := range []string{"en", "de", "fr", "es", "zh"} {
		if err := language.Use(code); err != nil {
			t.Fatal(err)
		}
		for _, each := range pages() {
			found := matching(pages(), strings.ToUpper(each.Name))
			if !slices.ContainsFunc(found, func(e Entry) bool { return e.Route == each.Route }) || each.Icon == "" || each.Second == "" {
				t.Errorf("%s: %q finds %s", code, each.Name, names(found))
			}
		}
	}
	many := make([]app.Entry, 300)
	for i := range many {
		many[i] = app.Entry{Name: fmt.Sprint("holiday ", i), Path: fmt.Sprint("holiday ", i)}
	}
	backend := fake.Full()
	backend.Entries[""] = many
	p, _ := opened(t, backend)
	if p.field.SetText("holiday"); len(p.shown) != mostFiles {
		t.Errorf("%d files are shown", len(p.shown))
	}
}
