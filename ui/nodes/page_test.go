package nodes

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func full() *fake.Backend { return fake.WatchNodes(fake.Full()) }

func TestPictures(t *testing.T) {
	away := full()
	away.Guarded.Away = true
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, backend := range map[string]*fake.Backend{"full": full(), "empty": fake.Full(), "error": fake.Broken(), "away": away} {
			host, _ := stage.Host(t, 1064, 720)
			stage.Put(host, New(host, backend, name == "empty"))
			shots.Match(t, name+"-"+mode, host.Window)
		}
		host, _ := stage.Host(t, 1064, 720)
		p := New(host, full(), true)
		stage.Put(host, p)
		p.table.Select(2)
		shots.Match(t, "refusing-"+mode, host.Window)
		p.add()
		shots.Match(t, "add-"+mode, host.Window)
		host, _ = stage.Host(t, 664, 560)
		p = New(host, full(), false)
		stage.Put(host, p)
		shots.Match(t, "narrow-"+mode, host.Window)
		p.open(0)
		shots.Match(t, "sheet-"+mode, host.Window)
	})
}

func opened(t *testing.T, backend *fake.Backend) (*Page, *stage.Told) {
	t.Helper()
	host, told := stage.Host(t, 1000, 700)
	p := New(host, backend, true)
	stage.Put(host, p)
	return p, told
}

func (p *Page) dialog(t *testing.T) *widgets.Dialog {
	t.Helper()
	d, ok := p.host.Canvas().Overlays().Top().(*widgets.Dialog)
	if !ok {
		t.Fatal("no dialog is open")
	}
	return d
}

// fields are those of a dialog, in their order.
func fields(d *widgets.Dialog) (list []*widgets.Field) {
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *widgets.Field:
			list = append(list, o)
		case *fyne.Container:
			for _, inner := range o.Objects {
				walk(inner)
			}
		}
	}
	walk(d.Sheet().Body)
	return list
}

// A node is added by its address and token; the field with the token is empty
// afterwards, and what goes wrong is said while everything typed stays.
func TestAddNode(t *testing.T) {
	backend := full()
	p, told := opened(t, backend)
	p.add()
	d := p.dialog(t)
	f, button := fields(d), d.Sheet().Buttons[1]
	if len(f) != 3 || !f[2].Password || !button.Disabled() || !strings.Contains(d.Sheet().Text, "monitortoken") {
		t.Fatalf("%d fields: %s", len(f), d.Sheet().Text)
	}
	f[0].SetText("Barn")
	f[1].SetText("ws://192.0.2.9:18381")
	if !button.Disabled() {
		t.Error("a node without a token can be added")
	}
	f[2].SetText("secret")
	backend.Err = fake.ErrOffline
	test.Tap(button)
	if !d.Open() || f[2].Text != "secret" {
		t.Error("what was typed is gone")
	}
	backend.Err = nil
	test.Tap(button)
	if d.Open() || f[2].Text != "" || !backend.Asked("add node Barn at ws://192.0.2.9:18381") || len(told.Said) != 1 {
		t.Errorf("%v, said %q", backend.Calls, told.Said)
	}
}

func TestDeeds(t *testing.T) {
	backend := full()
	p, told := opened(t, backend)
	p.rename(p.list[0])
	d := p.dialog(t)
	if fields(d)[0].Text != "Attic" {
		t.Error("the name is not there to be changed")
	}
	fields(d)[0].SetText("Loft")
	d.Submit("")
	p.token(p.list[2])
	d = p.dialog(t)
	fields(d)[0].SetText("secret")
	d.Submit("")
	p.forget(p.list[1])
	d = p.dialog(t)
	if !strings.Contains(d.Sheet().Title, "Cellar") || !strings.Contains(d.Sheet().Text, "stay yours") {
		t.Error(d.Sheet().Text)
	}
	test.Tap(d.Sheet().Buttons[1])
	for _, call := range []string{"rename node attic to Loft", "new token of office", "forget node cellar"} {
		if !backend.Asked(call) {
			t.Errorf("%s was not asked: %v", call, backend.Calls)
		}
	}
	if len(told.Said) != 3 {
		t.Errorf("said %q", told.Said)
	}
}

// The nodes of the practice network come by one button.
func TestPracticeNodes(t *testing.T) {
	backend := fake.Full()
	p, told := opened(t, backend)
	test.Tap(p.offer)
	if len(p.list) != 3 || p.selected != "attic" {
		t.Fatalf("%d nodes, %s is chosen", len(p.list), p.selected)
	}
	test.Tap(p.offer)
	backend.Err = fake.ErrOffline
	test.Tap(p.offer)
	if len(told.Said) != 3 || told.Said[0] != "3 nodes added" || told.Said[1] != "All of them are here already." {
		t.Errorf("said %q", told.Said)
	}
}

// What nodes do is followed; the chosen one stays chosen, and its buttons keep
// the keyboard.
func TestFollows(t *testing.T) {
	backend := full()
	p, _ := opened(t, backend)
	p.table.Select(1)
	doing := p.doing
	backend.Guarded.List[1].HourIn = 7
	p.Follow(app.Event{Kind: app.NodesChanged})
	if p.selected != "cellar" || p.doing != doing || p.list[1].HourIn != 7 {
		t.Errorf("%s is chosen", p.selected)
	}
	backend.Guarded.List[1].State = "online"
	p.Follow(app.Event{Kind: app.NodesTold})
	if p.doing == doing || p.off() != 1 {
		t.Error("the buttons are those of before")
	}
	backend.Guarded.List = backend.Guarded.List[:1]
	p.Follow(app.Event{Kind: app.SetupChanged})
	if p.selected != "attic" {
		t.Errorf("%s is chosen", p.selected)
	}
	backend.Guarded.List = nil
	p.Follow(app.Event{Kind: app.StatusChanged})
	if len(p.list) != 1 {
		t.Error("the list is read for every event")
	}
	p.Follow(app.Event{Kind: app.NodesChanged})
	if p.node() != nil || len(p.list) != 0 {
		t.Error("something is chosen")
	}
	p.Leave()
}

// What changed while the list was asked for is asked for once more, also if that
// failed.
func TestAskedAgainAfterAFailure(t *testing.T) {
	backend := full()
	p, _ := opened(t, backend)
	backend.Guarded.List = backend.Guarded.List[:1]
	p.again = true
	p.loaded(nil, fake.ErrOffline)
	if p.again || len(p.list) != 1 {
		t.Errorf("again %v, %d nodes", p.again, len(p.list))
	}
}

func TestWords(t *testing.T) {
	list := full().Guarded.List
	list[1].Chain = list[0].Chain // two nodes of one wallet
	f := sum(list)
	if f.online != 1 || f.all != 3 || f.hour != 4_000_000_000 || f.second != 1_600_000 || f.mature.Cmp(list[0].Chain.Mature) != 0 {
		t.Errorf("%+v", f)
	}
	n := list[0]
	told, gone, dark, measured, unknown := n.Epochs[0], n.Epochs[0], n.Epochs[0], n.Epochs[0], n.Epochs[0]
	gone.Known, dark.Whole, measured.Basis, unknown.Basis = false, false, "measured", ""
	for want, e := range map[string]app.NodeEpoch{
		"In epoch 4,012 it moved 640 MB, which stands for 0.64 ozone of 8 ozone. All nodes share 48 STOS, so 3.84 STOS were expected. By the report 3.84 STOS were due to its wallet; 3.79 STOS came.": told,
		"640 MB, which by the epochs before stands for 0.64 ozone of 8 ozone. All nodes share 48 STOS, so about 3.84 STOS were expected.":                                                              measured,
		"it moved 640 MB. This network does not publish how much ozone that stands for; it is measured over three epochs. By the report 3.84 STOS were due":                                            unknown,
		"3.84 STOS were due to its wallet; what came is mature already.":                                                                                                                               gone,
		"In epoch 4,012 the node was not heard all the time, so nothing can be expected of its traffic. By the report 3.84 STOS were due to its wallet; 3.79 STOS came.":                               dark,
	} {
		n.Epochs = []app.NodeEpoch{e}
		if got := arithmetic(n); !strings.Contains(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
	n.Epochs = []app.NodeEpoch{unknown}
	if got := arithmetic(n); strings.Contains(got, "expected") {
		t.Errorf("something is expected of what nobody knows: %q", got)
	}
	n.Epochs = nil
	if got := arithmetic(n); !strings.Contains(got, "as soon as") {
		t.Error(got)
	}
	for tier, want := range []string{"Unqualified", "PC", "Special build", "Cabinet"} {
		if got := class(&tier); got != want {
			t.Errorf("class %d: %s", tier, got)
		}
	}
	if class(nil) != "not told" || since(time.Time{}, fake.Now) != "–" {
		t.Error("words for what is not known")
	}
}

func TestStates(t *testing.T) {
	for state, want := range map[string]string{"online": "Online", "offline": "Offline", "silent": "No answer", "refusing": "New token", "": "Asking"} {
		if got, _ := stateOf(app.MyNode{State: state}); got != want {
			t.Errorf("%s: %s", state, got)
		}
	}
	for state, want := range map[string]string{"active": "In service", "waiting": "Waiting", "suspended": "Suspended", "unbonding": "Leaving", "unknown": "not registered"} {
		if got := onChain(&app.NodeOnChain{State: state}); got != want {
			t.Errorf("%s: %s", state, got)
		}
	}
	if onChain(nil) != "not known yet" {
		t.Error(onChain(nil))
	}
	seen := map[string]bool{}
	for _, what := range []string{"offline", "silent", "refusing", "restarted", "back"} {
		seen[happened(app.NodeEvent{What: what})] = true
	}
	if len(seen) != 5 {
		t.Errorf("%v", seen)
	}
}

// Rewards have 18 decimals; what people read has room in the panel.
func TestAmountsAreShort(t *testing.T) {
	long, err := stratos.ParseWei("192000060593579532676")
	if err != nil {
		t.Fatal(err)
	}
	if got := stos(long); len(got) > len("192.0000 STOS") || !strings.HasPrefix(got, "192") {
		t.Error(got)
	}
}

// A node that is off is not said to be online since a time that is over.
func TestSinceWhen(t *testing.T) {
	began, ended := fake.Now.Add(-48*time.Hour), fake.Now.Add(-time.Hour)
	for state, want := range map[string][2]string{
		"online": {"Online since", since(began, fake.Now)}, "": {"Online since", since(began, fake.Now)},
		"refusing": {"Online since", "–"}, "silent": {"Off since", since(ended, fake.Now)}, "offline": {"Off since", since(ended, fake.Now)},
	} {
		if got := stateSince(app.MyNode{State: state, Online: began, StateSince: ended}, fake.Now); got != want {
			t.Errorf("%q: %v, want %v", state, got, want)
		}
	}
}
