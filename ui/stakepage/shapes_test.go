package stakepage

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/language"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// crowded is a program in which everything has a long name.
func crowded() *fake.Backend {
	b := fake.Full()
	b.Stakes.Validators = slices.Clone(b.Stakes.Validators)
	b.Stakes.Validators[0].Name = strings.Repeat("the validators from the house by the lake ", 2)
	b.Stakes.Validators[0].Details = strings.Repeat("We run machines in cellars, in attics and on boats. ", 8)
	b.Questions[0].Title = strings.Repeat("Shall we lower the price of ozone, and when? ", 3)
	b.Nodes[0].Name = strings.Repeat("the node in the attic ", 4)
	return b
}

func TestLongPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, show := range map[string]func(*Page){
			"long-validator": func(p *Page) { p.table.Select(0) },
			"long-vote":      func(p *Page) { p.open(votes); p.table.Select(0) },
		} {
			p, _ := opened(t, crowded(), 1064, 600)
			show(p)
			shots.Match(t, name+"-"+mode, p.host.Window)
		}
		p, _ := opened(t, crowded(), 684, 600)
		p.open(nodes)
		shots.Match(t, "small-nodes-"+mode, p.host.Window)
		p.state.votesErr = fake.ErrOffline
		p.open(votes)
		shots.Match(t, "small-votes-error-"+mode, p.host.Window)
	})
}

// forms are the dialogs of the page that ask for something.
var forms = []struct {
	title string
	open  func(p *Page)
	texts []string
	asked string
}{
	{"Stake with WhisperNode", func(p *Page) { p.stake(p.state.staking.Validators[0]) }, []string{"12"}, "preview delegate " + fake.Val(1) + "  12 0"},
	{"Unstake from WhisperNode", func(p *Page) { p.unstake(p.state.staking.Validators[0]) }, []string{"100"}, "preview undelegate " + fake.Val(1) + "  100 0"},
	{"Move from WhisperNode", func(p *Page) { p.move(p.state.staking.Validators[0]) }, []string{"100"}, "preview redelegate " + fake.Val(1) + " " + fake.Val(2) + " 100 0"},
	{"Add to the deposit", func(p *Page) { p.deposit(p.state.questions[1]) }, []string{"100"}, "preview deposit 15 100"},
	{"Pay rewards to", (*Page).payTo, []string{fake.Ana}, ""},
	{"Withdraw what your nodes earned", (*Page).withdraw, []string{"5", ""}, "preview withdraw 5 "},
	{"Register a storage node", (*Page).register, []string{strings.Repeat("stsdspub1", 6), "Attic", "1600"}, ""},
	{"Ask all stakers a question", (*Page).propose, []string{"T", "Q", "L", "5"}, "preview proposal T Q L 5"},
	{"Change Attic", func(p *Page) { p.changeNode(p.state.nodes[0]) }, []string{"Cellar", "", "", fake.Address}, ""},
	{"Add to the deposit", func(p *Page) { p.addToNode(p.state.nodes[0]) }, []string{"5"}, ""},
}

// Each form has a name, waits until nothing is missing, and shows what will
// happen before it asks for the password. Escape does nothing but close it.
func TestFormsShowWhatWillHappen(t *testing.T) {
	for _, c := range forms {
		backend := fake.Full()
		p, _ := opened(t, backend, 1064, 700)
		c.open(p)
		d := dialogOf(t, p)
		f := find[*widgets.Field](d.Sheet().Body)
		if d.Sheet().Title != c.title || len(f) != len(c.texts) {
			t.Fatalf("%q with %d fields", d.Sheet().Title, len(f))
		}
		for i, text := range c.texts {
			f[i].SetText(text)
		}
		if d.Sheet().Buttons[1].Disabled() {
			t.Errorf("%s: nothing is missing, and it does not go on", c.title)
			continue
		}
		f[len(f)-1].OnSubmitted("")
		if got := d.Sheet().Title; got != "Check before you go on" || c.asked != "" && !backend.Asked(c.asked) {
			t.Errorf("%s: %q, asked %q", c.title, got, backend.Calls)
		}
		if d.Sheet().Buttons[1].Disabled() == false {
			t.Errorf("%s: it would be sent without a password", c.title)
		}
		p.host.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if d.Open() || slices.ContainsFunc(backend.Calls, func(call string) bool { return strings.HasPrefix(call, "confirm") }) {
			t.Errorf("%s: open %v, %q", c.title, d.Open(), backend.Calls)
		}
	}
}

func TestFormsInOtherLanguages(t *testing.T) {
	t.Cleanup(func() { _ = language.Use("en") })
	for _, code := range []string{"de", "fr", "es", "zh"} {
		if err := language.Use(code); err != nil {
			t.Fatal(err)
		}
		p, _ := opened(t, fake.Full(), 600, 400)
		for _, c := range forms {
			c.open(p)
			d := dialogOf(t, p)
			if d.Sheet().Title == c.title {
				t.Errorf("%s: %q is English", code, c.title)
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

// An order that needs no form is shown at once, and is sent with the password.
func TestOrdersWithoutAForm(t *testing.T) {
	for want, do := range map[string]func(p *Page){
		"Claim 10.04 STOS":            (*Page).claimAll,
		"Stake 10.04 STOS of rewards": (*Page).compound,
		"Keep 30 STOS staked":         func(p *Page) { p.cancel(p.state.staking.Returns[0]) },
		"Vote yes on proposal 14":     func(p *Page) { p.vote(p.state.questions[0], options()[0]) },
		"Vote veto on proposal 14":    func(p *Page) { p.vote(p.state.questions[0], options()[2]) },
		"Give up the node":            func(p *Page) { p.giveUp(p.state.nodes[0]) },
	} {
		backend := fake.Full()
		p, _ := opened(t, backend, 1064, 700)
		do(p)
		d := dialogOf(t, p)
		if got := d.Sheet().Buttons[1].Text(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
		find[*widgets.Field](d.Sheet().Body)[0].SetText(fake.Password)
		d.Submit("")
		if !backend.Asked("confirm "+want) || d.Sheet().Title != "Done" {
			t.Errorf("%s: %q", want, backend.Calls)
		}
	}
}

// What moved lately is not moved on, and that is said instead of a form.
func TestWhatIsHeldIsNotMoved(t *testing.T) {
	p, told := opened(t, fake.Full(), 1064, 700)
	p.move(p.state.staking.Validators[2])
	if p.host.Canvas().Overlays().Top() != nil || len(told.Said) != 1 || !strings.Contains(told.Said[0], "It can be moved on after") {
		t.Errorf("said %q", told.Said)
	}
	v, moves := p.state.staking.Validators[2], p.state.staking.Moves
	for now, until := range map[time.Time]bool{fake.Now: true, moves[0].Done.Add(time.Second): false} {
		if held(v, moves, now).IsZero() == until {
			t.Errorf("at %v: %v", now, held(v, moves, now))
		}
	}
	if !held(p.state.staking.Validators[0], moves, fake.Now).IsZero() {
		t.Error("where it came from is held")
	}
}

func TestNodesThatCannotBeRegistered(t *testing.T) {
	backend := fake.Full()
	p, told := opened(t, backend, 1064, 700)
	backend.Err = fake.ErrOffline
	p.register()
	if p.host.Canvas().Overlays().Top() != nil || len(told.Said) != 1 {
		t.Errorf("said %q", told.Said)
	}
	backend.Err = nil
	p.register()
	d := dialogOf(t, p)
	f, onward := find[*widgets.Field](d.Sheet().Body), d.Sheet().Buttons[1]
	for _, c := range []struct {
		key, name, amount string
		ready             bool
	}{
		{"", "", "", false},
		{strings.Repeat("k", 40), "Attic", "1600", true},
		{strings.Repeat("k", 39), "Attic", "1600", false},
		{strings.Repeat("k", 40), " ", "1600", false},
		{strings.Repeat("k", 40), "Attic", "", false},
		{strings.Repeat("k", 40), "Attic", "-1", false},
	} {
		f[0].SetText(c.key)
		f[1].SetText(c.name)
		f[2].SetText(c.amount)
		if onward.Disabled() == c.ready {
			t.Errorf("%+v: off %v", c, onward.Disabled())
		}
	}
}
