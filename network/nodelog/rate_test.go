package nodelog

import (
	"fmt"
	"math/big"
	"testing"
)

// compared is a log of epochs that earned some noz for some bytes.
func compared(pairs ...[2]int64) *Log {
	l := New()
	for i, p := range pairs {
		l.Put(Epoch{Number: int64(i + 1), Whole: true, Traffic: p[1], Shared: p[1], Volume: fmt.Sprint(p[0])})
	}
	return l
}

// What a byte counts is the sum of noz by the sum of bytes of the epochs before,
// never of the epoch that is judged by it.
func TestNozPerByteIsMeasured(t *testing.T) {
	l := compared([2]int64{30, 10}, [2]int64{50, 20}, [2]int64{10, 10}, [2]int64{9999, 1})
	if got := l.NozPerByte(4); got == nil || got.Cmp(big.NewRat(90, 40)) != 0 {
		t.Errorf("before the fourth: %v", got)
	}
	if got := l.NozPerByte(3); got != nil {
		t.Errorf("two epochs tell %v", got)
	}
	if got := l.NozPerByte(5); got.Cmp(big.NewRat(10089, 41)) != 0 {
		t.Errorf("before the fifth: %v", got)
	}
}

// Epochs that cannot be compared tell nothing: a node was not heard, there was
// no traffic, or the report is not known.
func TestOnlyWholeEpochsAreCompared(t *testing.T) {
	for name, spoil := range map[string]func(*Epoch){
		"not heard":     func(e *Epoch) { e.Whole = false },
		"no traffic":    func(e *Epoch) { e.Shared = 0 },
		"no volume":     func(e *Epoch) { e.Volume = "" },
		"broken volume": func(e *Epoch) { e.Volume = "many" },
	} {
		l := compared([2]int64{2, 1}, [2]int64{2, 1}, [2]int64{2, 1})
		if got := l.NozPerByte(4); got == nil || got.Cmp(big.NewRat(2, 1)) != 0 {
			t.Fatalf("three epochs: %v", got)
		}
		spoil(&l.Epochs[1])
		if got := l.NozPerByte(4); got != nil {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// A network that changes what it pays is followed: only the last epochs count.
func TestOldEpochsAreForgotten(t *testing.T) {
	var pairs [][2]int64
	for range mostMeasured {
		pairs = append(pairs, [2]int64{7, 1})
	}
	for range mostMeasured {
		pairs = append(pairs, [2]int64{3, 1})
	}
	if got := compared(pairs...).NozPerByte(1000); got.Cmp(big.NewRat(3, 1)) != 0 {
		t.Errorf("the last epochs tell %v", got)
	}
}

func TestStand(t *testing.T) {
	if got := Stand(7, big.NewRat(3, 2)); got.Int64() != 10 {
		t.Errorf("7 bytes at 1.5 are %v noz", got)
	}
	if got := Stand(1<<62, big.NewRat(4, 1)); got.Cmp(new(big.Int).Lsh(big.NewInt(1), 64)) != 0 {
		t.Errorf("beyond 64 bits: %v", got)
	}
}

// What was known of an epoch stays when its samples are forgotten.
func TestPutKeepsWhatWasExpected(t *testing.T) {
	l := New()
	l.Put(Epoch{Number: 5, Whole: true, Traffic: 4, Shared: 9, Noz: "8", Basis: Measured, Expected: "3", Due: "1"})
	l.Put(Epoch{Number: 5, Volume: "18", Due: "2", Real: "2"})
	if e, _ := l.Epoch(5); e.Traffic != 4 || e.Shared != 9 || e.Noz != "8" || e.Basis != Measured || e.Expected != "3" || e.Due != "2" || e.Real != "2" {
		t.Errorf("%+v", e)
	}
}
