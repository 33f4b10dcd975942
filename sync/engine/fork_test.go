package engine_test

import (
	"context"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/engine"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
)

// oneSided is a gateway that shows a device only what some devices sent.
type oneSided struct {
	*memremote.Net
	by   string
	from map[string]string // who sent a file
	show func(who string) bool
}

// Upload implements repo.Remote.
func (g oneSided) Upload(ctx context.Context, name string, src io.ReaderAt, size int64) (string, error) {
	id, err := g.Net.Upload(ctx, name, src, size)
	g.from[id] = g.by
	return id, err
}

// Shares implements repo.Remote.
func (g oneSided) Shares(ctx context.Context) ([]repo.RemoteShare, error) {
	all, err := g.Net.Shares(ctx)
	return slices.DeleteFunc(all, func(s repo.RemoteShare) bool { return !g.show(g.from[s.FileID]) }), err
}

// List implements repo.Remote.
func (g oneSided) List(ctx context.Context) ([]repo.RemoteFile, error) {
	all, err := g.Net.List(ctx)
	return slices.DeleteFunc(all, func(f repo.RemoteFile) bool { return !g.show(g.from[f.ID]) }), err
}

// A gateway shows two devices two histories. Nobody can tell that from devices
// that are off, so nothing is told; but nothing is deleted or undone either.
// One head of the other side, or of a device that saw both, gives it away, and
// then all is joined and nothing lost.
func TestTwoHistories(t *testing.T) {
	net, from := memremote.New(1), map[string]string{}
	shown := map[string]string{"desk": "desk laptop", "laptop": "desk laptop", "phone": "desk laptop phone"}
	told := map[string]bool{}
	open := func(name string) *dev {
		d := newDev(t, oneSided{net, name, from, func(who string) bool { return strings.Contains(shown[name], who) }}, name)
		d.cfg.Events = func(ev engine.Event) {
			if p, ok := ev.(engine.Problem); ok && strings.Contains(p.Sentence, "not being shown") {
				told[name] = true
			}
		}
		d.restart()
		return d
	}
	a, b := open("desk"), open("laptop")
	a.text("both", "1")
	round(t, a, b)
	shown["desk"], shown["laptop"] = "desk", "laptop"
	for i, body := range []string{"one", "two", "three"} {
		a.text("of the desk", body)
		b.text("of the laptop", body)
		a.text("both", "desk "+body)
		round(t, a, b)
		if sum := a.sync(); sum.Deleted+sum.Downloaded > 0 || told["desk"] || told["laptop"] {
			t.Fatalf("%d: %+v, told of %v", i, sum, told)
		}
	}
	if _, there := a.files()["of the laptop"]; there {
		t.Fatal("the gateway shows everything")
	}
	c := open("phone")
	c.sync()
	c.text("of the phone", "saw both")
	c.sync()
	shown["desk"] = "desk phone"
	a.sync()
	if !told["desk"] {
		t.Error("a device that saw both does not give the gateway away")
	}
	shown["desk"], shown["laptop"] = "desk laptop phone", "desk laptop phone"
	round(t, a, b)
	round(t, c)
	same(t, a, b, c)
	if got := a.files(); got["of the desk"] != "three" || got["of the laptop"] != "three" || got["both"] != "desk three" || len(got) != 4 {
		t.Error("something is lost:", got)
	}
}
