package engine

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/sync/repo"
)

// What took too long is said in a sentence.
func TestStaleIsSaidPlainly(t *testing.T) {
	if err := explain(fmt.Errorf("publish: %w", repo.ErrStale)); !fault.Explained(err) || !errors.Is(err, repo.ErrStale) {
		t.Error(err)
	}
}

// One transfer that fails cancels the others; what is shown is why it failed.
func TestActivityIsTheCause(t *testing.T) {
	for want, cause := range map[Activity]error{
		Offline: repo.ErrOffline, OutOfOzone: repo.ErrNoOzone, Stopped: ErrBrake, UpToDate: nil,
	} {
		err := cause
		if cause != nil {
			err = errors.Join(context.Canceled, cause)
		}
		if got := activityAfter(err); got != want {
			t.Errorf("after %v it is %v", err, got)
		}
	}
}
