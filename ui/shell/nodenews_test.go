package shell

import (
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
)

// What happened to nodes at the same time is one notification, in a sentence
// each.
func TestNodeNotice(t *testing.T) {
	off, back := app.NodeAlert{Name: "Attic", State: "silent"}, app.NodeAlert{Name: "Cellar", State: "online", Restarted: true}
	for _, c := range []struct {
		list        []app.NodeAlert
		title, text string
	}{
		{[]app.NodeAlert{off}, "A node is off", "Attic does not answer any more."},
		{[]app.NodeAlert{back}, "Your node is back", "Cellar is back: it was started again."},
		{[]app.NodeAlert{off, back}, "Several nodes need a look", "Attic does not answer any more.\nCellar is back: it was started again."},
		{[]app.NodeAlert{{Name: "A", State: "refusing"}}, "A node is off", "A has another token. Enter the one that it shows now."},
		{[]app.NodeAlert{{Name: "A", State: "offline"}}, "A node is off", "A runs, but the network does not count it as online."},
		{[]app.NodeAlert{{Name: "A", State: "online"}}, "Your node is back", "A is back."},
	} {
		n := nodeNotice(c.list)
		if n.Title != c.title || n.Text != c.text || topics[n.Topic].Page != "nodes" {
			t.Errorf("%+v: %+v", c.list, n)
		}
		if same := app.NodeNotice(c.list); same.Title != n.Title || same.Text != n.Text {
			t.Errorf("without a window: %+v", same)
		}
	}
}

// Who looks at the window is told in it, and led to the page; the others are
// told by the desktop.
func TestWhoIsToldOfNodes(t *testing.T) {
	backend := fake.Full()
	s, _, sys := living(t, backend, true, true)
	tell := func() {
		backend.Guarded.News = []app.NodeAlert{{Name: "Attic", State: "silent"}}
		s.Follow(app.Event{Kind: app.NodesTold})
	}
	tell()
	if len(backend.Notices) != 1 || backend.Notices[0].Topic != aboutNodes || s.Said() != "" {
		t.Fatalf("%+v, said %q", backend.Notices, s.Said())
	}
	s.Raise()
	sys.life.front()
	tell()
	if len(backend.Notices) != 1 || s.Said() != "Attic does not answer any more." {
		t.Errorf("%+v, said %q", backend.Notices, s.Said())
	}
	if s.Follow(app.Event{Kind: app.NodesTold}); len(backend.Notices) != 1 {
		t.Error("told twice")
	}
}
