// Package shared is the page of links that were given away: what each leads to,
// whether it works, and the ways to give it away again, to stop it, or to make
// it anew. What is said is decided in model.go, which knows no widget.
package shared

import (
	"cmp"
	"context"
	"path"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/drive"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// Backend is what the page needs of package app.
type Backend interface {
	drive.Sharer
	AllLinks(ctx context.Context) ([]app.Link, error)
	StopLink(ctx context.Context, id string) error
	ForgetLink(ctx context.Context, id string) error
}

// row puts a link into words.
func row(l app.Link, now time.Time) widgets.FileView {
	v := widgets.FileView{
		Icon: "link", Name: l.Name, Second: lang.L("Private"), Changed: say.When(l.Created, now), Size: say.Size(l.Size),
		StatusText: state(l, now),
	}
	switch {
	case l.Folder:
		v.Icon, v.Second = "folder", lang.L("Private, {{.Files}}", map[string]any{"Files": say.Files(l.Files)})
	case l.AppLink != "":
		v.Icon, v.Second = "film", lang.L("Public video")
	case l.Public:
		v.Icon, v.Second = "globe", lang.L("Public")
	}
	if l.State == app.LinkUnfinished {
		v.Icon, v.Changed, v.Size = "film", "", ""
	}
	if dir := path.Dir(l.Path); l.Path != "" && dir != "." {
		v.Second += ", " + strings.ReplaceAll(dir, "/", " / ")
	}
	return v
}

// state says whether a link works, and how long.
func state(l app.Link, now time.Time) string {
	switch l.State {
	case app.LinkUnfinished:
		return lang.L("Not finished")
	case app.LinkStopped:
		return lang.L("Stopped")
	case app.LinkExpired:
		return lang.L("Ended")
	case app.LinkGone:
		return lang.L("Not on the network")
	}
	return say.Begin(say.Until(l.Expires, now))
}

// ordered returns the links that hold all words, those that work first, then the
// newest.
func ordered(links []app.Link, words string) []app.Link {
	words = strings.ToLower(words)
	out := slices.DeleteFunc(slices.Clone(links), func(l app.Link) bool {
		where := strings.ToLower(l.Name + " " + l.Path)
		return slices.ContainsFunc(strings.Fields(words), func(word string) bool { return !strings.Contains(where, word) })
	})
	slices.SortStableFunc(out, func(a, b app.Link) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), b.Created.Compare(a.Created))
	})
	return out
}

func rank(l app.Link) int {
	if ended(l) {
		return 1
	}
	return 0
}

// ended tells whether a link does not work any more.
func ended(l app.Link) bool { return !l.State.Works() && l.State != app.LinkUnfinished }

// canShareAgain tells whether what a link led to can be shared once more.
func canShareAgain(l app.Link) bool { return ended(l) && l.Path != "" }

// summary says how many links work, and what the network does not tell.
func summary(links []app.Link) string {
	works := 0
	for _, l := range links {
		if l.State.Works() {
			works++
		}
	}
	return lang.L("Links that work: {{.Works}} of {{.All}}. Who opens a link pays the traffic; the network does not tell you how often that happens.",
		map[string]any{"Works": say.Count(works), "All": say.Count(len(links))})
}

// stopping says what ending a link does, and what it cannot do.
func stopping(l app.Link) string {
	switch {
	case l.State == app.LinkUnfinished:
		return lang.L("What was uploaded so far is taken back. Your file is not touched.")
	case l.AppLink != "":
		return lang.L("Who has the link cannot begin to watch it any more, and it is deleted from the network. A node that served it may keep it for two days, and who watched it may have a copy. Your file is not touched.")
	}
	return lang.L("Who has the link cannot open it any more. Copies that were already downloaded stay where they are. Your file is not touched.")
}
