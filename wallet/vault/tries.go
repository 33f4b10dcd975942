package vault

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/gofrs/flock"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// Wrong passwords slow down: the first few are free, then each one makes the
// next wait twice as long. They are counted in a file beside the vault, so
// that a restart changes nothing, and counted before the password is tried,
// so that ending the program does not help either. This stops people at the
// keyboard; who can copy the file is stopped by the cost of the password.
const (
	freeTries = 4
	firstWait = time.Second
	longest   = 15 * time.Minute
)

// tries is the file beside a vault.
type tries struct {
	Version int       `json:"version"` // 1
	Count   int       `json:"count"`   // since the last right password
	Last    time.Time `json:"last"`
}

func triesPath(path string) string { return path + ".tries" }

// wait is how long after now the next password may be tried.
func (t tries) wait(now time.Time) time.Duration {
	if t.Count < freeTries {
		return 0
	}
	pause := min(firstWait<<min(t.Count-freeTries, 20), longest)
	return min(max(pause-now.Sub(t.Last), 0), pause)
}

// Wait returns how long the vault at path refuses passwords after now.
func Wait(path string, now time.Time) time.Duration {
	t, _ := readTries(path, now)
	return t.wait(now)
}

// readTries reads the count; no file is no try, a damaged one is as many as
// bring the longest wait, and is no more kept than a time to come.
func readTries(path string, now time.Time) (t tries, kept bool) {
	raw, err := os.ReadFile(triesPath(path))
	if errors.Is(err, fs.ErrNotExist) {
		return tries{}, true
	}
	if err != nil || json.Unmarshal(raw, &t) != nil || t.Version != 1 || t.Count < 0 {
		return tries{Count: freeTries + 20, Last: now}, false
	}
	return t, true
}

// beginTry counts a try, or refuses it with [ErrTooSoon].
func beginTry(path string, now time.Time) error {
	lock := flock.New(triesPath(path) + ".lock")
	if err := lock.Lock(); err != nil {
		return unwritable(err)
	}
	defer lock.Unlock()
	t, kept := readTries(path, now)
	if !kept || t.Last.After(now) { // damaged, or the clock was set back: wait the pause once, not for ever
		t.Last = now
		if err := t.write(path); err != nil {
			return unwritable(err)
		}
	}
	if left := t.wait(now); left > 0 {
		return fault.Say(ErrTooSoon, "There were too many wrong passwords. Please wait %s, then try again.", waitText(left))
	}
	if err := (tries{Count: t.Count + 1, Last: now}).write(path); err != nil {
		return unwritable(err)
	}
	return nil
}

func unwritable(err error) error {
	return fault.Say(err, "The wallet could not be unlocked, because its folder cannot be written. Please check the disk.")
}

func (t tries) write(path string) error {
	t.Version = 1
	raw, err := json.Marshal(t)
	if err != nil {
		return fmt.Errorf("count tries: %w", err)
	}
	return writeFile(triesPath(path), raw)
}

// waitText rounds up, so that waiting as long as it says is enough.
func waitText(left time.Duration) string {
	seconds := int((left + time.Second - 1) / time.Second)
	if seconds == 1 {
		return "1 second"
	}
	if seconds < 120 {
		return fmt.Sprintf("%d seconds", seconds)
	}
	return fmt.Sprintf("%d minutes", (seconds+59)/60)
}

// forgetTries begins anew after a right password.
func forgetTries(path string) {
	_ = os.Remove(triesPath(path))
}
