package walletpage

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/care"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func put(t *testing.T, backend *fake.Backend, width, height float32) (*Page, *stage.Told) {
	t.Helper()
	host, told := stage.Host(t, width, height)
	p := New(host, backend, Options{Practice: true, Care: care.New(host, backend, func() {})})
	stage.Put(host, p)
	return p, told
}

func TestPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, backend := range map[string]*fake.Backend{"full": fake.Full(), "empty": fake.Empty(), "error": fake.Broken()} {
			backend.Kept.BackedUp = name != "empty"
			p, _ := put(t, backend, 1064, 720)
			shots.Match(t, name+"-"+mode, p.host.Window)
		}
		for name, backend := range map[string]*fake.Backend{"accounts": fake.WithAccounts(fake.Full()), "watched": fake.Watch(fake.Full())} {
			p, _ := put(t, backend, 1064, 640)
			shots.Match(t, name+"-"+mode, p.host.Window)
		}
		p, _ := put(t, fake.Full(), 744, 640)
		shots.Match(t, "narrow-"+mode, p.host.Window)
		p, _ = put(t, fake.Full(), 1064, 640)
		p.past.search.SetText("nowhere")
		shots.Match(t, "nothing-"+mode, p.host.Window)
	})
}

func TestDialogPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, open := range map[string]func(*Page){
			"receive": (*Page).receive, "send": func(p *Page) { p.send(nil) }, "ozone": (*Page).buyOzone,
			"exchange": func(p *Page) { p.send(nil); fields(dialogOf(t, p))[0].SetText("gate") },
			"check":    func(p *Page) { filled(t, p, fake.Ana, "12.5") },
			"sent":     func(p *Page) { pay(t, filled(t, p, newcomer, "12.5"), fake.Password) },
			"wrong":    func(p *Page) { filled(t, p, "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", "1") },
			"book":     func(p *Page) { p.openBook(); bookTable(t, p).Select(0) },
			"nobody":   func(p *Page) { p.backend.(*fake.Backend).People = nil; p.openBook() },
			"person":   func(p *Page) { p.editPerson(p.people[1], nil) },
			"entry":    func(p *Page) { p.showEntry(p.past.entries[8]) },
			"stranger": func(p *Page) {
				p.people = nil
				p.showEntry(app.HistoryEntry{Kind: "received", With: newcomer, Hash: "ab", Incoming: true, Time: fake.Now})
			},
		} {
			p, _ := put(t, fake.Full(), 720, 640)
			open(p)
			shots.Match(t, name+"-"+mode, p.host.Window)
		}
	})
}

func opened(t *testing.T) (*Page, *fake.Backend, *stage.Told) {
	t.Helper()
	backend := fake.Full()
	p, told := put(t, backend, 720, 620)
	return p, backend, told
}

func dialogOf(t *testing.T, p *Page) *widgets.Dialog {
	t.Helper()
	d, ok := p.host.Canvas().Overlays().Top().(*widgets.Dialog)
	if !ok {
		t.Fatal("no dialog is open")
	}
	return d
}

func find[T any](o fyne.CanvasObject) []T {
	var found []T
	for _, each := range test.LaidOutObjects(o) {
		if w, ok := each.(T); ok {
			found = append(found, w)
		}
	}
	return found
}

func TestPracticeMoney(t *testing.T) {
	p, backend, told := opened(t)
	test.Tap(p.credit)
	if !backend.Asked("credit") || len(told.Said) != 1 || p.credit.Disabled() {
		t.Errorf("%v %q", backend.Calls, told.Said)
	}
	p.claim()
	if len(told.Routes) != 1 || told.Routes[0] != (page.Route{Page: page.Stake}) {
		t.Errorf("%v", told.Routes)
	}
}

// noBalance has a history and no network.
type noBalance struct{ *fake.Backend }

func (noBalance) Balance(context.Context) (app.Balance, error) { return app.Balance{}, fake.ErrOffline }

func TestTheHistoryIsThereWithoutTheNetwork(t *testing.T) {
	host, told := stage.Host(t, 1064, 640)
	p := New(host, noBalance{fake.Full()}, Options{})
	if p.known || p.past.table.Len() == 0 || len(told.Said) != 1 || !p.actions[1].Disabled() {
		t.Errorf("%d entries, said %q", p.past.table.Len(), told.Said)
	}
}

// What the money is worth is shown only if somebody asked for it.
func TestWorth(t *testing.T) {
	p, backend, _ := opened(t)
	shown := func() bool {
		return slices.ContainsFunc(find[*widgets.Text](p.totalView()), func(text *widgets.Text) bool { return text.Text() == "About 12.34 EUR" })
	}
	if shown() {
		t.Error("shown unasked")
	}
	backend.Money.Worth = "12.34 EUR"
	if p.Follow(app.Event{Kind: app.WalletChanged}); !shown() {
		t.Error("not shown")
	}
}

func TestMoneyThatMovesIsFollowed(t *testing.T) {
	p, backend, told := opened(t)
	backend.Money = fake.Empty().Money
	p.Follow(app.Event{Kind: app.LinksChanged})
	if p.balance.Total.IsZero() {
		t.Error("read again for nothing")
	}
	p.Follow(app.Event{Kind: app.WalletChanged})
	if !p.balance.Total.IsZero() {
		t.Error("the new balance is not shown")
	}
	backend.Accounts[0].Name = "Household"
	p.Follow(app.Event{Kind: app.WalletChanged})
	if p.pill.Text() != "Household" {
		t.Error("the new name is not shown")
	}
	backend.Err = fake.ErrOffline
	p.Follow(app.Event{Kind: app.WalletChanged})
	if len(told.Said) == 0 || !p.known || len(p.past.entries) == 0 {
		t.Error("a failure later is said, and what is known stays")
	}
	p.loading = true
	p.Follow(app.Event{Kind: app.WalletChanged})
	if !p.again {
		t.Error("a change while reading was forgotten")
	}
	p.Leave()
}

func TestTheReminderGoesWhenTheWordsWereChecked(t *testing.T) {
	backend := fake.Full()
	backend.Kept.BackedUp = false
	p, _ := put(t, backend, 1064, 640)
	test.Tap(find[*widgets.Button](p.reminds)[0])
	d := dialogOf(t, p)
	for i, text := range []string{"violin", "saddle", "canyon"} {
		fields(d)[i].SetText(text)
	}
	d.Submit("")
	if !backend.BackedUp() || p.reminds.Visible() {
		t.Error("it still reminds")
	}
}

func TestTheMenuOfTheAccount(t *testing.T) {
	p, _, _ := opened(t)
	items := p.accountItems()
	if items[0].Label != "Main account" || items[len(items)-1].Label != "Address book" {
		t.Errorf("%q", items[0].Label)
	}
	test.Tap(find[*widgets.PillButton](p.object)[0])
	if p.host.Canvas().Overlays().Top() == nil {
		t.Error("no menu")
	}
}
