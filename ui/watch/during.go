package watch

import (
	"context"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/video/rules"
)

func (s *session) makeThumbnails() {
	if s.c.glimpse == nil || s.media.Preview == "" {
		return
	}
	thumbs, err := s.c.glimpse(s.media.Preview, func() { s.now().ThumbnailReady() })
	if err == nil { // without them the time stands alone
		s.thumbs = thumbs
		s.now().SetThumbnails(thumbs)
	}
}

// addSubtitles adds the files of subtitles that lie beside the video, once it
// is open: the player takes them no sooner.
func (s *session) addSubtitles() {
	media, player := s.media, s.player
	if media == nil || media.Subtitles == nil || player == nil {
		return
	}
	page.Run(s.tasks, media.Subtitles, func(found []app.Subtitles, err error) {
		if err != nil || s.media != media { // a video without them is still a video
			return
		}
		for _, f := range found {
			if err := player.AddSubtitles(f.URL, f.Title, f.Language, f.Choose); err != nil {
				s.c.host.Fail(err)
			}
		}
	})
}

// tick is what is done every second: how the bytes come, what went wrong at the
// source, and where the video stands.
func (s *session) tick() {
	if s.media == nil {
		return
	}
	s.sayProblem()
	s.now().StateChanged()
	if s.player != nil {
		if due, last := s.notes.see(s.player.State(), s.c.host.Now()); due {
			s.note(last)
		}
	}
}

// sayProblem shows what went wrong at the source, as long as the picture stands
// still: while it moves on, another way was found, and nobody needs to know.
func (s *session) sayProblem() {
	if s.media.Problem == nil {
		return
	}
	err, still := s.media.Problem(), true
	if s.player != nil {
		state := s.player.State()
		still = state.Problem != nil || !state.Ended && rules.WaitOf(state) != rules.Nothing
	}
	switch {
	case err != nil && still:
		s.blamed = true
		s.now().ShowProblem(err)
	case s.blamed && !still:
		s.blamed = false
		s.now().ShowProblem(nil)
	}
}

// note remembers where the video stands. The last word of a video goes to the
// other devices at once.
func (s *session) note(last bool) {
	at, length, ok := s.notes.place()
	if !ok {
		return
	}
	what := s.what
	s.c.later(func(ctx context.Context) error {
		return s.c.backend.NoteWatched(ctx, what, at, length, last)
	}) // whoever watches is not disturbed: the place is a convenience
}
