package app

import (
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// canReturn tells in words what the chain would refuse: more returns from one
// validator than it keeps.
func (m staker) canReturn(v Validator) error {
	count, first := 0, time.Time{}
	for _, u := range m.staking.Returns {
		if u.Validator == v.Address {
			count++
			first = sooner(first, u.Done)
		}
	}
	if count < m.staking.maxEntries || count == 0 {
		return nil
	}
	return fault.Wrong(nil, "%d parts are on their way back from %s already, and the network keeps no more at a time. The next one can be taken back after %s. Nothing was sent.",
		count, v.Name, day(first))
}

// canMove tells in words what the chain would refuse: moving on from where a
// stake was moved to lately, and more moves between two validators than it
// keeps.
func (m staker) canMove(from, to Validator) error {
	count, first := 0, time.Time{}
	for _, moved := range m.staking.Moves {
		if moved.To == from.Address && moved.Done.After(time.Now()) {
			return fault.Wrong(nil, "%s were moved to %s lately. Until %s nothing can be moved on from there; taking it back works. Nothing was sent.",
				stos(moved.Amount), from.Name, day(moved.Done))
		}
		if moved.From == from.Address && moved.To == to.Address {
			count++
			first = sooner(first, moved.Done)
		}
	}
	if count < m.staking.maxEntries || count == 0 {
		return nil
	}
	return fault.Wrong(nil, "%d moves from %s to %s are not over yet, and the network keeps no more at a time. The next one works after %s. Nothing was sent.",
		count, from.Name, to.Name, day(first))
}

// sooner is the earlier of two times; the zero time stands for none.
func sooner(a, b time.Time) time.Time {
	if a.IsZero() || b.Before(a) {
		return b
	}
	return a
}

// day is a time as people read it in a sentence.
func day(t time.Time) fault.Date { return fault.Date(t) }
