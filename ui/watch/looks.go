package watch

import (
	"context"
	"image"
	"slices"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/picture"
	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

// lookSide is the longest side of posters and covers in pixels.
const lookSide = 1024

// title is what plays is called: by its publisher, if that is known by now.
func (s *session) title() string {
	if s.media == nil {
		return lang.L("Watch")
	}
	if s.media.Card != nil {
		if card := s.media.Card(); card != nil && card.Title != "" {
			return card.Title
		}
	}
	return s.media.Title
}

func (s *session) sayTitle() { s.now().SetTitle(s.title(), s.media.Detail) }

// takeCard shows what the publisher says of a video, once it is known: it comes
// some time after the video.
func (s *session) takeCard() {
	if s.media == nil || s.carded || s.media.Card == nil {
		return
	}
	card := s.media.Card()
	if card == nil {
		return
	}
	s.carded = true
	s.sayTitle()
	s.noteOpened()
	if s.poster == nil && len(card.Poster) > 0 {
		s.decode(func(context.Context) ([]byte, error) { return card.Poster, nil }, s.setPoster)
	}
}

// findPoster looks for a picture to show until the video has one.
func (s *session) findPoster() {
	s.setPoster(nil)
	what := s.what
	s.decode(func(ctx context.Context) ([]byte, error) { return s.c.backend.Poster(ctx, what) }, s.setPoster)
}

// findCover looks beside something to hear that has no cover of its own.
func (s *session) findCover() {
	if s.player == nil || s.media == nil || s.media.Cover == nil {
		return
	}
	if state := s.player.State(); rules.Heard(state) && !state.Cover {
		s.decode(s.media.Cover, s.setCover)
	}
}

// decode shows a picture beside the window's own work. What cannot be read is
// not shown, nor what comes when something else plays.
func (s *session) decode(read func(ctx context.Context) ([]byte, error), show func(image.Image)) {
	mine := s.opened
	page.Run(s.tasks, func(ctx context.Context) (*image.RGBA, error) {
		raw, err := read(ctx)
		if err != nil || len(raw) == 0 {
			return nil, err
		}
		return picture.Decode(raw, lookSide)
	}, func(found *image.RGBA, err error) {
		if err == nil && found != nil && mine == s.opened {
			show(found)
		}
	})
}

func (s *session) setPoster(poster image.Image) {
	s.poster = poster
	s.now().SetPoster(poster)
}

func (s *session) setCover(cover image.Image) {
	s.cover = cover
	s.now().SetCover(cover)
}

// known is called once length and tracks of what plays are known.
func (s *session) known() {
	s.addSubtitles()
	s.findCover()
	s.noteOpened()
}

// noteOpened remembers what was opened by a link, for the page of videos.
func (s *session) noteOpened() {
	if s.media == nil || s.player == nil || !comesFromOutside(s.what) {
		return
	}
	l := app.OpenedLink{What: s.what, Title: s.title(), Seconds: s.player.State().Duration, Opened: s.c.host.Now()}
	page.Do(s.c.host.Tasks, func(ctx context.Context) error { return s.c.backend.NoteOpened(ctx, l) }, nil)
}

// keepPoster keeps the picture at which a video is left. That of its end, or of
// something to hear, tells nothing.
func (s *session) keepPoster(state playback.State) {
	frame, _ := s.player.Frame()
	if frame == nil || !state.Shown || state.Ended || rules.Heard(state) {
		return
	}
	still := &image.RGBA{Pix: slices.Clone(frame.Pix), Stride: frame.Stride, Rect: frame.Rect}
	what := s.what
	s.c.later(func(ctx context.Context) error { return s.c.backend.NotePoster(ctx, what, still) })
}
