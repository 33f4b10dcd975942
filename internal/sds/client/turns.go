package client

import (
	"context"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Where a node ends an upload whose number was used up, a collision with
// another device of the account costs the whole file. Devices cannot talk to
// each other, but they see each other: the number moves further than by their
// own calls. From then on each makes its billed calls in turns of its own, by
// the clock of the wall, and chooses another turn after each collision. So
// they keep out of each other's way without knowing of each other.
const (
	turnLength = 600 * time.Millisecond // covers reading the number and using it
	turnBegin  = 200 * time.Millisecond // of it, a call may begin
	turnCount  = 4
	// turnMemory is how long another device counts as active.
	turnMemory = 2 * time.Minute
)

// turns notices other devices and keeps apart from them.
type turns struct {
	mu     sync.Mutex
	number string // the last that was seen
	own    int    // billed calls of this client that may have moved it since
	flying int    // of these, without an answer
	others time.Time
	turn   int64
}

func newTurns() *turns { return &turns{turn: rand.Int64N(turnCount)} }

// begin notes a billed call of this client, until end.
func (t *turns) begin() (end func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.own++
	t.flying++
	return func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.flying--
	}
}

// saw notes the account's number.
func (t *turns) saw(number string, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if steps, ok := stepsBetween(t.number, number); ok && steps > uint64(t.own) {
		t.others = now
	}
	t.number, t.own = number, t.flying
}

// collided notes that a number was used up by another device.
func (t *turns) collided(now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.others, t.turn = now, rand.Int64N(turnCount)
}

// wait waits for this client's turn while other devices are active.
func (t *turns) wait(ctx context.Context, clock Clock) error {
	now := clock.Now()
	t.mu.Lock()
	active, turn := !t.others.IsZero() && now.Sub(t.others) < turnMemory, t.turn
	t.mu.Unlock()
	if !active {
		return nil
	}
	if d := untilTurn(now, turn); d > 0 {
		return clock.Sleep(ctx, d)
	}
	return nil
}

// untilTurn returns how long it is until a call may begin in turn.
func untilTurn(now time.Time, turn int64) time.Duration {
	const round = turnCount * turnLength
	at := time.Duration(now.UnixNano()) % round
	d := time.Duration(turn)*turnLength - at
	if -d >= 0 && -d < turnBegin {
		return 0
	}
	return (d + round) % round
}

// stepsBetween returns how far a number has moved. Numbers that do not end in
// digits, or went back, cannot be compared.
func stepsBetween(before, after string) (uint64, bool) {
	const digits = "0123456789"
	x, y := strings.TrimRight(before, digits), strings.TrimRight(after, digits)
	n, err := strconv.ParseUint(before[len(x):], 10, 64)
	m, merr := strconv.ParseUint(after[len(y):], 10, 64)
	return m - n, err == nil && merr == nil && x == y && m >= n
}
