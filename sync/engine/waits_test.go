package engine_test

import (
	"syscall"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/engine"
	"github.com/stratosdrive/stratosdrive/sync/repo"
	"github.com/stratosdrive/stratosdrive/sync/repo/memremote"
)

// Where there is no ozone, or no room, the sync says so and goes on by itself.
func TestRunWaitsForOzoneAndRoom(t *testing.T) {
	for want, cause := range map[engine.Activity]error{engine.OutOfOzone: repo.ErrNoOzone, engine.OutOfDisk: syscall.ENOSPC} {
		net, a, b := pair(t)
		a.text("x", "1")
		round(t, a, b)
		a.running()
		net.SetFault(func(c memremote.Call, _ bool) error {
			if c.Method == "Upload" {
				return cause
			}
			return nil
		})
		a.text("x", "2")
		eventually(t, want.String(), func() bool { return a.e.Activity() == want })
		net.SetFault(nil)
		eventually(t, "it goes on", func() bool { return a.e.Activity() == engine.UpToDate })
		b.sync()
		if b.files()["x"] != "2" {
			t.Error(want, keys(b.files()))
		}
	}
}
