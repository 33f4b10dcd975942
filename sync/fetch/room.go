package fetch

import (
	"slices"
	"sync"
)

// Room is a limit that several stores keep together: what was used longest ago
// goes first, whichever store it lies in. It is safe for several goroutines.
type Room struct {
	mu     sync.Mutex
	limit  int64
	stores []*Store
}

// NewRoom returns room for limit bytes.
func NewRoom(limit int64) *Room { return &Room{limit: limit} }

// SetLimit changes the limit and removes what has no room any more.
func (r *Room) SetLimit(limit int64) {
	r.mu.Lock()
	r.limit = limit
	r.mu.Unlock()
	r.trim()
}

// Used is how many bytes the stores hold.
func (r *Room) Used() (total int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, s := range r.stores {
		total += s.bytes()
	}
	return total
}

func (r *Room) join(s *Store) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stores = append(r.stores, s)
}

func (r *Room) leave(s *Store) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stores = slices.DeleteFunc(r.stores, func(other *Store) bool { return other == s })
}

// trim removes files that nobody reads until all fit.
func (r *Room) trim() {
	r.mu.Lock()
	defer r.mu.Unlock()
	total := int64(0)
	for _, s := range r.stores {
		total += s.bytes()
	}
	for total > r.limit {
		freed := r.oldest()
		if freed == 0 {
			return
		}
		total -= freed
	}
}

// giveWay removes the file that nobody has used for the longest time. It is
// false if there is none.
func (r *Room) giveWay() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.oldest() > 0
}

// oldest removes the file that nobody has used for the longest time and returns
// its size, 0 if there is none.
func (r *Room) oldest() int64 {
	var from *Store
	var name string
	for _, s := range r.stores {
		n, used := s.idle()
		if n == "" {
			continue
		}
		if from != nil {
			if _, other := from.idle(); !used.Before(other) {
				continue
			}
		}
		from, name = s, n
	}
	if from == nil {
		return 0
	}
	return from.evict(name)
}
