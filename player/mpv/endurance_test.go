package mpv

import (
	"math"
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/playback"
)

// often is a number of rounds: few in every run of the tests, many at night.
func often(few, many int) int {
	if os.Getenv("STOS_NIGHTLY") != "" {
		return many
	}
	return few
}

// TestManySeeks jumps to random places of a playing and of a paused video; after
// each jump the new picture is there, and nothing is left behind.
func TestManySeeks(t *testing.T) {
	seed := rand.Uint64()
	if s, err := strconv.ParseUint(os.Getenv("STOS_SEED"), 10, 64); err == nil {
		seed = s
	}
	random := rand.New(rand.NewPCG(seed, 1))
	w := open(t, Options{Pictures: true})
	w.load(testClips.video)
	w.until("the beginning", func() bool { return w.State().Shown })
	var before held
	rounds := often(50, 1000)
	for i := range rounds {
		if i == rounds/5 {
			before = hold()
		}
		paused := random.IntN(2) == 0
		w.Pause(paused)
		w.jump(random.Float64()*3.5, paused)
		if t.Failed() {
			t.Fatalf("jump %d with STOS_SEED=%d", i, seed)
		}
	}
	before.leftBehind(t, rounds)
}

// jump jumps and waits for the picture of that place.
func (w *probe) jump(to float64, paused bool) {
	w.t.Helper()
	restarts, pictures := w.count(Restarted), w.pictures.fresh.Load()
	w.Seek(to)
	w.until("a jump", func() bool {
		s := w.State()
		return w.count(Restarted) > restarts && w.pictures.fresh.Load() > pictures && s.Position > to-0.1 && s.Paused == paused
	})
	if at := w.State().Position; paused && math.Abs(at-to) > 0.1 {
		w.t.Errorf("at %.2f s after a jump to %.2f", at, to)
	}
}

// TestManyPlayers opens and closes players while they play, jump, and draw.
func TestManyPlayers(t *testing.T) {
	live := func(t *testing.T, i int) {
		w := open(t, Options{Pictures: true})
		w.load([]string{testClips.video, testClips.wide}[i%2])
		w.until("pictures", func() bool { return w.drawn() > i%5 && w.State().Open })
		w.Seek(float64(i%4) / 2)
		if i%2 == 0 {
			w.Choose(playback.Sound, 0)
			w.SetSize(100+i, 100)
		}
		_ = w.Close()
	}
	one := func(i int) { t.Run("", func(t *testing.T) { live(t, i) }) }
	one(0) // what the first one loads stays
	before := hold()
	rounds := often(5, 50)
	for i := range rounds {
		one(i)
	}
	before.leftBehind(t, rounds)
}

// held is what the process holds.
type held struct{ routines, threads, files, megabytes int }

func hold() held {
	runtime.GC()
	h := held{routines: runtime.NumGoroutine()}
	h.threads, h.files = entries("/proc/self/task"), entries("/proc/self/fd")
	if stat, err := os.ReadFile("/proc/self/statm"); err == nil {
		if fields := strings.Fields(string(stat)); len(fields) > 1 {
			pages, _ := strconv.Atoi(fields[1])
			h.megabytes = pages * os.Getpagesize() >> 20
		}
	}
	return h
}

// entries counts what lies in a folder; 0 on systems that have no such folder.
func entries(folder string) int {
	found, _ := os.ReadDir(folder)
	return len(found)
}

// leftBehind compares with what was held before some rounds. Something that
// every round leaves shows. What comes and goes by itself has some room: the
// threads of the language, and what C keeps of memory that was given back,
// which was 70 MB after 50 players and 90 MB after 400.
func (h held) leftBehind(t *testing.T, rounds int) {
	t.Helper()
	now := hold()
	t.Logf("%d rounds: %+v, before %+v", rounds, now, h)
	if now.routines > h.routines+2 || now.threads > h.threads+3+rounds/10 || now.files > h.files+2 || now.megabytes > h.megabytes+100 {
		t.Errorf("%d rounds left something behind: %+v, before %+v", rounds, now, h)
	}
}
