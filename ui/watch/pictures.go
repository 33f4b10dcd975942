package watch

import (
	"context"
	"image"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/picture"
	"github.com/stratosdrive/stratosdrive/ui/page"
)

// tileSide is the longest side of the picture of a card in pixels, at twice the
// usual sharpness.
const tileSide = 480

// pictures finds the pictures of cards, one after the other, and keeps them.
type pictures struct {
	tasks   *page.Tasks
	backend Backend
	known   map[string]image.Image
}

func newPictures(tasks *page.Tasks, backend Backend) pictures {
	return pictures{tasks: tasks, backend: backend, known: map[string]image.Image{}}
}

// fill gives cards their pictures: those that are known at once.
func (p *pictures) fill(cards []*card) {
	var missing []*card
	for _, c := range cards {
		if found := p.known[c.tile.what]; found != nil {
			c.show(found)
		} else {
			missing = append(missing, c)
		}
	}
	if len(missing) == 0 {
		return
	}
	page.Do(p.tasks, func(ctx context.Context) error {
		for _, c := range missing {
			if err := ctx.Err(); err != nil {
				return err
			}
			if found := p.find(ctx, c.tile); found != nil {
				p.tasks.Back(func() {
					p.known[c.tile.what] = found
					c.show(found)
				})
			}
		}
		return nil
	}, nil)
}

// find reads one picture: where the video was left, else one of the file; nil
// where there is none.
func (p *pictures) find(ctx context.Context, t tile) image.Image {
	if raw, err := p.backend.Poster(ctx, t.what); err == nil && len(raw) > 0 {
		if found, err := picture.Decode(raw, tileSide); err == nil {
			return found
		}
	}
	if !app.HasThumbnail(t.entry.Name) {
		return nil
	}
	found, err := p.backend.Thumbnail(ctx, t.entry)
	if err != nil {
		return nil
	}
	return found
}
