package watch

import (
	"context"
	"errors"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

// finish ends the session. Closing waits for the player, so it is done
// elsewhere.
func (s *session) finish() {
	s.stopNoting()
	s.over = true
	s.leave()
	s.now().SetThumbnails(nil)
	s.now().SetPlayer(nil)
	player, media, thumbs := s.player, s.media, s.thumbs
	s.player, s.media, s.thumbs = nil, nil, nil
	s.closeLater(player, media, thumbs)
}

// stopNoting says the last word about the video that plays.
func (s *session) stopNoting() {
	if s.player != nil && s.media != nil {
		state := s.player.State()
		s.c.volume, s.c.muted = state.Volume, state.Muted
		s.notes.see(state, s.c.host.Now())
		s.note(true)
		s.keepPoster(state)
		s.notes = notes{}
	}
}

func (s *session) closeLater(player Player, media *app.Media, thumbs Thumbnails) {
	if player == nil && media == nil && thumbs == nil {
		return
	}
	s.c.later(func(context.Context) error { return closeAll(player, media, thumbs) })
}

// closeAll closes what reads before what is read.
func closeAll(player Player, media *app.Media, thumbs Thumbnails) (err error) {
	if player != nil {
		err = player.Close()
	}
	if thumbs != nil {
		err = errors.Join(err, thumbs.Close())
	}
	if media != nil {
		err = errors.Join(err, media.Close())
	}
	return err
}
