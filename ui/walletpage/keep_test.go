package walletpage

import (
	"context"
	"errors"
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
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// chosenPerson is who is chosen in the address book, empty for nobody.
func chosenPerson(t *testing.T, p *Page) string {
	table := bookTable(t, p)
	if i := table.Selected(); i >= 0 {
		return table.Row(i).Name
	}
	return ""
}

// Somebody is chosen, not a place in the list: neither a search nor another
// name puts another person there, whom one would pay or remove.
func TestTheChoiceStaysWithAPerson(t *testing.T) {
	for _, c := range []struct{ choose, search, want string }{
		{"Ana", "", "Ana"}, {"Ana", "land", ""}, {"Landlord", "land", "Landlord"}, {"Gate", "a", "Gate"}, {"Gate", "ana", ""}, {"Landlord", "nobody", ""},
	} {
		p, _, _ := opened(t)
		p.openBook()
		d, table := dialogOf(t, p), bookTable(t, p)
		for i := range table.Len() {
			if table.Row(i).Name == c.choose {
				table.Select(i)
			}
		}
		fields(d)[0].SetText(c.search)
		buttons := find[*widgets.Button](d.Sheet().Body)
		if got := ""; c.want == got {
			for _, b := range []*widgets.Button{buttons[1], buttons[2], d.Sheet().Buttons[1]} {
				if !b.Disabled() {
					t.Errorf("%+v: nobody is in sight, and a button is on", c)
				}
			}
			continue
		}
		if got := chosenPerson(t, p); got != c.want || d.Sheet().Buttons[1].Disabled() {
			t.Errorf("%+v: %q is chosen", c, got)
		}
	}
}

func TestRenamingKeepsThePerson(t *testing.T) {
	p, _, _ := opened(t)
	p.openBook()
	book := dialogOf(t, p)
	table := bookTable(t, p)
	table.Select(2)
	before := table.Row(2).Name
	test.Tap(find[*widgets.Button](book.Sheet().Body)[1])
	edit := dialogOf(t, p)
	fields(edit)[0].SetText("Aaron")
	edit.Submit("")
	if got := chosenPerson(t, p); before != "Landlord" || got != "Aaron" {
		t.Errorf("%q was renamed, %q is chosen", before, got)
	}
}

// counting saves people slowly: something is done meanwhile.
type counting struct {
	*fake.Backend
	meanwhile func()
	saved     int
	credit    error // of the context of a credit
}

func (c *counting) SaveContact(to app.Contact) error {
	if c.saved++; c.saved == 1 && c.meanwhile != nil {
		c.meanwhile()
	}
	return c.Backend.SaveContact(to)
}

func (c *counting) Credit(ctx context.Context) (app.TxResult, error) {
	c.meanwhile()
	c.credit = ctx.Err()
	return c.Backend.Credit(ctx)
}

func TestAPersonIsSavedOnce(t *testing.T) {
	host, _ := stage.Host(t, 720, 620)
	backend := &counting{Backend: fake.Full()}
	p := New(host, backend, Options{})
	closed := 0
	p.editPerson(app.Contact{}, func() { closed++ })
	d := dialogOf(t, p)
	f := fields(d)
	backend.meanwhile = func() {
		f[2].SetText("a note")
		d.Submit("")
		f[0].OnSubmitted("")
	}
	f[0].SetText("Bob")
	f[1].SetText(newcomer)
	if d.Submit(""); backend.saved != 1 || closed != 1 || d.Open() {
		t.Errorf("saved %d times, closed %d times", backend.saved, closed)
	}
}

// Practice money comes also when the page is left, and pressing twice asks once.
func TestPracticeMoneyComesOnce(t *testing.T) {
	host, told := stage.Host(t, 720, 620)
	backend := &counting{Backend: fake.Full()}
	p := New(host, backend, Options{Practice: true})
	asked := 0
	backend.meanwhile = func() {
		if asked++; p.credit.Text() != "On its way" {
			t.Errorf("the button says %q", p.credit.Text())
		}
		test.Tap(p.credit)
		p.Leave()
	}
	test.Tap(p.credit)
	if asked != 1 || backend.credit != nil || !slices.Contains(told.Said, "1,000 practice STOS have arrived.") {
		t.Errorf("asked %d times, cut off %v, said %q", asked, backend.credit, told.Said)
	}
}

// late answers the question for the balance late.
type late struct {
	*fake.Backend
	meanwhile func()
	asked     int
	err       error
}

func (l *late) Balance(ctx context.Context) (app.Balance, error) {
	l.asked++
	if do := l.meanwhile; do != nil {
		l.meanwhile = nil
		do()
		return app.Balance{}, l.err
	}
	return l.Backend.Balance(ctx)
}

// Money that moves while the balance is read is not forgotten, also when that
// reading fails.
func TestMoneyThatMovesWhileReading(t *testing.T) {
	for _, err := range []error{nil, fake.ErrOffline, errors.New("x")} {
		host, _ := stage.Host(t, 720, 620)
		backend := &late{Backend: fake.Full(), err: err}
		p := New(host, backend, Options{})
		before := backend.asked
		backend.meanwhile = func() {
			p.Follow(app.Event{Kind: app.WalletChanged})
			p.Follow(app.Event{Kind: app.WalletChanged})
		}
		p.Follow(app.Event{Kind: app.WalletChanged})
		if backend.asked-before != 2 || p.loading || p.again || p.balance.Total.IsZero() {
			t.Errorf("%v: read %d times, again %v", err, backend.asked-before, p.again)
		}
	}
}

// In the narrowest window the name of the wallet stays, which leads to the
// wallets, the accounts and the address book; with room all is there.
func TestTheHeadInNarrowWindows(t *testing.T) {
	for width, want := range map[float32]string{664: "Main account", 1064: "Main account|Account 1"} {
		p, _ := put(t, fake.WithAccounts(fake.Full()), width, 640)
		var names []string
		for _, pill := range find[*widgets.PillButton](p.object) {
			if at := fyne.CurrentApp().Driver().AbsolutePositionForObject(pill); pill.Visible() && at.X > 0 && pill.Size().Width > 0 {
				names = append(names, pill.Text())
			}
		}
		if got := strings.Join(names, "|"); !strings.HasPrefix(got, want) {
			t.Errorf("%v: %s", width, got)
		}
		if items := p.accountItems(); !slices.ContainsFunc(items, func(i *fyne.MenuItem) bool { return i.Label == "Accounts" }) {
			t.Error("the accounts cannot be reached")
		}
	}
}

// Where money is adds up: the lines say all of what there is, each once.
func TestPlacesAreSaidOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := app.Staking{}
		for range rapid.IntRange(0, 5).Draw(t, "returns") {
			s.Returns = append(s.Returns, app.Unbonding{Done: fake.Now.Add(time.Duration(rapid.IntRange(1, 400).Draw(t, "hours")) * time.Hour)})
		}
		if rapid.Bool().Draw(t, "unbonding") {
			s.Unbonding = fake.Full().Money.Total
		}
		list := places(fake.Full().Money, &s, fake.Now)
		seen := map[string]bool{}
		for _, each := range list {
			if each.label == "" || each.amount == "" || seen[each.label] {
				t.Fatalf("%+v", list)
			}
			seen[each.label] = true
		}
		if want := 3; len(list) != want && s.Unbonding.IsZero() || len(list) != want+1 && !s.Unbonding.IsZero() {
			t.Fatalf("%+v", list)
		}
	})
}

// Names of people never stand for somebody else: who is found by a name, an
// address or its other form is the one who has it.
func TestPeopleAreThemselves(t *testing.T) {
	people := fake.Full().People
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(people).Draw(t, "person")
		text := rapid.SampledFrom([]string{c.Name, c.Address, c.Hex, strings.ToUpper(c.Name), " " + c.Address + " ", strings.ToLower(c.Hex)}).Draw(t, "typed")
		if got := knows(people, text); got == nil || got.Address != c.Address || payee(people, text) != c.Address {
			t.Fatalf("%q is %+v", text, got)
		}
		if other := fmt.Sprint(text, "x"); knows(people, other) != nil {
			t.Fatalf("%q is somebody", other)
		}
	})
}

// A wallet without a name, or one that cannot be read, is called something, and
// long names give way to the buttons.
func TestNamesOfTheWallet(t *testing.T) {
	for name, want := range map[string]string{"": "Main account", "Savings": "Savings", strings.Repeat("x", 40): strings.Repeat("x", 19) + "…"} {
		backend := fake.Full()
		backend.Accounts[0].Name = name
		p, _ := put(t, backend, 1064, 640)
		if got := p.pill.Text(); got != want {
			t.Errorf("%q is called %q", name, got)
		}
		if p.account.Visible() {
			t.Error("one account needs no name of its own")
		}
		if got := stage.Misfits(p.host.Window); len(got) != 0 {
			t.Errorf("%q: %q", name, got)
		}
	}
}
