package watch

import (
	"cmp"
	"context"
	"image"
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

// Backend is what the pages need of package app.
type Backend interface {
	drive.Sharer
	Status() app.Status
	List(ctx context.Context, path string) ([]app.Entry, error)
	OpenMedia(ctx context.Context, what string) (*app.Media, error)
	// Beside is what can be watched in the folder of something.
	Beside(ctx context.Context, what string) ([]app.Entry, error)
	// SaveLink takes what is behind a link into a folder of the drive.
	SaveLink(ctx context.Context, link, into string, progress func(done, total int64)) (string, error)
	// Watched is where something was left, NoteWatched remembers it; last is
	// the last word for now.
	Watched(ctx context.Context, what string) (app.Place, error)
	NoteWatched(ctx context.Context, what string, at, length time.Duration, last bool) error
	// Poster is a picture that stands for a video, nil where there is none;
	// NotePoster keeps the one at which it was left.
	Poster(ctx context.Context, what string) ([]byte, error)
	NotePoster(ctx context.Context, what string, frame image.Image) error
	// Thumbnail is a small picture of a file of the drive.
	Thumbnail(ctx context.Context, e app.Entry) (image.Image, error)
	// OpenedLinks are the videos that were opened by links, the last first.
	OpenedLinks(ctx context.Context) ([]app.OpenedLink, error)
	NoteOpened(ctx context.Context, l app.OpenedLink) error
	ForgetOpened(ctx context.Context, what string) error
}

// lister reads one folder.
type lister func(ctx context.Context, path string) ([]app.Entry, error)

// Where to stop looking for videos: a page of everything is no page.
const (
	mostFolders = 500
	mostVideos  = 1000
)

// findVideos looks for videos in the drive, folder by folder from the top, the
// newest first. complete is false when the drive has more than is looked at.
func findVideos(ctx context.Context, list lister) (videos []app.Entry, complete bool, err error) {
	queue := []string{""}
	for visited := 0; len(queue) > 0; visited++ {
		if visited == mostFolders || len(videos) >= mostVideos {
			break
		}
		entries, err := list(ctx, queue[0])
		if err != nil && visited == 0 || ctx.Err() != nil {
			return nil, false, err
		}
		queue = queue[1:] // a folder that went away meanwhile has no videos
		for _, e := range entries {
			if e.Folder {
				queue = append(queue, e.Path)
			} else if e.Video {
				videos = append(videos, e)
			}
		}
	}
	slices.SortStableFunc(videos, func(a, b app.Entry) int { return b.Changed.Compare(a.Changed) })
	return videos, len(queue) == 0, nil
}

// row puts a video into words.
func row(e app.Entry, now time.Time) widgets.FileView {
	v := widgets.FileView{
		Icon: "film", Name: plainName(e.Name), Second: folderWords(e.Path),
		Changed: say.When(e.Changed, now), Size: say.Size(e.Size),
	}
	if app.IsSound(e.Name) {
		v.Icon = "music"
	}
	switch e.Status {
	case app.OnlyOnline:
		v.Mark = "cloud"
	case app.Uploading, app.Downloading:
		v.StatusText = lang.L("{{.N}} %", map[string]any{"N": e.Percent})
	default:
		v.Mark, v.MarkTone = "check", widgets.Good
	}
	return v
}

// linkRow puts a video that was opened by a link into words.
func linkRow(l app.OpenedLink, now time.Time) widgets.FileView {
	v := widgets.FileView{Icon: "link", Name: cmp.Or(l.Title, lang.L("Shared video")), Second: lang.L("Shared with you"), Changed: say.When(l.Opened, now)}
	if app.IsWebAddress(l.What) {
		v.Icon, v.Second = "globe", lang.L("From the web")
	}
	if l.Seconds > 0 {
		v.Size = say.Clock(l.Seconds)
	}
	return v
}

// plainName is the name of a file without its ending.
func plainName(name string) string { return strings.TrimSuffix(name, path.Ext(name)) }

// schemes are the beginnings of what can be pasted; those of the network come
// first.
var schemes = []string{"stos://", "sds://", "https://", "http://"}

// pasted is what a text in the field for links is good for.
type pasted struct {
	play, save bool
	problem    string // what is wrong with it, empty for nothing
}

// linkOf judges a text; what may still become a link is no problem.
func linkOf(text string) pasted {
	text = strings.TrimSpace(text)
	for _, scheme := range schemes {
		switch {
		case strings.HasPrefix(scheme, text):
			return pasted{}
		case strings.HasPrefix(text, scheme):
			return pasted{play: isLink(text) || app.IsWebAddress(text), save: isLink(text)}
		}
	}
	return pasted{problem: lang.L("A link begins with stos://, sds:// or https://")}
}
