package stakepage

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func opened(t *testing.T, backend *fake.Backend, width, height float32) (*Page, *stage.Told) {
	t.Helper()
	host, told := stage.Host(t, width, height)
	p := New(host, backend)
	stage.Put(host, p)
	return p, told
}

func TestPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, backend := range map[string]*fake.Backend{"full": fake.Full(), "empty": fake.Empty(), "error": fake.Broken()} {
			p, _ := opened(t, backend, 1064, 700)
			if name == "full" {
				p.table.Select(0)
			}
			shots.Match(t, name+"-"+mode, p.host.Window)
		}
		for name, show := range map[string]func(*Page){
			"returns": func(p *Page) { p.open(returns); p.table.Select(0) },
			"votes":   func(p *Page) { p.open(votes); p.table.Select(0) },
			"deposit": func(p *Page) { p.open(votes); p.table.Select(1) },
			"nodes":   func(p *Page) { p.open(nodes) },
			"node":    func(p *Page) { p.open(nodes); p.table.Select(1) },
			"leaving": func(p *Page) { p.open(nodes); p.table.Select(2) },
			"new":     func(p *Page) { p.register() },
			"nothing": func(p *Page) { p.search.SetText("nobody") },
			"stake":   func(p *Page) { p.stake(p.state.staking.Validators[4]) },
			"move":    func(p *Page) { p.move(p.state.staking.Validators[0]) },
			"check":   func(p *Page) { p.claimAll() },
		} {
			p, _ := opened(t, fake.Full(), 1064, 700)
			show(p)
			shots.Match(t, name+"-"+mode, p.host.Window)
		}
		p, _ := opened(t, fake.Full(), 664, 640)
		p.table.Select(0)
		shots.Match(t, "narrow-"+mode, p.host.Window)
	})
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

func press(t *testing.T, o fyne.CanvasObject, text string) {
	t.Helper()
	for _, b := range find[*widgets.Button](o) {
		if b.Text() == text {
			test.Tap(b)
			return
		}
	}
	t.Fatalf("no button says %q", text)
}

// fill types an amount, looks at what will happen, and pays.
func fill(t *testing.T, p *Page, amount string) {
	t.Helper()
	d := dialogOf(t, p)
	if amount != "" {
		find[*widgets.Field](d.Sheet().Body)[0].SetText(amount)
		d.Submit("")
	}
	find[*widgets.Field](d.Sheet().Body)[0].SetText(fake.Password)
	d.Submit("")
	d.Submit("")
	if d.Open() {
		t.Errorf("the dialog stands at %q", d.Sheet().Title)
	}
}

func TestWhatCanBeDoneWithAValidator(t *testing.T) {
	backend := fake.Full()
	p, _ := opened(t, backend, 1064, 900)
	p.table.Select(0)
	for _, c := range []struct{ button, amount, preview, paid string }{
		{"Stake", "10", "delegate " + fake.Val(1) + "  10 0", "Stake 10 STOS"},
		{"Unstake", "All of it", "undelegate " + fake.Val(1) + "  max 0", "Unstake 200 STOS"},
		{"Move", "5", "redelegate " + fake.Val(1) + " " + fake.Val(2) + " 5 0", "Move 5 STOS"},
		{"Claim", "", "claim " + fake.Val(1) + "   0", "Claim 10.04 STOS"},
	} {
		press(t, p.panel, c.button)
		fill(t, p, c.amount)
		if !backend.Asked("preview "+c.preview) || !backend.Asked("confirm "+c.paid) {
			t.Errorf("%s: %q", c.button, backend.Calls)
		}
	}
	p.table.Select(1)
	for _, b := range find[*widgets.Button](p.panel) {
		if b.Text() != "Stake" {
			t.Errorf("nothing is staked there, and yet there is %q", b.Text())
		}
	}
}

func TestTheWholeStake(t *testing.T) {
	backend := fake.Full()
	p, _ := opened(t, backend, 1064, 700)
	press(t, p.object, "Claim all")
	fill(t, p, "")
	press(t, p.object, "Stake the rewards")
	fill(t, p, "")
	p.wholeItems()[0].Action()
	fill(t, p, fake.Exchange)
	if !backend.Asked("confirm Claim 10.04 STOS") || !backend.Asked("confirm Stake 10.04 STOS of rewards") ||
		!backend.Asked("preview pay-to  "+fake.Exchange+"  0") {
		t.Errorf("%q", backend.Calls)
	}
	test.Tap(p.all[2])
	if p.host.Canvas().Overlays().Top() == nil {
		t.Error("no menu")
	}
}

func TestTakingBackWhatLeaves(t *testing.T) {
	backend := fake.Full()
	p, _ := opened(t, backend, 1064, 700)
	p.open(returns)
	p.table.Select(1)
	press(t, p.panel, "Keep it staked")
	fill(t, p, "")
	if !backend.Asked("preview cancel " + fake.Val(3) + "  max 1003") {
		t.Errorf("%q", backend.Calls)
	}
}

func TestVotingAndDepositing(t *testing.T) {
	backend := fake.Full()
	p, _ := opened(t, backend, 1064, 900)
	p.open(votes)
	p.table.Select(0)
	press(t, p.panel, "No, harmful")
	fill(t, p, "")
	p.table.Select(1)
	press(t, p.panel, "Add to the deposit")
	fill(t, p, "7")
	p.table.Select(2)
	if !backend.Asked("preview vote 14 veto") || !backend.Asked("preview deposit 15 7") || len(find[*widgets.Button](p.panel)) != 0 {
		t.Errorf("%q", backend.Calls)
	}
}

// give types into the fields of the form that is open, one after the other, and
// pays.
func give(t *testing.T, p *Page, texts ...string) {
	t.Helper()
	d := dialogOf(t, p)
	fields := find[*widgets.Field](d.Sheet().Body)
	if len(fields) != len(texts) {
		t.Fatalf("%d fields, want %d", len(fields), len(texts))
	}
	for i, text := range texts {
		fields[i].SetText(text)
	}
	d.Submit("")
	fill(t, p, "")
}

func TestAskingAllStakers(t *testing.T) {
	backend := fake.Full()
	p, _ := opened(t, backend, 1064, 700)
	p.propose()
	give(t, p, "More light", "Shall there be more light?", "https://example.org", "All of it")
	if !backend.Asked("preview proposal More light Shall there be more light? https://example.org max") {
		t.Errorf("%q", backend.Calls)
	}
}

// What was moved to a validator lately cannot be moved on, and that is said
// before anything is asked.
func TestWhatWasMovedStaysForAWhile(t *testing.T) {
	backend := fake.Full()
	p, told := opened(t, backend, 1064, 700)
	p.move(backend.Stakes.Validators[2])
	if len(told.Said) != 1 || p.host.Canvas().Overlays().Top() != nil {
		t.Errorf("said %q", told.Said)
	}
}
