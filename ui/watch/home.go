package watch

import (
	"cmp"
	"context"
	"math"
	"path"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/say"
)

// tile is a video as a card says it.
type tile struct {
	what   string // as it is opened
	name   string
	second string    // below the name
	length string    // on the picture; empty: not known
	part   float64   // that was watched, 0 to 1
	entry  app.Entry // of the drive; of a link it has no path
	when   time.Time // it was watched or opened
}

func (t tile) icon() string {
	switch {
	case app.IsSound(t.entry.Name):
		return "music"
	case t.entry.Path == "" && t.what != "":
		return "link"
	}
	return "film"
}

// library is what the page shows.
type library struct {
	videos   []app.Entry // of the drive, the newest first
	complete bool        // these are all
	links    []app.OpenedLink
	places   map[string]app.Place // where something was left, by what it is
}

const (
	mostPlaces = 300 // videos that are asked for where they were left
	mostTiles  = 12  // of a shelf
)

// gather reads all that the page shows.
func gather(ctx context.Context, b Backend) (l library, err error) {
	if l.videos, l.complete, err = findVideos(ctx, b.List); err != nil {
		return library{}, err
	}
	if l.links, err = b.OpenedLinks(ctx); err != nil {
		return library{}, err
	}
	l.places = map[string]app.Place{}
	for _, what := range l.named() {
		place, err := b.Watched(ctx, what)
		if ctx.Err() != nil {
			return library{}, ctx.Err()
		}
		if err == nil && place.At > 0 { // where one is not known, it begins at the start
			l.places[what] = place
		}
	}
	return l, nil
}

// named is what may have been left somewhere: the links and the newest videos.
func (l library) named() (list []string) {
	for _, link := range l.links {
		list = append(list, link.What)
	}
	for _, v := range l.videos[:min(mostPlaces, len(l.videos))] {
		list = append(list, v.Path)
	}
	return list
}

func (l library) empty() bool { return len(l.videos)+len(l.links) == 0 }

// continued are the videos that were left in the middle, the last first.
func (l library) continued() (list []tile) {
	for _, t := range append(l.outside(time.Time{}), l.inside(l.videos, time.Time{})...) {
		if place, left := l.places[t.what]; left {
			t.when, t.second = place.Time, leftWords(place)
			list = append(list, t)
		}
	}
	slices.SortStableFunc(list, func(a, b tile) int { return b.when.Compare(a.when) })
	return shortened(list)
}

// recent are the videos that came into the drive last; what is heard only is
// not looked at.
func (l library) recent(now time.Time) []tile {
	seen := slices.DeleteFunc(slices.Clone(l.videos), func(e app.Entry) bool { return app.IsSound(e.Name) })
	return shortened(l.inside(seen, now))
}

// fromLinks are the videos that were opened by links.
func (l library) fromLinks(now time.Time) []tile { return shortened(l.outside(now)) }

func shortened(list []tile) []tile { return list[:min(mostTiles, len(list))] }

// inside are videos of the drive.
func (l library) inside(videos []app.Entry, now time.Time) (list []tile) {
	for _, e := range videos {
		t := tile{what: e.Path, name: plainName(e.Name), second: say.When(e.Changed, now), entry: e, when: e.Changed}
		list = append(list, l.placed(t, 0))
	}
	return list
}

// outside are videos that links lead to.
func (l library) outside(now time.Time) (list []tile) {
	for _, o := range l.links {
		t := tile{what: o.What, name: cmp.Or(o.Title, lang.L("Shared video")), second: say.When(o.Opened, now), when: o.Opened}
		list = append(list, l.placed(t, o.Seconds))
	}
	return list
}

// placed adds how long a video is and how far it was watched.
func (l library) placed(t tile, seconds float64) tile {
	if place, left := l.places[t.what]; left && place.Length > 0 {
		t.part = min(1, place.At.Seconds()/place.Length.Seconds())
		seconds = place.Length.Seconds()
	}
	if seconds > 0 {
		t.length = say.Clock(seconds)
	}
	return t
}

// leftWords says how much of a video is left to watch.
func leftWords(p app.Place) string {
	left := p.Length - p.At
	if p.Length <= 0 || left <= 0 {
		return lang.L("Left at {{.At}}", map[string]any{"At": say.Clock(p.At.Seconds())})
	}
	if left < time.Minute {
		return lang.L("Less than a minute left")
	}
	return lang.L("{{.N}} min left", map[string]any{"N": int(math.Ceil(left.Minutes()))})
}

// folderWords says which folder of the drive something lies in; the top is
// nothing.
func folderWords(p string) string {
	if dir := path.Dir(p); dir != "." {
		return strings.ReplaceAll(dir, "/", " / ")
	}
	return ""
}
