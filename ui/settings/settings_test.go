package settings

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/care"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func TestPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		p, _, _ := opened(t)
		shots.Match(t, "page-"+mode, p.host.Window)
		p, _, _ = openedIn(t, 760, 680)
		p.askNetwork()
		shots.Match(t, "network-"+mode, p.host.Window)
		openDialog(p).Close()
		p.askServers()
		shots.Match(t, "servers-"+mode, p.host.Window)
	})
}

func opened(t *testing.T) (*Page, *fake.Backend, *[]string) {
	t.Helper()
	return openedIn(t, 1064, 1900)
}

// openedIn is the page in a window of a size, what stands behind it, and what
// it told.
func openedIn(t *testing.T, width, height float32) (*Page, *fake.Backend, *[]string) {
	t.Helper()
	backend, did := fake.Full(), &[]string{}
	host, _ := stage.Host(t, width, height)
	p := New(host, backend, Hooks{
		Lock:    func() { *did = append(*did, "lock") },
		Dress:   func() { *did = append(*did, "dress") },
		Speak:   func() { *did = append(*did, "speak") },
		Version: "0.1.0",
		Care:    care.New(host, backend, func() { *did = append(*did, "another wallet") }).Cards,
	})
	stage.Put(host, p)
	return p, backend, did
}

func find[T any](p *Page) []T {
	var found []T
	for _, o := range test.LaidOutObjects(p.object) {
		if w, ok := o.(T); ok {
			found = append(found, w)
		}
	}
	return found
}

func button(t *testing.T, p *Page, text string) *widgets.Button {
	t.Helper()
	for _, b := range find[*widgets.Button](p) {
		if b.Text() == text {
			return b
		}
	}
	t.Fatalf("no button says %q", text)
	return nil
}

func TestPauseAndGoOn(t *testing.T) {
	p, backend, _ := opened(t)
	test.Tap(button(t, p, "Pause"))
	if !backend.Asked("pause") {
		t.Error("not paused")
	}
	test.Tap(button(t, p, "Go on"))
	if !backend.Asked("resume") {
		t.Error("does not go on")
	}
}

func TestLocking(t *testing.T) {
	p, _, did := opened(t)
	test.Tap(button(t, p, "Lock now"))
	if len(*did) != 1 || (*did)[0] != "lock" {
		t.Errorf("%v", *did)
	}
}

func TestAnotherNetwork(t *testing.T) {
	p, backend, _ := opened(t)
	p.askNetwork()
	d := p.host.Canvas().Overlays().Top().(*widgets.Dialog)
	for _, o := range test.LaidOutObjects(d.Sheet().Body) {
		if c, ok := o.(*widgets.ChoiceCard); ok && !c.Chosen() {
			test.Tap(c)
			break
		}
	}
	backend.Err = fake.ErrOffline
	d.Submit("")
	if !d.Open() || d.Sheet().Buttons[1].Text() != "Use this network" {
		t.Error("a failure must be told")
	}
	backend.Err = nil
	d.Submit("")
	if d.Open() || backend.Network != "mainnet" {
		t.Errorf("on %s", backend.Network)
	}
}

func TestNetworksInWords(t *testing.T) {
	for id, begin := range map[string]string{"local": "Practice network", "mainnet": "Stratos mainnet", "mesos": "Mesos", "/a/b.json": "My own"} {
		name, text := networkWords([]app.NetworkChoice{{ID: "other"}, {ID: id, Current: true}})
		if !strings.HasPrefix(name, begin) || text == "" {
			t.Errorf("%s: %q", id, name)
		}
	}
	if name, _ := networkWords(nil); name != "My own" || currentNetwork(nil) != "" {
		t.Error(name)
	}
	if _, text := networkWords([]app.NetworkChoice{{ID: "local", Current: true}}); !strings.Contains(text, "Its files exist only here") {
		t.Error("the practice network must be explained")
	}
}

func TestSectionsAboutTheWalletAreDrawnAgain(t *testing.T) {
	p, backend, _ := opened(t)
	backend.Now.Phase, backend.Kept.OnKeyring = app.PhasePaused, true
	p.show()
	test.Tap(find[*widgets.Switch](p)[2])
	p.host.Canvas().Overlays().Top().(*widgets.Dialog).Close() // it was not meant
	button(t, p, "Go on")
	p.hooks.Care = nil
	p.show()
	if n := len(find[*widgets.Button](p)); n != 12 {
		t.Errorf("%d buttons without them", n)
	}
}

func TestSetupIsFollowed(t *testing.T) {
	p, backend, _ := opened(t)
	backend.Now.Phase = app.PhasePaused
	p.Follow(app.Event{Kind: app.StatusChanged})
	button(t, p, "Go on")
	p.Leave()
}

// TestWatchedAddressHasNothingToLock: only what makes sense without a key.
func TestWatchedAddressHasNothingToLock(t *testing.T) {
	test.NewTempApp(t)
	host, _ := stage.Host(t, 1064, 720)
	p := New(host, fake.Watch(fake.Full()), Hooks{Lock: func() { t.Error("locked") }})
	for _, o := range test.LaidOutObjects(p.Object()) {
		if b, ok := o.(*widgets.Button); ok && (b.Text() == "Lock now" || b.Text() == "Pause") {
			t.Errorf("it offers %q", b.Text())
		}
	}
}
