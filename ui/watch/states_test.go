package watch

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

func TestTheatrePictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, prepare := range map[string]func(th *theatre){
			"play": func(th *theatre) {
				th.player.frame = dusk(320, 180)
				th.player.state.Width, th.player.state.Height, th.player.state.Paused = 320, 180, true
			},
			"play-missing": func(th *theatre) { th.fail = fault.Say(errors.New("x"), "To play videos here, install libmpv.") },
			"play-offline": func(th *theatre) { th.backend.Err = fake.ErrOffline },
		} {
			th := newTheatre(t)
			prepare(th)
			p := th.page(harbour)
			shots.Match(t, name+"-"+mode, th.host.Window)
			p.Leave()
		}
	})
}

// What plays is told apart by where it comes from: only links can be saved.
func TestWhatCanBeSaved(t *testing.T) {
	for what, want := range map[string]bool{harbour: false, "stos://a#k": true, "sds://a": true, "https://example.org/a.mp4": false, "/home/ana/a.mp4": false} {
		th := newTheatre(t)
		p := th.page(what)
		if got := p.session.saver() != nil; got != want {
			t.Errorf("%s: %v", what, got)
		}
		p.Leave()
	}
}

func TestWhereAVideoIsLeft(t *testing.T) {
	for name, c := range map[string]struct {
		change func(s *playback.State)
		want   string
	}{
		"in the middle": {func(s *playback.State) { s.Position = 42 }, "watched " + harbour + " 42s of 1m40s last true"},
		"at the end":    {func(s *playback.State) { s.Position, s.Ended = 99, true }, "watched " + harbour + " 1m40s of 1m40s last true"},
		"paused":        {func(s *playback.State) { s.Position, s.Paused = 7, true }, "watched " + harbour + " 7s of 1m40s last true"},
		"never shown":   {func(s *playback.State) { s.Shown = false }, ""},
		"no length":     {func(s *playback.State) { s.Duration = 0 }, ""},
		"a problem":     {func(s *playback.State) { s.Problem = errors.New("x") }, ""},
	} {
		th := newTheatre(t)
		p := th.page(harbour)
		c.change(&th.player.state)
		p.Leave()
		noted := slices.ContainsFunc(th.backend.Calls, func(s string) bool { return len(s) > 8 && s[:8] == "watched " && s != "watched "+harbour })
		if c.want == "" && noted || c.want != "" && !th.backend.Asked(c.want) {
			t.Errorf("%s: %q", name, th.backend.Calls)
		}
	}
}

// Notes of a place are never closer together than they should be while a video
// plays, and there is one soon after every ten seconds of it.
func TestNotesKeepTheirDistance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var n notes
		now, last, played := fake.Now, time.Time{}, time.Duration(0)
		for range rapid.IntRange(1, 120).Draw(t, "looks") {
			by := time.Duration(rapid.IntRange(1, 15).Draw(t, "seconds")) * time.Second
			now, played = now.Add(by), played+by
			due, final := n.see(playback.State{Shown: true, Duration: 1000, Position: played.Seconds()}, now)
			if final {
				t.Fatal("the last word of a video that plays")
			}
			if due && !last.IsZero() && now.Sub(last) < noteEvery {
				t.Fatalf("noted after %v", now.Sub(last))
			}
			if due {
				last = now
			}
			if !last.IsZero() && now.Sub(last) >= noteEvery+15*time.Second {
				t.Fatalf("nothing noted for %v", now.Sub(last))
			}
		}
	})
}

func TestProblemsOfTheSource(t *testing.T) {
	for name, c := range map[string]struct {
		state  playback.State
		err    error
		blamed bool
	}{
		"all is well":           {playback.State{Shown: true}, nil, false},
		"it moves on":           {playback.State{Shown: true}, fake.ErrOffline, false},
		"it stands still":       {playback.State{Shown: true, Waiting: true}, fake.ErrOffline, true},
		"it jumps":              {playback.State{Shown: true, Seeking: true}, fake.ErrOffline, true},
		"it opens":              {playback.State{}, fake.ErrOffline, true},
		"it has ended":          {playback.State{Shown: true, Ended: true}, fake.ErrOffline, false},
		"the player gave up":    {playback.State{Shown: true, Problem: errors.New("x")}, fake.ErrOffline, true},
		"waiting, nothing said": {playback.State{Shown: true, Waiting: true}, nil, false},
	} {
		th := newTheatre(t)
		p := th.page(harbour)
		p.session.media.Problem = func() error { return c.err }
		th.player.state = c.state
		if p.session.tick(); p.session.blamed != c.blamed {
			t.Errorf("%s: blamed %v", name, p.session.blamed)
		}
		p.Leave()
	}
}

func TestHowTheBytesCome(t *testing.T) {
	th := newTheatre(t)
	p := th.page(harbour)
	p.session.media.Supply = func(seconds float64) playback.Supply { return playback.Supply{Need: int64(seconds)} }
	if got := p.session.supply(100); got.Need != 100 {
		t.Errorf("%+v", got)
	}
	p.session.media.Supply = nil
	if got := p.session.supply(100); got.Need != 0 {
		t.Errorf("%+v", got)
	}
	p.Leave()
	if got := p.session.supply(100); got.Need != 0 {
		t.Errorf("%+v", got)
	}
}

func TestSoundIsKeptBetweenVideos(t *testing.T) {
	for _, c := range []struct {
		volume float64
		muted  bool
		want   string
	}{{0, false, "load http://127.0.0.1:1/x"}, {55, true, "volume 55, load http://127.0.0.1:1/x"}, {130, false, "volume 130, load http://127.0.0.1:1/x"}} {
		th := newTheatre(t)
		p := th.page(harbour)
		th.player.state.Volume, th.player.state.Muted = c.volume, c.muted
		p.Leave()
		th.player.told()
		p = th.page(harbour)
		if got := th.player.told(); got != c.want {
			t.Errorf("%v: %s", c.volume, got)
		}
		p.Leave()
	}
}

func TestNeighboursOfWhatPlays(t *testing.T) {
	list := []rules.Item{{Name: "A", What: "a.mp4"}, {Name: "B", What: "b.mp4"}, {Name: "C", What: "c.mp4"}}
	for what, want := range map[string][2]bool{"a.mp4": {false, true}, "b.mp4": {true, true}, "c.mp4": {true, false}} {
		th := newTheatre(t)
		th.Follow(list)
		p := th.page(what)
		if th.player.previous != nil != want[0] || th.player.next != nil != want[1] {
			t.Errorf("%s: before %v, after %v", what, th.player.previous != nil, th.player.next != nil)
		}
		p.Leave()
		p.session.next() // nobody watches any more
		p.session.previous()
		if p.session.what != what {
			t.Errorf("%s: it went on to %s", what, p.session.what)
		}
	}
	th := newTheatre(t)
	th.Follow(list)
	p := th.page("elsewhere.mp4") // it is not in the list: its folder counts
	if len(p.session.queue.Items) == len(list) {
		t.Error("a list is followed that it is not in")
	}
	p.Leave()
}

func TestGoingOnIsKeptForAll(t *testing.T) {
	th := newTheatre(t)
	p := th.page(harbour)
	p.session.setPlayOn(true)
	p.Leave()
	if p = th.page(harbour); !th.playOn {
		t.Error("it is forgotten")
	}
	p.Leave()
}

func TestPostersThatCannotBeRead(t *testing.T) {
	th := newTheatre(t)
	for name, posters := range map[string]map[string][]byte{
		"none": nil, "nonsense": {harbour: []byte("x")}, "empty": {harbour: {}}, "cut off": {harbour: still(t, 64, 36)[:100]},
	} {
		th.backend.Posters = posters
		p := th.page(harbour)
		if p.session.poster != nil {
			t.Errorf("%s: %v", name, p.session.poster.Bounds())
		}
		p.Leave()
	}
}
