package fake

import (
	"context"
	"image"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

// Poster is what Posters holds.
func (b *Backend) Poster(_ context.Context, what string) ([]byte, error) {
	return b.Posters[what], b.Err
}

// NotePoster notes it.
func (b *Backend) NotePoster(_ context.Context, what string, frame image.Image) error {
	b.note("poster of " + what + " " + frame.Bounds().Size().String())
	return b.Err
}

// OpenedLinks are those of Opened.
func (b *Backend) OpenedLinks(context.Context) ([]app.OpenedLink, error) { return b.Opened, b.Err }

// NoteOpened notes it.
func (b *Backend) NoteOpened(_ context.Context, l app.OpenedLink) error {
	b.note("opened " + l.What + " as " + l.Title)
	return b.Err
}

// ForgetOpened takes it out of Opened.
func (b *Backend) ForgetOpened(_ context.Context, what string) error {
	b.note("forget " + what)
	for i, l := range b.Opened {
		if l.What == what {
			b.Opened = append(b.Opened[:i:i], b.Opened[i+1:]...)
			break
		}
	}
	return b.Err
}
