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
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

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
