package engine_test

import (
	"fmt"
	"maps"
	"math/rand"
	"os"
	"testing"
	"time"
)

// Changes anywhere are noticed by looking where the system says they are,
// folders that are moved about with all in them included.
func TestRunFollowsWhatChanges(t *testing.T) {
	_, a, b := pair(t)
	a.text("a/a/x", "1")
	a.text("b/b/y", "2")
	round(t, a, b)
	a.cfg.Rescan = time.Hour // else it would be noticed in any case
	a.running()
	a.text("begun", "1")
	eventually(t, "it runs", func() bool {
		b.sync()
		return b.files()["begun"] == a.files()["begun"]
	})
	seed := int64(1)
	if os.Getenv("STOS_NIGHTLY") != "" {
		seed = time.Now().UnixNano()
	}
	rng := rand.New(rand.NewSource(seed))
	for round := range 6 {
		for i := range 12 {
			anyEdit(a, rng, fmt.Sprint(round, " ", i))
		}
		eventually(t, fmt.Sprintf("round %d arrives (seed %d)", round, seed), func() bool {
			b.sync()
			return maps.Equal(a.files(), b.files())
		})
	}
}

// anyEdit does something to a folder, if it can be done.
func anyEdit(d *dev, rng *rand.Rand, content string) {
	name := func() string {
		p := string(rune('a' + rng.Intn(3)))
		for range rng.Intn(3) {
			p += "/" + string(rune('a'+rng.Intn(2)))
		}
		return d.path(p)
	}
	from, to := name(), name()
	switch rng.Intn(6) {
	case 0, 1:
		_ = os.MkdirAll(from, 0o755)
		_ = os.WriteFile(from+"/note", []byte(content), 0o644)
	case 2:
		_ = os.WriteFile(from+"/note", []byte(content), 0o644)
	case 3, 4:
		_ = os.Rename(from, to)
	case 5:
		_ = os.RemoveAll(from)
	}
}
