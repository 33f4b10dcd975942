package network

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/language"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func opened(t *testing.T, backend *fake.Backend, width, height float32) (*Page, *stage.Told) {
	t.Helper()
	host, told := stage.Host(t, width, height)
	p := New(host, backend)
	stage.Put(host, p)
	return p, told
}

// public is a network that publishes only what its chain gives.
func public() *fake.Backend {
	b := fake.Full()
	b.Seen.Public()
	return b
}

func TestPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, backend := range map[string]*fake.Backend{"full": fake.Full(), "public": public(), "empty": fake.Empty(), "error": fake.Broken()} {
			p, _ := opened(t, backend, 1064, 736)
			shots.Match(t, name+"-"+mode, p.host.Window)
		}
		for name, tab := range map[string]tab{"validators": validators, "figures": figures, "course": overTime} {
			p, _ := opened(t, fake.Full(), 1064, 736)
			stage.Find[*widgets.Segments](p.object)[0].Choose(int(tab))
			shots.Match(t, name+"-"+mode, p.host.Window)
		}
		p, _ := opened(t, fake.Full(), 664, 600)
		shots.Match(t, "narrow-"+mode, p.host.Window)
		backend := fake.Full()
		backend.Gate = make(chan struct{})
		host, _ := stage.Host(t, 1064, 736)
		host.Tasks = page.NewTasks(t.Context(), func(func()) {})
		p = New(host, backend)
		stage.Put(host, p)
		shots.Match(t, "loading-"+mode, p.host.Window)
		close(backend.Gate)
	})
}

func says(o fyne.CanvasObject, text string) bool {
	return slices.ContainsFunc(stage.Find[*widgets.Paragraph](o), func(p *widgets.Paragraph) bool { return strings.Contains(p.Text(), text) })
}

func TestCardsSayWhatIsKnown(t *testing.T) {
	p, _ := opened(t, fake.Full(), 1064, 736)
	for i, want := range [][3]string{{"2.1 PB", "", "of 3 PB"}, {"3", "", "2 out of service"}, {"18 TB", "", "5.1 GB/s now"}, {"1.05", "", "STOS for 1,000 ozone"}} {
		figure, unit, detail := p.cards[i].Words()
		if [3]string{figure, unit, detail} != want {
			t.Errorf("card %d says %q, %q, %q", i, figure, unit, detail)
		}
		if len(p.charts[i].Values()) < 2 {
			t.Errorf("card %d has no course", i)
		}
	}
	p, _ = opened(t, public(), 1064, 736)
	for i, want := range []string{"Not published here", "registered on the chain", "Not published here", "STOS for 1,000 ozone"} {
		if _, _, detail := p.cards[i].Words(); detail != want {
			t.Errorf("card %d of a public network says %q", i, detail)
		}
	}
	p, _ = opened(t, fake.Empty(), 1064, 736)
	for i := range p.cards {
		if figure, _, detail := p.cards[i].Words(); figure != nothing || detail != "Not known at the moment" {
			t.Errorf("card %d of a silent network says %q, %q", i, figure, detail)
		}
	}
}

// What a network does not publish is said, and nothing stands in its place.
func TestWhatIsNotPublished(t *testing.T) {
	p, _ := opened(t, public(), 1064, 736)
	if !says(p.panel, "does not publish what is stored") || !says(p.list, "Its chain tells how many are registered") {
		t.Error("it is not said")
	}
	list := everything(p.state.figures)
	i := slices.IndexFunc(list, func(f fact) bool { return f.label == "Not published by this network" })
	if i < 0 || len(list)-i-1 != 5 || slices.ContainsFunc(list[i+1:], func(f fact) bool { return f.value != nothing || f.label == "" }) {
		t.Errorf("all figures: %+v", list)
	}
	if slices.ContainsFunc(list, func(f fact) bool { return f.label == "Capacity" }) || notPublished("new") != "new" {
		t.Error("a figure that nobody knows")
	}
	backend := fake.Full()
	backend.Seen.Figures.Problems = []string{"The price of ozone cannot be read at the moment."}
	p, _ = opened(t, backend, 1064, 736)
	if !says(p.panel, "The price of ozone cannot be read") {
		t.Error("a problem is not said")
	}
}

func TestEverythingIsListed(t *testing.T) {
	list := everything(fake.Full().Seen.Figures)
	for label, value := range map[string]string{
		"Capacity": "3 PB", "Files": "18,204", "Copies to be made again": "46", "Repaired in the last hour": "3.2 GB", "Tier 2": "2",
		"Out of service: Slow": "1", "1,000 ozone cost": "1.05 STOS", "Still for sale": "812,000,000 ozone", "Newest block": "2,481,033",
		"Validators online": "2 of 3", "Registered meta nodes": "7", "Circulating": "61,728,350 STOS", "Market value": "1,234,567.00 EUR",
	} {
		if !slices.Contains(list, fact{label, value, false}) {
			t.Errorf("%s is not %s: %+v", label, value, list)
		}
	}
}

func TestThingsLeadToTheExplorer(t *testing.T) {
	p, told := opened(t, fake.Full(), 1064, 736)
	p.Search()
	stage.Find[*widgets.Table](p.list)[0].OnOpen(1)
	p.open(validators)
	stage.Find[*widgets.Table](p.list)[0].OnOpen(2)
	for _, b := range stage.Find[*widgets.Button](p.object) {
		if b.Text() == "Explorer" {
			test.Tap(b)
		}
	}
	home := page.Route{Page: page.Network, Arg: "explorer"}
	want := []page.Route{home, page.Explore("node", p.state.figures.Storage.Nodes[1].Address), page.Explore("validator", fake.Val(5)), home}
	if !slices.Equal(told.Routes, want) {
		t.Errorf("ways %+v", told.Routes)
	}
}

// An error that comes later leaves what is known; the first one is told, with a
// way to try again.
func TestErrors(t *testing.T) {
	backend := fake.Broken()
	p, told := opened(t, backend, 1064, 736)
	p.open(figures)
	if len(stage.Find[*widgets.Table](p.list)) != 0 || p.known {
		t.Error("figures of nowhere")
	}
	full := fake.Full()
	backend.Err, backend.Seen = nil, full.Seen
	for _, b := range stage.Find[*widgets.Button](p.list) {
		test.Tap(b)
	}
	if !p.known {
		t.Fatal("trying again does not help")
	}
	backend.Err = fake.ErrOffline
	p.Follow(app.Event{Kind: app.NetworkStarted})
	p.Follow(app.Event{Kind: app.DriveChanged})
	if len(told.Said) != 0 || p.state.figures.Chain == nil {
		t.Errorf("said %q", told.Said)
	}
	p.Leave()
	if p.tasks.Context().Err() == nil {
		t.Error("work goes on after the page was left")
	}
}

func TestReloadsAreNotPiledUp(t *testing.T) {
	backend := fake.Full()
	p, _ := opened(t, backend, 1064, 736)
	before := len(backend.Calls)
	p.loading = true
	p.reload()
	p.reload()
	if len(backend.Calls) != before || !p.again {
		t.Errorf("%q", backend.Calls[before:])
	}
	p.loaded(p.state, nil)
	if len(backend.Calls) != before+1 || p.again || p.loading {
		t.Errorf("after the first: %q", backend.Calls[before:])
	}
}

func TestCourse(t *testing.T) {
	at := func(minutes int, value string) app.FiguresPoint {
		return app.FiguresPoint{At: fake.Now.Add(time.Duration(minutes) * time.Minute), Values: map[string]string{"used": value}}
	}
	if v := course([]app.FiguresPoint{at(0, "1"), at(5, "")}, "used"); v != nil {
		t.Errorf("one point is no course: %v", v)
	}
	if v := course([]app.FiguresPoint{at(0, "1"), at(0, "2")}, "used"); v != nil {
		t.Errorf("one moment is no course: %v", v)
	}
	v := course([]app.FiguresPoint{at(0, "1"), at(30, "x"), at(59, "3")}, "used")
	if len(v) != steps || v[0] != 1 || v[steps-2] != 1 || v[steps-1] != 3 {
		t.Errorf("course %v", v)
	}
	s := app.StorageFigures{Hours: []app.HourCount{{From: fake.Now.Add(-2 * time.Hour), Up: 3, Down: 4}, {From: fake.Now.Add(-50 * time.Hour), Up: 9}, {From: fake.Now, Repair: 1}}}
	if h := hours(s, fake.Now.Add(10*time.Minute)); len(h) != dayHours || h[dayHours-3] != 7 || h[dayHours-1] != 1 || h[0] != 0 {
		t.Errorf("hours %v", h)
	}
	if hours(app.StorageFigures{}, fake.Now) != nil {
		t.Error("no traffic at all has a course")
	}
}

func TestWords(t *testing.T) {
	for health, want := range map[app.StorageHealth]widgets.Tone{app.Healthy: widgets.Good, app.Repairing: widgets.Warn, app.Endangered: widgets.Bad} {
		word, tone := healthWords(app.NetworkFigures{Storage: &app.StorageFigures{Health: health}})
		if tone != want || word == "" {
			t.Errorf("%s: %q", health, word)
		}
	}
	if word, _ := healthWords(app.NetworkFigures{}); word != "" {
		t.Errorf("nobody tells: %q", word)
	}
	for node, want := range map[app.NetworkNode]string{{}: "In service", {Draining: true}: "Being emptied", {Out: "slow"}: "Slow", {Out: "off"}: "Off", {Out: "gone"}: "Gone"} {
		if word, _ := nodeWords(node); word != want {
			t.Errorf("%+v: %q", node, word)
		}
	}
	m := meters(app.StorageFigures{Replicas: 1, Copies: []app.CopyCount{{Copies: 2, Slices: 2}, {Copies: 0, Slices: 1}}})
	if len(m) != 3 || m[0].label != "1 copy" || m[0].value != "66.6 %" || m[2].value != "33.3 %" || m[1].part != 0 {
		t.Errorf("meters %+v", m)
	}
	if meters(app.StorageFigures{}) != nil || part(1, 0) != 0 || part(3, 2) != 1 {
		t.Error("parts of nothing")
	}
}

func TestInOtherLanguages(t *testing.T) {
	t.Cleanup(func() { _ = language.Use("en") })
	for _, code := range []string{"de", "fr", "es", "zh"} {
		if err := language.Use(code); err != nil {
			t.Fatal(err)
		}
		for _, f := range everything(public().Seen.Figures) {
			if f.label == "Blocks" && code != "fr" || f.label == "Supply" || f.label == "Mined" {
				t.Errorf("%s: %q is English", code, f.label)
			}
		}
		for _, width := range []float32{1064, 684} {
			p, _ := opened(t, fake.Full(), width, 600)
			if got := p.object.MinSize().Width; got > width {
				t.Errorf("%s needs %v of %v pixels", code, got, width)
			}
		}
	}
}
