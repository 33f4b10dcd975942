package walletpage

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// long is a history of n entries.
func long(n int) []app.HistoryEntry {
	list := make([]app.HistoryEntry, n)
	for i := range list {
		list[i] = fake.Full().Past[1]
		list[i].Time = fake.Now.Add(-time.Duration(i) * time.Hour)
	}
	return list
}

func TestALongHistoryIsReadInParts(t *testing.T) {
	backend := fake.Full()
	backend.Past = long(3*perPage + 20)
	p, _ := put(t, backend, 1064, 640)
	if len(p.past.entries) != perPage || p.past.total != 320 {
		t.Fatalf("read %d of %d", len(p.past.entries), p.past.total)
	}
	for range 6 {
		p.past.table.Select(p.past.table.Len() - 1)
	}
	if len(p.past.entries) != 320 {
		t.Errorf("read %d", len(p.past.entries))
	}
	p.Follow(app.Event{Kind: app.WalletChanged})
	if len(p.past.entries) != 320 {
		t.Error("what was scrolled to is gone after something moved")
	}
	p.past.total = 400 // the network said so, and has no more
	p.past.more()
	if p.past.total != 320 {
		t.Error("asks for what is not there again and again")
	}
}

func TestValidatorsHaveNamesInTheHistory(t *testing.T) {
	p, backend, _ := opened(t)
	backend.Past[7].With = fake.Val(1)
	p.Follow(app.Event{Kind: app.WalletChanged})
	if got := p.past.table.Row(7).Second; got != "WhisperNode" {
		t.Error(got)
	}
	p.stake = nil
	if p.names(fake.Val(1)) != "" || p.names(fake.Ana) != "Ana" {
		t.Error("who is not known has no name")
	}
}

func TestSearchingTheHistory(t *testing.T) {
	p, backend, _ := opened(t)
	p.Search()
	if p.host.Canvas().Focused() != p.past.search {
		t.Error("the search field has not got the focus")
	}
	p.past.search.SetText("rent")
	if len(p.past.entries) != 1 || len(p.past.first) != len(backend.Past) {
		t.Errorf("found %d", len(p.past.entries))
	}
	p.past.search.SetText("")
	p.past.filter.Choose(3)
	if len(p.past.entries) != 1 || p.past.entries[0].Kind != "ozone" {
		t.Errorf("%+v", p.past.entries)
	}
	p.past.search.SetText("nowhere")
	if len(p.past.entries) != 0 {
		t.Error("found something")
	}
}

// slow lets something happen while it searches.
type slow struct {
	*fake.Backend
	meanwhile func()
}

func (s *slow) SearchHistory(ctx context.Context, q app.HistoryQuery) (app.HistoryPage, error) {
	if do := s.meanwhile; do != nil {
		s.meanwhile = nil
		do()
	}
	return s.Backend.SearchHistory(ctx, q)
}

func TestALateAnswerIsNotTakenForAnother(t *testing.T) {
	backend := &slow{Backend: fake.Full()}
	host, _ := stage.Host(t, 1064, 640)
	p := New(host, backend, Options{})
	backend.meanwhile = func() { p.past.search.SetText("rent share") }
	p.past.search.SetText("rent share of all years")
	if len(p.past.entries) != 1 {
		t.Errorf("the answer to the older question was taken: %d entries", len(p.past.entries))
	}
}

func TestAnEntryInFull(t *testing.T) {
	p, _, told := opened(t)
	h := p.past.entries[1]
	h.Hash = "AB12"
	p.people = nil
	p.showEntry(h)
	d := dialogOf(t, p)
	p.showEntry(h) // a second tap
	if p.host.Canvas().Overlays().Top() != d || len(d.Sheet().Buttons) != 3 {
		t.Fatalf("%d buttons", len(d.Sheet().Buttons))
	}
	test.Tap(d.Sheet().Buttons[1])
	test.Tap(d.Sheet().Buttons[0])
	if len(told.Copied) != 1 || fields(dialogOf(t, p))[1].Text != h.With {
		t.Errorf("copied %q", told.Copied)
	}
	dialogOf(t, p).Close()
	p.past.table.OnTapped(2)
	if d = dialogOf(t, p); len(d.Sheet().Buttons) != 1 {
		t.Error("one's own account is nobody to keep")
	}
}

func TestSavingTheHistory(t *testing.T) {
	p, backend, told := opened(t)
	for _, item := range p.past.exportItems() {
		item.Action()
		fields(dialogOf(t, p))[0].SetText("x")
		dialogOf(t, p).Close()
	}
	test.Tap(p.past.export)
	if _, isDialog := p.host.Canvas().Overlays().Top().(*widgets.Dialog); isDialog {
		t.Error("no menu")
	}
	p.host.Canvas().Overlays().Remove(p.host.Canvas().Overlays().Top())
	path := filepath.Join(t.TempDir(), "history.csv")
	p.past.write("csv", path)
	if data, err := os.ReadFile(path); string(data) != "time,kind,amount\n" || err != nil || !backend.Asked("export csv") {
		t.Errorf("%q, %v", data, err)
	}
	p.past.search.SetText("rent")
	p.past.exportTo("json")
	if title := dialogOf(t, p).Sheet().Title; title != "Save what was found" {
		t.Error(title)
	}
	backend.Err = fake.ErrOffline
	p.past.write("json", path)
	if !backend.Asked("export json rent") {
		t.Errorf("%q", backend.Calls)
	}
	if data, _ := os.ReadFile(path); string(data) != "time,kind,amount\n" || len(told.Said) != 2 {
		t.Errorf("%q, said %q", data, told.Said)
	}
}
