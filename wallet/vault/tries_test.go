package vault

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// try opens path at a time.
func try(path, password string, now time.Time) error {
	return unlockedAt(path, []byte(password), func() time.Time { return now }, func(*file, []byte) error { return nil })
}

func TestWrongPasswordsSlowDown(t *testing.T) {
	path := create(t)
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	for range freeTries {
		wantError(t, try(path, "wrong", now), ErrPassword)
	}
	pause := firstWait
	for range 12 {
		wantError(t, try(path, "secret", now), ErrTooSoon) // not even the right one
		wantError(t, try(path, "secret", now.Add(pause-time.Nanosecond)), ErrTooSoon)
		if left := Wait(path, now); left != pause {
			t.Fatalf("wait %v, want %v", left, pause)
		}
		now = now.Add(pause)
		wantError(t, try(path, "wrong", now), ErrPassword)
		pause = min(2*pause, longest)
	}
	if err := try(path, "secret", now.Add(pause)); err != nil {
		t.Fatalf("after the wait: %v", err)
	}
	if Wait(path, now) != 0 {
		t.Error("the right password does not begin anew")
	}
	wantError(t, try(path, "wrong", now), ErrPassword)
}

// The count is kept in a file, before the password is tried, so neither a
// restart nor ending the program gives more tries.
func TestTriesAreCountedFirst(t *testing.T) {
	path := create(t)
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	for range freeTries {
		if err := beginTry(path, now); err != nil { // the program ends here
			t.Fatal(err)
		}
	}
	wantError(t, try(path, "secret", now), ErrTooSoon)
}

func TestClockSetBack(t *testing.T) {
	path := create(t)
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	for range freeTries {
		wantError(t, try(path, "wrong", now), ErrPassword)
	}
	before := now.Add(-365 * 24 * time.Hour)
	wantError(t, try(path, "secret", before), ErrTooSoon)
	if err := try(path, "secret", before.Add(firstWait)); err != nil {
		t.Errorf("locked out: %v", err)
	}
}

func TestDamagedCountIsTheLongestWait(t *testing.T) {
	path := create(t)
	for _, raw := range []string{"", "{", `{"version":2}`, `{"version":1,"count":-5}`} {
		if err := os.WriteFile(triesPath(path), []byte(raw), 0o600); err != nil {
			t.Fatal(err)
		}
		if left := Wait(path, time.Now()); left != longest {
			t.Errorf("%q: wait %v", raw, left)
		}
		now := time.Now()
		wantError(t, try(path, "secret", now), ErrTooSoon)
		wantError(t, try(path, "secret", now.Add(longest-time.Second)), ErrTooSoon)
		if err := try(path, "secret", now.Add(longest)); err != nil {
			t.Errorf("%q: locked out for ever: %v", raw, err)
		}
	}
}

func TestWaitSentence(t *testing.T) {
	for left, want := range map[time.Duration]string{
		time.Millisecond: "1 second", 1500 * time.Millisecond: "2 seconds", 15 * time.Minute: "15 minutes", 121 * time.Second: "3 minutes",
	} {
		if got := waitText(left); got != want {
			t.Errorf("%v: %s", left, got)
		}
	}
	path := create(t)
	now := time.Now()
	for range freeTries + 1 {
		if err := try(path, "wrong", now); errors.Is(err, ErrTooSoon) && !strings.Contains(fault.Sentence(err), "wait 1 second") {
			t.Error(err)
		}
	}
}
