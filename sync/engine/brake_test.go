package engine_test

import (
	"fmt"
	"math/rand"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/sync/engine"
)

// letters fills a drive with texts that no brake counts as many.
func letters(d *dev, n int) {
	for i := range n {
		d.text(fmt.Sprintf("letters/l%03d.txt", i), strings.Repeat(fmt.Sprintf("Dear friend %d, ", i), 200))
	}
}

func scramble(d *dev, from, to int) {
	for i := from; i < to; i++ {
		d.write(fmt.Sprintf("letters/l%03d.txt", i), noise(int64(i), 3000+i))
	}
}

func TestScramblingStops(t *testing.T) {
	_, a, b := pair(t)
	letters(a, 200)
	round(t, a, b)
	scramble(a, 0, 12) // a few at a time, as they come
	a.sync()
	scramble(a, 12, 30)
	s := a.fails(engine.ErrBrake)
	if !strings.Contains(s, "30 files became unreadable") {
		t.Error(s)
	}
	stopped, ok := a.e.Stopped()
	if !ok || stopped.Danger != engine.Scrambled || stopped.Count != 30 || len(stopped.Paths) != 30 || stopped.Paths[3] != "letters/l003.txt" || stopped.Since.IsZero() {
		t.Errorf("%+v", stopped)
	}
	a.restart() // it does not give up by itself
	a.fails(engine.ErrBrake)
	a.cfg.Now = func() time.Time { return time.Now().Add(time.Hour) }
	a.restart()
	a.fails(engine.ErrBrake)
	b.sync()
	if !strings.HasPrefix(b.files()["letters/l020.txt"], "Dear friend") {
		t.Error("it was published")
	}
	a.e.Allow()
	round(t, a, b)
	same(t, a, b)
	if _, stopped := a.e.Stopped(); stopped {
		t.Error("still stopped")
	}
	scramble(a, 30, 40) // what was allowed does not count again
	a.sync()
}

func TestScramblingUnderOtherNamesStops(t *testing.T) {
	_, a, _ := pair(t)
	letters(a, 200)
	a.sync()
	for i := range 30 {
		a.remove(fmt.Sprintf("letters/l%03d.txt", i))
		a.write(fmt.Sprintf("letters/l%03d.txt.locked", i), noise(int64(i), 5000))
	}
	a.fails(engine.ErrBrake)
	for i := range 30 { // the files are brought back
		a.remove(fmt.Sprintf("letters/l%03d.txt.locked", i))
		a.text(fmt.Sprintf("letters/l%03d.txt", i), strings.Repeat(fmt.Sprintf("Dear friend %d, ", i), 200))
	}
	a.sync()
}

// everyday writes what looks like noise and may.
func everyday(d *dev, salt int) {
	for i := range 30 {
		d.write(fmt.Sprintf("photos/p%d.jpg", i), append([]byte("\xff\xd8"), noise(int64(i+salt), 4000)...))
	}
	for i := range 10 {
		d.write(fmt.Sprintf("vault/v%d.kdbx", i), noise(int64(i+salt), 4000))
	}
}

// What people do every day is no alarm.
func TestOrdinaryChangesGoThrough(t *testing.T) {
	_, a, b := pair(t)
	letters(a, 200)
	everyday(a, 0)
	round(t, a, b)
	everyday(a, 100)
	for i := range 10 {
		a.text(fmt.Sprintf("letters/l%03d.txt", i), "übrigens: "+strings.Repeat("grüße 你好 ", 40))
		a.remove(fmt.Sprintf("letters/l%03d.txt", 100+i))
	}
	for i := range 40 {
		a.write(fmt.Sprintf("new/n%d", i), noise(int64(i), 4000)) // new, in nobody's place
	}
	a.sync()
	// The photos are scrambled where they lie: what they begin with is gone.
	for i := range 30 {
		a.write(fmt.Sprintf("photos/p%d.jpg", i), noise(int64(i+200), 4000))
	}
	a.fails(engine.ErrBrake)
}

func TestMissingFolderSaysWhatIsMissing(t *testing.T) {
	_, a, _ := pair(t)
	many(a, 3)
	a.sync()
	if err := os.RemoveAll(a.root); err != nil {
		t.Fatal(err)
	}
	a.fails(engine.ErrBrake)
	if s, ok := a.e.Stopped(); !ok || s.Danger != engine.Missing {
		t.Errorf("%+v", s)
	}
}

func TestBrakeNamesWhatGoes(t *testing.T) {
	_, a, b := pair(t)
	many(a, 120)
	round(t, a, b)
	a.remove("many")
	a.fails(engine.ErrBrake)
	s, ok := a.e.Stopped()
	if !ok || s.Danger != engine.Deleted || s.Count != 120 || len(s.Paths) != 100 || !slices.IsSorted(s.Paths) || s.Paths[0] != "many/f000" {
		t.Errorf("%+v", s)
	}
	a.e.Allow()
	a.sync()
	b.fails(engine.ErrBrake)
	if s, ok = b.e.Stopped(); !ok || s.Danger != engine.Vanished || s.Paths[0] != "many/f000" {
		t.Errorf("%+v", s)
	}
}

// Whatever texts of whatever length are not noise, random bytes are.
func TestNoiseIsTold(t *testing.T) {
	_, a, _ := pair(t)
	rng := rand.New(rand.NewSource(1))
	letters(a, 60)
	a.sync()
	for i := range 40 {
		a.write(fmt.Sprintf("letters/l%03d.txt", i), noise(int64(i), 64+rng.Intn(900)))
	}
	a.fails(engine.ErrBrake)
	if s, _ := a.e.Stopped(); s.Danger != engine.Scrambled || s.Count < 38 {
		t.Errorf("%+v", s)
	}
}
