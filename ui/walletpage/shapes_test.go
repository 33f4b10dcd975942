package walletpage

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/language"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// wordy is a person with a name that somebody took much time for.
func wordy() app.Contact {
	return app.Contact{Name: strings.Repeat("the people from the house by the lake ", 3), Address: newcomer, Memo: strings.Repeat("flat 7, ", 20)}
}

func TestLongPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, show := range map[string]func(p *Page, b *fake.Backend){
			"long": func(p *Page, b *fake.Backend) {
				b.Accounts[0].Name, b.Money.Worth = wordy().Name, "1,234,567,890.12 EUR"
				b.People = append(b.People, wordy())
				b.Past[1].With, b.Past[2].Memo = newcomer, wordy().Memo
				p.Follow(app.Event{Kind: app.WalletChanged})
			},
			"long-book": func(p *Page, b *fake.Backend) {
				b.People = append(b.People, wordy())
				p.openBook()
				bookTable(t, p).Select(2)
			},
			"long-entry": func(p *Page, b *fake.Backend) {
				h := p.past.entries[4]
				h.Memo, h.Hash = wordy().Memo, "ab"
				p.showEntry(h)
			},
			"waiting": func(p *Page, _ *fake.Backend) { p.showWaiting(); p.object.Refresh() },
			"book-error": func(p *Page, b *fake.Backend) {
				p.editPerson(app.Contact{}, nil)
				fields(dialogOf(t, p))[0].SetText("Ana")
				fields(dialogOf(t, p))[1].SetText(newcomer)
				dialogOf(t, p).Submit("")
			},
		} {
			backend := fake.Full()
			p, _ := put(t, backend, 684, 600)
			show(p, backend)
			shots.Match(t, name+"-"+mode, p.host.Window)
		}
	})
}

// The cards never lie over each other, and stay in the window.
func TestCardsLieBesideEachOther(t *testing.T) {
	size := func(o fyne.CanvasObject) string { return fmt.Sprintf("%v at %v", o.Size(), o.Position()) }
	for _, width := range []float32{620, 700, 859, 860, 1064, 1400} {
		for _, height := range []float32{520, 640, 900} {
			p, _ := put(t, fake.Full(), width, height)
			cards := []fyne.CanvasObject{p.total, p.side, p.ozone, p.past.object}
			for i, a := range cards {
				if a.Position().X < 0 || a.Position().X+a.Size().Width > width || a.Size().Width < 200 {
					t.Errorf("%v x %v: card %d is %s", width, height, i, size(a))
				}
				for j, b := range cards[:i] {
					apart := a.Position().X >= b.Position().X+b.Size().Width || b.Position().X >= a.Position().X+a.Size().Width ||
						a.Position().Y >= b.Position().Y+b.Size().Height || b.Position().Y >= a.Position().Y+a.Size().Height
					if !apart {
						t.Errorf("%v x %v: card %d (%s) lies over card %d (%s)", width, height, i, size(a), j, size(b))
					}
				}
			}
		}
	}
}

// The chart is there where there is room and something to draw.
func TestTheChartNeedsRoom(t *testing.T) {
	charts := func(height float32, past []app.HistoryEntry) int {
		backend := fake.Full()
		backend.Past = past
		p, _ := put(t, backend, 1064, height)
		n := 0
		for _, c := range find[*widgets.Chart](p.object) {
			if c.Visible() {
				n++
			}
		}
		return n
	}
	past := fake.Full().Past
	if n := charts(760, past); n != 1 {
		t.Errorf("%d charts in a high window", n)
	}
	if n := charts(760, past[:1]); n != 0 {
		t.Errorf("%d charts of one payment", n)
	}
	o := widgets.NewText("x", widgets.Body)
	for height, shown := range map[float32]bool{chartNeeds - 1: false, chartNeeds: true, 200: true} {
		if (&roomy{}).Layout([]fyne.CanvasObject{o}, fyne.NewSize(100, height)); o.Visible() != shown {
			t.Errorf("at %v it is shown: %v", height, o.Visible())
		}
	}
}

// Nobody without a key is offered what needs one.
func TestWhoWatchesCannotSend(t *testing.T) {
	backend := fake.Watch(fake.Full())
	host, _ := stage.Host(t, 1064, 640)
	for _, arg := range []string{"", OpenOzone, OpenSend + "Ana"} {
		p := New(host, backend, Options{Practice: true, Arg: arg})
		stage.Put(host, p)
		if host.Canvas().Overlays().Top() != nil {
			t.Fatalf("%q opens a dialog", arg)
		}
		for _, b := range find[*widgets.Button](p.object) {
			if slices.Contains([]string{"Send", "Buy ozone", "Claim rewards", "Get practice STOS"}, b.Text()) {
				t.Errorf("it offers %q", b.Text())
			}
		}
		p.openBook()
		if n := len(dialogOf(t, p).Sheet().Buttons); n != 1 {
			t.Errorf("the address book has %d buttons", n)
		}
		bookTable(t, p).Select(0)
		bookTable(t, p).OnOpen(0)
		if title := dialogOf(t, p).Sheet().Title; title != "Address book" {
			t.Errorf("somebody is paid: %q", title)
		}
		dialogOf(t, p).Close()
	}
}

func TestLinksOpenDialogs(t *testing.T) {
	for arg, want := range map[string]string{OpenOzone: "Buy ozone", OpenSend + "Ana": "Send STOS", "": "", "somewhere": ""} {
		host, _ := stage.Host(t, 1064, 640)
		p := New(host, fake.Full(), Options{Arg: arg})
		d, open := host.Canvas().Overlays().Top().(*widgets.Dialog)
		if open != (want != "") || open && d.Sheet().Title != want {
			t.Errorf("%q: open %v", arg, open)
		}
		if want == "Send STOS" && fields(d)[0].Text != "Ana" {
			t.Error("to whom is forgotten")
		}
		p.Leave()
	}
}

// Every dialog of the page is translated, and its buttons are in a window of
// 900 x 600 at large text.
func TestDialogsInOtherLanguages(t *testing.T) {
	t.Cleanup(func() { _ = language.Use("en") })
	for _, code := range []string{"de", "fr", "es", "zh"} {
		if err := language.Use(code); err != nil {
			t.Fatal(err)
		}
		p, _ := put(t, fake.Full(), 600, 400)
		for title, open := range map[string]func(){
			"Receive STOS": p.receive, "Send STOS": func() { p.send(nil) }, "Buy ozone": p.buyOzone, "Address book": p.openBook,
			"In the address book": func() { p.editPerson(app.Contact{}, nil) }, "Sent to Ana": func() { p.showEntry(p.past.entries[8]) },
		} {
			open()
			d := dialogOf(t, p)
			if d.Sheet().Title == title {
				t.Errorf("%s: %q is English", code, title)
			}
			for _, b := range d.Sheet().Buttons {
				at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b)
				if at.X < 0 || at.X+b.Size().Width > 600 {
					t.Errorf("%s: %q is from %v to %v", code, b.Text(), at.X, at.X+b.Size().Width)
				}
			}
			d.Close()
		}
	}
}

func TestSidesOfAPayment(t *testing.T) {
	for _, c := range []struct {
		h    app.HistoryEntry
		want string
	}{
		{app.HistoryEntry{Kind: "sent"}, "To"},
		{app.HistoryEntry{Kind: "received", Incoming: true}, "From"},
		{app.HistoryEntry{Kind: "other"}, "With"},
		{app.HistoryEntry{Kind: "other", Incoming: true}, "With"},
	} {
		if got := side(c.h); got != c.want {
			t.Errorf("%+v: %q", c.h, got)
		}
	}
}

func TestKindsHaveMarks(t *testing.T) {
	for _, f := range kindFilters()[1:] {
		if icon := kindIcon(app.HistoryEntry{Kind: f.id}); (icon == "activity") != (f.id == "other") || f.word == "" {
			t.Errorf("%s has %q", f.id, icon)
		}
	}
}

// Escape closes a form and nothing is sent; Enter goes on.
func TestKeysOfTheSendForm(t *testing.T) {
	p, backend, _ := opened(t)
	p.send(nil)
	d := dialogOf(t, p)
	f := fields(d)
	if p.host.Canvas().Focused() != f[0] {
		t.Error("typing does not begin with whom")
	}
	f[0].SetText("Ana")
	f[1].SetText("12.5")
	f[2].OnSubmitted("")
	if d.Sheet().Title != "Check before you send" || p.host.Canvas().Focused() != fields(d)[0] {
		t.Errorf("%q", d.Sheet().Title)
	}
	p.host.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if d.Open() || backend.Asked("confirm Send 12.5 STOS") {
		t.Errorf("open %v, %q", d.Open(), backend.Calls)
	}
}

// What is typed is looked at with every letter.
func TestTheSendFormWaitsUntilNothingIsMissing(t *testing.T) {
	p, _, _ := opened(t)
	p.send(nil)
	d := dialogOf(t, p)
	f, onward := fields(d), d.Sheet().Buttons[1]
	for _, c := range []struct {
		to, amount string
		ready      bool
	}{
		{"", "", false},
		{"Ana", "", false},
		{"", "1", false},
		{"Ana", "1", true},
		{"ana", "1.5 stos", true},
		{"Nobody", "1", false},
		{newcomer, "1", true},
		{newcomer, "1.5.", false},
		{newcomer, "0", false},
		{newcomer, "max", true},
		{newcomer[:19], "1", false},
	} {
		f[0].SetText(c.to)
		f[1].SetText(c.amount)
		if onward.Disabled() == c.ready {
			t.Errorf("%+v: off %v", c, onward.Disabled())
		}
	}
}

// A balance, a fee and the rest are said before the password is asked for.
func TestWhatIsSaidBeforeSending(t *testing.T) {
	p, _, _ := opened(t)
	if got := free(p.balance); got != "934.331 STOS are free to use." && got != "934.332 STOS are free to use." {
		t.Error(got)
	}
	d := filled(t, p, "Ana", "12.5")
	var words []string
	for _, text := range find[*widgets.Text](d.Sheet().Body) {
		words = append(words, text.Text())
	}
	all := strings.Join(words, "|")
	for _, want := range []string{"To|", "Ana", "Amount", "12.5 STOS", "Network fee", "Left after this", "921.83"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not said: %s", want, all)
		}
	}
}

func TestBuyingOzoneThatFails(t *testing.T) {
	p, backend, _ := opened(t)
	p.buyOzone()
	d := dialogOf(t, p)
	backend.Err = fake.ErrOffline
	fields(d)[0].SetText("4")
	d.Submit("")
	if !says(d, "The network does not answer.") || d.Sheet().Title != "Buy ozone" || d.Sheet().Buttons[1].Disabled() {
		t.Errorf("%q", d.Sheet().Title)
	}
	backend.Err = nil
	d.Submit("")
	if d.Sheet().Title != "Check before you buy" {
		t.Errorf("%q", d.Sheet().Title)
	}
}

func TestPracticeMoneyThatDoesNotCome(t *testing.T) {
	p, backend, told := opened(t)
	backend.Err = fake.ErrOffline
	test.Tap(p.credit)
	if p.credit.Disabled() || p.credit.Text() != "Get practice STOS" || len(told.Said) == 0 {
		t.Errorf("%q, said %q", p.credit.Text(), told.Said)
	}
}

// A list of people is in one order, whatever order they were kept in, and a
// search finds nobody who is not in it.
func TestPeopleInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people := make([]app.Contact, rapid.IntRange(0, 8).Draw(t, "people"))
		for i := range people {
			people[i] = app.Contact{
				Name: fmt.Sprint(rapid.SampledFrom([]string{"ana", "Bob", "eve"}).Draw(t, "name"), i), Address: fmt.Sprint("st1", i),
				Used: fake.Now.Add(time.Duration(rapid.IntRange(0, 3).Draw(t, "used")) * time.Hour),
			}
		}
		list := listed(people, "")
		mixed := slices.Clone(people)
		slices.Reverse(mixed)
		if again := listed(mixed, ""); !slices.Equal(list, again) || len(list) != len(people) {
			t.Fatalf("%v and %v", list, again)
		}
		for i := 1; i < len(list); i++ {
			if list[i].Used.After(list[i-1].Used) {
				t.Fatalf("%d was paid later than %d", i, i-1)
			}
		}
		for _, c := range listed(people, "BOB") {
			if !strings.HasPrefix(c.Name, "Bob") {
				t.Fatalf("found %q", c.Name)
			}
		}
	})
}

func TestPeopleAsRows(t *testing.T) {
	for _, c := range []struct {
		c      app.Contact
		second string
		pill   bool
	}{
		{app.Contact{Name: "Ana", Address: fake.Ana}, "st1c74…x80p", false},
		{app.Contact{Name: "Gate", Address: fake.Ana, Memo: "718", Exchange: true}, "st1c74…x80p, note 718", true},
	} {
		r := personRow(c.c)
		if r.Name != c.c.Name || r.Second != c.second || (len(r.Cells) > 0) != c.pill {
			t.Errorf("%+v", r)
		}
	}
}

func TestNamesBesideTheButtons(t *testing.T) {
	for name, want := range map[string]string{
		"": "", "Main account": "Main account", strings.Repeat("x", 20): strings.Repeat("x", 20),
		strings.Repeat("x", 21): strings.Repeat("x", 19) + "…", "the people from the house": "the people from the…", strings.Repeat("家", 30): strings.Repeat("家", 19) + "…",
	} {
		if got := beside(name); got != want {
			t.Errorf("%q became %q", name, got)
		}
	}
}
