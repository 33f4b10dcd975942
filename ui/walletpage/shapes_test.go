package walletpage

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

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
