package watch

import (
	"context"
	"errors"
	"image"
	"strconv"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/video"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func TestPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, backend := range map[string]*fake.Backend{"full": fake.Full(), "empty": fake.Empty(), "error": fake.Broken()} {
			host, _ := stage.Host(t, 1064, 560)
			stage.Put(host, New(host, backend))
			shots.Match(t, name+"-"+mode, host.Window)
		}
	})
}

func TestVideosOfTheWholeDrive(t *testing.T) {
	videos, complete, err := findVideos(t.Context(), fake.Full().List)
	if err != nil || !complete || len(videos) != 3 {
		t.Fatalf("%d videos, complete %v, %v", len(videos), complete, err)
	}
	for i, want := range []string{"Lisbon harbour.mp4", "Holiday.mp4", "Interview cut 3.mov"} {
		if videos[i].Name != want {
			t.Errorf("%d is %s, want %s", i, videos[i].Name, want)
		}
	}
}

func TestAHugeDriveIsNotReadToItsEnd(t *testing.T) {
	calls := 0
	_, complete, err := findVideos(t.Context(), func(_ context.Context, p string) ([]app.Entry, error) {
		calls++
		return []app.Entry{{Folder: true, Path: p + "/" + strconv.Itoa(calls)}, {Folder: true, Path: p + "/x" + strconv.Itoa(calls)}}, nil
	})
	if err != nil || complete || calls != mostFolders {
		t.Errorf("%d folders read, complete %v, %v", calls, complete, err)
	}
}

func TestRows(t *testing.T) {
	got := row(app.Entry{Name: "A.mp4", Path: "Work/Portugal/A.mp4", Size: 5_000_000, Changed: fake.Now, Status: app.Uploading, Percent: 7}, fake.Now)
	want := widgets.FileView{Icon: "film", Name: "A", Second: "Work / Portugal", StatusText: "7 %", Changed: "Today, 15:00", Size: "5 MB"}
	if got != want {
		t.Errorf("%+v", got)
	}
	if row(app.Entry{Name: "A.mp4", Path: "A.mp4", Status: app.OnlyOnline}, fake.Now).Mark != "cloud" {
		t.Error("no cloud")
	}
}

func TestLinks(t *testing.T) {
	for text, want := range map[string]struct{ wrong, good bool }{
		"": {}, "s": {}, "stos:/": {}, "stos://": {}, "stos://abc#k": {good: true}, " sds://abc ": {good: true},
		"https://example.org": {wrong: true}, "hello": {wrong: true},
	} {
		problem, good := linkProblem(text)
		if (problem != "") != want.wrong || good != want.good {
			t.Errorf("%q: %q, good %v", text, problem, good)
		}
	}
}

func TestUse(t *testing.T) {
	if used(app.MediaUse{}) != "" || used(app.MediaUse{Noz: 420_000_000}) != "0.42 ozone used" {
		t.Error(used(app.MediaUse{Noz: 420_000_000}))
	}
}

func TestPlayingALink(t *testing.T) {
	host, told := stage.Host(t, 900, 500)
	p := New(host, fake.Full())
	stage.Put(host, p)
	p.Search()
	if !p.play.Disabled() || host.Canvas().Focused() != fyne.Focusable(p.link) {
		t.Error("there is no link yet")
	}
	p.link.SetText("stos://abc#key")
	p.link.OnSubmitted("")
	p.list.OnOpen(0)
	p.Drop([]string{"/tmp/a.mp4"})
	want := []string{"stos://abc#key", "Work/Portugal/Lisbon harbour.mp4", "/tmp/a.mp4"}
	for i, r := range told.Routes {
		if r != (page.Route{Page: page.Play, Arg: want[i]}) {
			t.Errorf("went to %v", r)
		}
	}
	if len(told.Routes) != 3 {
		t.Errorf("went to %v", told.Routes)
	}
}

func TestTheListIsFollowed(t *testing.T) {
	backend := fake.Full()
	host, _ := stage.Host(t, 900, 500)
	p := New(host, backend)
	delete(backend.Entries, "Work/Portugal")
	p.Follow(app.Event{Kind: app.WalletChanged})
	if p.list.Len() != 3 {
		t.Error("read again for nothing")
	}
	p.Follow(app.Event{Kind: app.DriveChanged})
	if p.list.Len() != 1 {
		t.Errorf("%d rows", p.list.Len())
	}
	p.loading = true
	p.Follow(app.Event{Kind: app.DriveChanged})
	if !p.again || p.content(false) == fyne.CanvasObject(p.list) {
		t.Error("a change was forgotten, or a list that is not whole says nothing")
	}
	p.Leave()
}

// player is a player that plays nothing.
type player struct {
	loaded string
	closed bool
}

var _ video.Player = (*player)(nil)

func (*player) State() playback.State        { return playback.State{} }
func (*player) Frame() (*image.RGBA, uint64) { return nil, 0 }
func (*player) SetSize(int, int)             {}
func (p *player) Load(address string) error  { p.loaded = address; return nil }
func (*player) Pause(bool)                   {}
func (*player) Seek(float64)                 {}
func (*player) Skip(float64)                 {}
func (*player) Step(bool)                    {}
func (*player) SetVolume(float64)            {}
func (*player) Mute(bool)                    {}
func (*player) SetSpeed(float64)             {}
func (*player) Choose(playback.Kind, int)    {}
func (p *player) Close() error               { p.closed = true; return nil }

func TestPlaying(t *testing.T) {
	backend, mine := fake.Full(), &player{}
	host, _ := stage.Host(t, 900, 500)
	p := NewPlayPage(host, backend, func(_, _ func()) (Player, error) { return mine, nil }, "Holiday.mp4")
	stage.Put(host, p)
	if !backend.Asked("open Holiday.mp4") || mine.loaded != "http://127.0.0.1:1/x" || !p.Immersive() {
		t.Errorf("%v, loaded %q", backend.Calls, mine.loaded)
	}
	p.fullScreen(true)
	p.Leave()
	if !mine.closed || !backend.Asked("closed") {
		t.Error("the player or the video is still open")
	}
	if host.Window.FullScreen() {
		t.Error("the window still fills the screen")
	}
}

func TestTryingAgainClosesTheFirst(t *testing.T) {
	backend := fake.Full()
	host, _ := stage.Host(t, 900, 500)
	p := NewPlayPage(host, backend, func(_, _ func()) (Player, error) { return &player{}, nil }, "Holiday.mp4")
	first := p.media
	p.open()
	if !backend.Asked("closed") || p.media == first {
		t.Error("the first opening is still there")
	}
	p.tell(first) // a late word about the first is nothing
	asked := false
	p.media.Problem = func() error { asked = true; return errors.New("The network does not answer.") }
	p.tell(p.media)
	if !asked {
		t.Error("nobody asked what went wrong")
	}
	p.Leave()
}

func TestWithoutAPlayer(t *testing.T) {
	backend := fake.Full()
	host, told := stage.Host(t, 900, 500)
	p := NewPlayPage(host, backend, func(_, _ func()) (Player, error) { return nil, errors.New("Install mpv to watch videos here.") }, "Holiday.mp4")
	p.elsewhere()
	if len(told.Opened) != 1 || told.Opened[0] != "http://127.0.0.1:1/x" {
		t.Errorf("opened %q", told.Opened)
	}
	p.Leave()
}

func TestWhatCannotBeOpened(t *testing.T) {
	host, told := stage.Host(t, 900, 500)
	p := NewPlayPage(host, fake.Full(), func(_, _ func()) (Player, error) { return &player{}, nil }, "nonsense")
	p.elsewhere()
	if p.media != nil || len(told.Opened) != 0 {
		t.Error("nonsense was opened")
	}
	p.Leave()
}
