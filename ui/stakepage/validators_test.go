package stakepage

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func TestSearchingAndSorting(t *testing.T) {
	p, _ := opened(t, fake.Full(), 1064, 700)
	p.open(votes)
	p.Search()
	if p.tab != validators || p.host.Canvas().Focused() != p.search {
		t.Fatal("the search field has not got the focus")
	}
	p.table.Select(2)
	p.search.SetText("harbour")
	if p.table.Len() != 1 || p.table.Row(0).Name != "Kepler Harbour" || p.table.Selected() != 0 {
		t.Error("found the wrong one, or lost the selection")
	}
	p.search.SetText("")
	heads := find[*widgets.TableHead](p.list)
	heads[0].OnSort(byCommission, false)
	if p.table.Row(0).Name != "Kepler Harbour" || p.table.Selected() != 0 {
		t.Errorf("first is %q", p.table.Row(0).Name)
	}
}

func TestAMenuForEveryValidator(t *testing.T) {
	backend := fake.Full()
	p, told := opened(t, backend, 600, 640)
	words := func(v app.Validator) (list []string) {
		for _, item := range p.validatorItems(v) {
			if !item.IsSeparator {
				list = append(list, item.Label)
			}
		}
		return list
	}
	if got := words(backend.Stakes.Validators[0]); !slices.Equal(got, []string{"Stake", "Unstake", "Move", "Claim", "Copy address"}) {
		t.Errorf("%q", got)
	}
	if got := words(backend.Stakes.Validators[1]); !slices.Equal(got, []string{"Stake", "Copy address"}) {
		t.Errorf("%q", got)
	}
	items := p.validatorItems(backend.Stakes.Validators[1])
	items[len(items)-1].Action()
	if len(told.Copied) != 1 || told.Copied[0] != fake.Val(2) {
		t.Errorf("copied %q", told.Copied)
	}
	p.table.OnMenu(0, fyne.NewPos(50, 50))
	if p.host.Canvas().Overlays().Top() == nil {
		t.Error("no menu")
	}
}

func TestNarrowWindowsShowTheSelectionInADialog(t *testing.T) {
	backend := fake.Full()
	p, _ := opened(t, backend, 600, 640)
	p.table.Select(0)
	p.table.OnOpen(0)
	d := dialogOf(t, p)
	if len(find[*widgets.Button](d.Sheet().Body)) != 4 {
		t.Error("what can be done is not shown")
	}
	backend.Stakes.Validators = nil
	p.Follow(app.Event{Kind: app.WalletChanged})
	if d.Open() {
		t.Error("what it was about is gone")
	}
	wide, _ := opened(t, fake.Full(), 1064, 700)
	wide.table.Select(0)
	wide.table.OnOpen(0)
	if wide.host.Canvas().Overlays().Top() != nil {
		t.Error("the panel says it already")
	}
}

func TestMovingNeedsSomebodyElse(t *testing.T) {
	backend := fake.Full()
	backend.Stakes.Validators = backend.Stakes.Validators[:1]
	p, told := opened(t, backend, 1064, 700)
	p.move(backend.Stakes.Validators[0])
	if len(told.Said) != 1 || p.host.Canvas().Overlays().Top() != nil {
		t.Errorf("said %q", told.Said)
	}
}
