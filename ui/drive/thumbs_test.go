package drive

import (
	"context"
	"errors"
	"fmt"
	"image"
	"slices"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/page"
)

func picture(i int) app.Entry {
	return app.Entry{Name: fmt.Sprintf("%d.jpg", i), Path: fmt.Sprintf("%d.jpg", i), Size: 1}
}

// What is in sight when its turn comes is made, the newest wish first; what was
// scrolled away is not made at all.
func TestThumbnailsOfWhatIsInSight(t *testing.T) {
	var made []string
	var th *thumbs
	sight := map[int]bool{0: true, 2: true, 3: true}
	th = newThumbs(page.InlineTasks(t.Context()), func(_ context.Context, e app.Entry) (image.Image, error) {
		if e.Path == "0.jpg" { // meanwhile more come into sight
			for i := 1; i < 4; i++ {
				th.of(i, picture(i))
				th.of(i, picture(i)) // once is enough
			}
		}
		made = append(made, e.Path)
		if e.Path == "2.jpg" {
			return nil, errors.New("damaged")
		}
		return image.NewRGBA(image.Rect(0, 0, 4, 4)), nil
	}, func(i int, _ app.Entry) bool { return sight[i] }, func() {})
	if th.of(0, picture(0)) == nil {
		t.Error("it was made at once, and is not shown")
	}
	if !slices.Equal(made, []string{"0.jpg", "3.jpg", "2.jpg"}) {
		t.Errorf("made %v", made)
	}
	th.of(2, picture(2))
	if len(made) != 3 {
		t.Error("a damaged picture is tried again and again")
	}
	th.of(4, app.Entry{Name: "a.txt", Size: 1})
	th.of(5, app.Entry{Name: "a.jpg", Folder: true})
	if len(made) != 3 {
		t.Error("files without a picture were looked at")
	}
}

func TestWhatIsBeingMadeIsForsaken(t *testing.T) {
	sight, forsaken := map[int]bool{0: true, 1: true}, false
	var th *thumbs
	th = newThumbs(page.InlineTasks(t.Context()), func(ctx context.Context, e app.Entry) (image.Image, error) {
		if e.Path == "0.jpg" {
			sight[0] = false
			th.of(1, picture(1))
			forsaken = ctx.Err() != nil
			return nil, ctx.Err()
		}
		return image.NewRGBA(image.Rect(0, 0, 4, 4)), nil
	}, func(i int, _ app.Entry) bool { return sight[i] }, func() {})
	th.of(0, picture(0))
	if !forsaken {
		t.Error("a picture that nobody sees any more is made to its end")
	}
	if _, known := th.memory.get(thumbOf(picture(0))); known {
		t.Error("what was forsaken must be made again when it is seen again")
	}
	if th.of(1, picture(1)) == nil {
		t.Error("the next one was not made")
	}
}

func TestThumbnailsTakeLimitedMemory(t *testing.T) {
	s := newThumbStore(10_000)
	for i := range 10 {
		s.put(thumbOf(picture(i)), image.NewRGBA(image.Rect(0, 0, 20, 20)))
		s.get(thumbOf(picture(0))) // the first is looked at all the time
	}
	if s.used > s.limit {
		t.Errorf("%d bytes of %d", s.used, s.limit)
	}
	if _, known := s.get(thumbOf(picture(0))); !known {
		t.Error("what was shown last went first")
	}
	if _, known := s.get(thumbOf(picture(1))); known {
		t.Error("nothing went")
	}
	before := s.used
	s.put(thumbOf(picture(0)), nil)
	if s.used >= before {
		t.Error("what is replaced still counts")
	}
}
