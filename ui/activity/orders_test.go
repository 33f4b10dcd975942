package activity

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
)

// gone is a drive whose person does something in the middle of each order, such
// as leaving the page.
type gone struct {
	*fake.Backend
	meanwhile func()
	cut, done []string // what was cut off by that, and all that was ordered
	undos     int
	reports   int
	reporting func()
}

func (g *gone) order(ctx context.Context, what string) error {
	g.done = append(g.done, what)
	if g.meanwhile != nil {
		g.meanwhile()
	}
	if ctx.Err() != nil {
		g.cut = append(g.cut, what)
	}
	return g.Err
}

func (g *gone) GoOnAnyway(ctx context.Context) error { return g.order(ctx, "go on") }
func (g *gone) AskAgain(ctx context.Context) error   { return g.order(ctx, "ask again") }
func (g *gone) Refetch(ctx context.Context, p string) error {
	return g.order(ctx, "refetch "+p)
}

func (g *gone) HoldTransfer(ctx context.Context, p string) error {
	return g.order(ctx, "hold "+p)
}

func (g *gone) ReleaseTransfer(ctx context.Context, p string) error {
	return g.order(ctx, "release "+p)
}
func (g *gone) FreeUp(ctx context.Context, p string) error { return g.order(ctx, "free "+p) }

func (g *gone) UndoChange(ctx context.Context, id string) (app.DriveEffect, error) {
	return app.DriveEffect{Done: true}, g.order(ctx, "undo "+id)
}

func (g *gone) PreviewUndo(_ context.Context, id string) (app.DriveEffect, error) {
	if g.undos++; g.undos > 20 {
		panic("it asks without an end")
	}
	if g.meanwhile != nil {
		g.meanwhile()
	}
	return app.DriveEffect{Back: 1}, g.Err
}

func (g *gone) Report(ctx context.Context) (app.Report, error) {
	if g.reports++; g.reporting != nil {
		do := g.reporting
		g.reporting = nil
		do()
	}
	return g.Backend.Report(ctx)
}

func openedGone(t *testing.T, b *fake.Backend) (*Page, *gone, *stage.Told) {
	t.Helper()
	host, told := stage.Host(t, 900, 640)
	g := &gone{Backend: b}
	p := New(host, g)
	stage.Put(host, p)
	return p, g, told
}

// personOrders are what a person may order, with what is done then.
var personOrders = map[string]struct {
	give func(p *Page)
	want string
}{
	"going on":       {func(p *Page) { p.solve(concern{remedy: goOn}) }, "go on"},
	"asking again":   {func(p *Page) { p.solve(concern{remedy: askAgain}) }, "ask again"},
	"the saved copy": {func(p *Page) { p.solve(concern{remedy: refetch, path: "a.txt"}) }, "refetch a.txt"},
	"pausing a file": {func(p *Page) { p.files.table.Select(0); test.Tap(p.files.hold) }, "hold Films/Lisbon harbour.mp4"},
	"leaving online": {func(p *Page) { p.files.table.Select(1); test.Tap(p.files.cancel) }, "free plan.txt"},
	"undo":           {func(p *Page) { p.takeBack(p.changes[0]) }, "undo 6f21b0c4a9d1"},
}

// What a person ordered is done, also when the page is left before it is.
func TestOrdersGoOnWhenThePageIsLeft(t *testing.T) {
	for name, c := range personOrders {
		p, g, _ := openedGone(t, busy())
		g.meanwhile = p.Leave
		if c.give(p); !slices.Equal(g.done, []string{c.want}) || len(g.cut) != 0 {
			t.Errorf("%s: did %q, of which was cut off %q", name, g.done, g.cut)
		}
	}
}

// What goes wrong is said in a sentence, and the page shows how it stands.
func TestOrdersThatFail(t *testing.T) {
	for name, c := range personOrders {
		p, g, told := openedGone(t, busy())
		before := g.reports
		g.meanwhile = func() { g.Err = fake.ErrOffline }
		if c.give(p); !slices.Contains(told.Said, fault.Sentence(fake.ErrOffline)) || slices.Contains(told.Said, "Undone") {
			t.Errorf("%s: said %q", name, told.Said)
		}
		if g.reports == before && name != "undo" {
			t.Errorf("%s: nobody looks how it stands now", name)
		}
	}
}

// A second press, while it is being found out what undoing does, opens no
// second dialog.
func TestUndoIsAskedOnce(t *testing.T) {
	p, g, told := openedGone(t, fake.Full())
	p.past.Select(lineOf(p, 2))
	g.meanwhile = func() { test.Tap(p.undo); p.with(p.askUndo) }
	test.Tap(p.undo)
	d := p.dialog(t)
	d.Close()
	if g.undos != 1 || p.host.Canvas().Overlays().Top() != nil {
		t.Fatalf("asked %d times", g.undos)
	}
	g.meanwhile, g.Err = nil, fake.ErrOffline
	test.Tap(p.undo)
	if g.undos != 2 || p.host.Canvas().Overlays().Top() != nil || len(told.Said) != 1 {
		t.Errorf("asked %d times, said %q", g.undos, told.Said)
	}
	g.Err = nil
	if test.Tap(p.undo); p.dialog(t) == nil || g.undos != 3 {
		t.Error("after a failure it cannot be asked again")
	}
}

// A page that was left while it was found out asks nothing.
func TestNobodyIsAskedAfterLeaving(t *testing.T) {
	p, g, _ := openedGone(t, fake.Full())
	g.meanwhile = p.Leave
	p.askUndo(p.changes[0])
	if p.host.Canvas().Overlays().Top() != nil {
		t.Error("a question about a page that is gone")
	}
}

// News that come while the report is read are not forgotten, also when reading
// fails.
func TestNewsWhileReading(t *testing.T) {
	for name, err := range map[string]error{"read": nil, "failed": fake.ErrOffline} {
		p, g, _ := openedGone(t, fake.Full())
		before := g.reports
		g.Backend.Err = err
		g.reporting = func() {
			p.Follow(app.Event{Kind: app.StatusChanged})
			p.Follow(app.Event{Kind: app.StatusChanged})
			g.Now.Phase, g.Backend.Err = app.PhasePaused, nil
		}
		p.look()
		if got := g.reports - before; got != 2 || p.pause.Text() != "Resume" {
			t.Errorf("%s: read %d times, the button says %q", name, got, p.pause.Text())
		}
	}
}

// Where the drive stands cannot be told: that is said, and the page goes on
// with the next news.
func TestAReportThatCannotBeRead(t *testing.T) {
	p, g, _ := openedGone(t, busy())
	g.Err = fake.ErrOffline
	p.Follow(app.Event{Kind: app.ProblemArose})
	if got := p.flow.Text(); got != "Nobody can tell where the drive stands. Your files are safe." {
		t.Errorf("%q", got)
	}
	g.Err = nil
	p.Follow(app.Event{Kind: app.StatusChanged})
	if got := p.flow.Text(); got != "3 of 12 files, 6.1 MB/s, about 4 min left" {
		t.Errorf("%q", got)
	}
}

// What each kind of news makes the page read.
func TestWhatNewsMakeItRead(t *testing.T) {
	for kind, want := range map[app.EventKind][2]bool{ // the report, the history
		app.StatusChanged: {true, false}, app.ProblemArose: {true, false}, app.SyncDone: {true, true}, app.SetupChanged: {true, true},
		app.WalletChanged: {false, false}, app.LinksChanged: {false, false}, app.NetworkStarted: {false, false},
	} {
		p, g, _ := openedGone(t, fake.Full())
		g.Changes = g.Changes[:1]
		before := g.reports
		p.Follow(app.Event{Kind: kind})
		if looked, listed := g.reports > before, len(p.changes) == 1; looked != want[0] || listed != want[1] {
			t.Errorf("%v: report %v, history %v", kind, looked, listed)
		}
	}
}
