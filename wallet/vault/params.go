package vault

import (
	"errors"
	"runtime"
	"time"

	"golang.org/x/crypto/argon2"
)

// Params says what one guess at a password costs: Argon2id's memory, its
// number of passes and its threads.
type Params struct {
	MemoryKiB uint32
	Time      uint32 // passes over the memory
	Threads   uint8
}

// The cost that [DefaultParams] never goes below, the second choice of RFC 9106.
const (
	minMemoryKiB = 64 * 1024
	minTime      = 3
)

// The most that a file may ask for, so that a damaged or hostile one cannot
// bring down the machine.
const (
	maxMemoryKiB = 2 * 1024 * 1024
	maxTime      = 64
	maxThreads   = 64
)

// Bounds of the time that one unlock should take.
const (
	atLeast = 500 * time.Millisecond
	atMost  = time.Second
)

var errParams = errors.New("password cost out of range")

// valid tells whether a file may ask for p.
func (p Params) valid() bool {
	return p.Time >= 1 && p.Time <= maxTime &&
		p.Threads >= 1 && p.Threads <= maxThreads &&
		p.MemoryKiB >= 8*uint32(p.Threads) && p.MemoryKiB <= maxMemoryKiB
}

// key derives the 32-byte key of password.
func (p Params) key(password, salt []byte) []byte {
	return argon2.IDKey(password, salt, p.Time, p.MemoryKiB, p.Threads, keySize)
}

// DefaultParams measures this machine, for about a second, and returns the cost
// for a new vault: 256 MiB and as many passes as make one unlock take 0.5 to
// 1 s; less memory on a machine that is too slow for it, but never under
// 64 MiB and 3 passes.
func DefaultParams() Params {
	return calibrate(uint8(min(runtime.NumCPU(), 4)), func(p Params) time.Duration {
		start := time.Now()
		p.key([]byte("calibration"), make([]byte, saltSize))
		return time.Since(start)
	})
}

func calibrate(threads uint8, measure func(Params) time.Duration) Params {
	p := Params{MemoryKiB: 256 * 1024, Time: minTime, Threads: threads}
	took := max(measure(p), time.Millisecond)
	for took > atMost && p.MemoryKiB > minMemoryKiB {
		p.MemoryKiB /= 2
		took /= 2
	}
	if took < atLeast {
		passes := (time.Duration(p.Time)*atLeast + took - 1) / took
		p.Time = uint32(min(passes, maxTime))
	}
	return p
}
