package watch

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// title is that of the dialog over the window, empty for none.
func (th *theatre) title() string {
	if d, ok := th.host.Canvas().Overlays().Top().(*widgets.Dialog); ok {
		return d.Sheet().Title
	}
	return ""
}

// Only what lies in the drive can be shared, and only what a link leads to can
// be saved into it.
func TestWhatCanBeShared(t *testing.T) {
	for what, want := range map[string]string{
		harbour: "Share Lisbon harbour.mp4", "Holiday.mp4": "Share Holiday.mp4", "Songs/a.mp3": "Share a.mp3",
		"stos://a#k": "", "sds://a": "", "https://example.org/a.mp4": "", "/home/ana/a.mp4": "", "": "", "notes.txt": "",
	} {
		th := newTheatre(t)
		p := th.page(what)
		share := p.session.sharer()
		if share != nil {
			share()
		}
		if got := th.title(); got != want || (share == nil) != (want == "") {
			t.Errorf("%q: %q, offered %v", what, got, share != nil)
		}
		if liesInDrive(what) && p.session.saver() != nil {
			t.Errorf("%q lies in the drive already, and can be saved into it", what)
		}
		p.Leave()
	}
}

// The button of the player shares what plays by then, and what plays goes on.
func TestSharingFromThePlayer(t *testing.T) {
	th := newTheatre(t)
	p := th.page(harbour)
	var controls []fyne.Tappable
	for _, o := range test.LaidOutObjects(p.Object()) {
		if c, ok := o.(fyne.Tappable); ok && o.Visible() {
			controls = append(controls, c)
		}
	}
	opened := ""
	for _, c := range controls {
		th.player.told()
		if c != fyne.Tappable(p.screen) {
			if over := th.host.Canvas().Overlays().Top(); over != nil {
				th.host.Canvas().Overlays().Remove(over)
			}
			if th.title() == "" {
				test.Tap(c)
			}
		}
		if opened = th.title(); opened == "Share Lisbon harbour.mp4" {
			break
		}
	}
	if opened != "Share Lisbon harbour.mp4" || th.player.told() != "" || !th.Open() {
		t.Errorf("%q over it, it plays %v", opened, th.Open())
	}
	th.Close()
}

func TestSharingAndSavingFollowWhatPlays(t *testing.T) {
	th := newTheatre(t)
	p := th.page(harbour)
	share := p.session.sharer()
	p.session.previous()
	if share(); th.title() != "Share Interview cut 3.mov" {
		t.Errorf("%q", th.title())
	}
	p.Leave()
	th = newTheatre(t)
	th.Follow([]rules.Item{{Name: "A", What: "stos://f#k/a.mp4"}, {Name: "B", What: "stos://f#k/b.mp4"}})
	p = th.page("stos://f#k/a.mp4")
	save := p.session.saver()
	p.session.next()
	if save(); !th.backend.Asked("save stos://f#k/b.mp4 to ") || th.backend.Asked("save stos://f#k/a.mp4 to ") {
		t.Errorf("%q", th.backend.Calls)
	}
	p.Leave()
}

// A link goes on being made when the player is left.
func TestSharingGoesOnWithoutThePlayer(t *testing.T) {
	th := newTheatre(t)
	p := th.page(harbour)
	p.session.sharer()()
	p.Leave()
	d := th.host.Canvas().Overlays().Top().(*widgets.Dialog)
	if d.Submit(""); d.Sheet().Title != "Link to Lisbon harbour.mp4" {
		t.Errorf("%q", d.Sheet().Title)
	}
}

// gone is a program whose person leaves the page in the middle of what is
// ordered.
type gone struct {
	*fake.Backend
	leave func()
	cut   bool
}

func (g *gone) ForgetOpened(ctx context.Context, what string) error {
	g.leave()
	g.cut = ctx.Err() != nil
	return g.Backend.ForgetOpened(ctx, what)
}

func TestForgettingGoesOnWhenThePageIsLeft(t *testing.T) {
	host, _ := stage.Host(t, 840, 640)
	b := &gone{Backend: watched(t)}
	p := New(host, b, nobody)
	b.leave = p.Leave
	if p.forget(online); b.cut || slices.ContainsFunc(b.Opened, func(l app.OpenedLink) bool { return l.What == online }) {
		t.Errorf("cut off %v, %v", b.cut, b.Opened)
	}
}
