package testworld

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/testnet"
)

// TestWorld is the proof of creator rewards: in a world of real wallets, real
// files and a real network, each number that the chain paid is what the
// arithmetic says, to the wei, and no way of cheating brought more than it
// cost. STOS_SEED replays what people did.
func TestWorld(t *testing.T) {
	seed := rand.Uint64()
	if text := os.Getenv("STOS_SEED"); text != "" {
		var err error
		if seed, err = strconv.ParseUint(text, 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	epochs := 50
	if os.Getenv("STOS_NIGHTLY") != "" {
		epochs = 400
	}
	p := testnet.StartIn(t, t.TempDir(), Flags...)
	r, err := Run(t.Context(), Options{
		Network: p.Network, Dir: p.Dir, Temp: t.TempDir(), Seed: seed, Epochs: epochs, Log: t.Output(),
	})
	if err != nil {
		raw, _ := os.ReadFile(filepath.Join(p.Dir, "network.log"))
		t.Fatalf("%v\nThe network says:\n%s", err, raw[max(0, len(raw)-4000):])
	}
	for _, fault := range r.Faults {
		t.Error(fault)
	}
	t.Logf("seed %d: %d epochs, %d views, %d numbers compared, differences %s, %v an epoch, of which %v until it was paid for",
		seed, r.Closed, r.Views, r.Numbers(), r.Off, r.PerEpoch, r.Closing)
	if r.Closed != epochs || r.Off.Sign() != 0 || r.Numbers() < 40*epochs {
		t.Errorf("the world is not proved")
	}
}
