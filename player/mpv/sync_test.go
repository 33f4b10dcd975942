package mpv

import (
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/testvideo"
)

// TestPicturesComeWithTheirSound plays a video whose pictures show their
// numbers, and compares each, when it is handed to the painter, with what is
// heard then. A busy machine is late with some pictures, a player that keeps
// no time with all: so the better half of them counts.
func TestPicturesComeWithTheirSound(t *testing.T) {
	path := filepath.Join(t.TempDir(), "counted.mp4")
	o := testvideo.Options{Seconds: 2, Width: 192, Height: 32}
	o.Counted = true
	if err := testvideo.Make(t.Context(), path, o); err != nil {
		t.Fatal(err)
	}
	var behind, wrong []float64 // in seconds: after the sound; from what State says of it
	w := open(t, Options{Pictures: true})
	w.taken = func() {
		picture, _ := w.Frame()
		heard, err := strconv.ParseFloat(w.property("audio-pts"), 64)
		if s := w.State(); err == nil && s.Shown && !s.Ended {
			after := heard - float64(testvideo.Number(picture))/30
			behind, wrong = append(behind, math.Abs(after)), append(wrong, math.Abs(after-s.Offset))
		}
	}
	w.load(path)
	w.until("the end", func() bool { return w.count(Ended) == 1 })
	_ = w.Close() // ends the goroutine that hands pictures over
	if len(behind) < 10 {
		t.Fatalf("only %d pictures were handed over", len(behind))
	}
	slices.Sort(behind)
	slices.Sort(wrong)
	const most = 0.05 // seconds
	if half := len(behind) / 2; behind[half] > most || wrong[half] > most {
		t.Errorf("half of %d pictures are over %.3f s away from their sound, and %.3f s from what is said of it", len(behind), behind[half], wrong[half])
	}
}
