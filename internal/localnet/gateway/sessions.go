package gateway

import (
	"sync"
	"time"

	"github.com/google/uuid"
)

// sessions keeps values under ids and forgets those that nobody used for as
// long as life says.
type sessions[T any] struct {
	clock Clock
	life  time.Duration

	mu   sync.Mutex
	open map[string]*session[T]
}

type session[T any] struct {
	value T
	used  time.Time
}

func newSessions[T any](clock Clock, life time.Duration) *sessions[T] {
	return &sessions[T]{clock: clock, life: life, open: map[string]*session[T]{}}
}

// add keeps value and returns its new, random id.
func (s *sessions[T]) add(value T) string {
	id := uuid.NewString()
	s.put(id, value)
	return id
}

// put keeps value under an id.
func (s *sessions[T]) put(id string, value T) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open[id] = &session[T]{value, s.clock.Now()}
}

// find returns the value of an id and notes that it was used.
func (s *sessions[T]) find(id string) (value T, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, now := s.open[id], s.clock.Now()
	if e == nil || now.Sub(e.used) > s.life {
		return value, false
	}
	e.used = now
	return e.value, true
}

func (s *sessions[T]) remove(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, id)
}

// count is how many are open.
func (s *sessions[T]) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.open)
}

// sweep frees what was forgotten.
func (s *sessions[T]) sweep() {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock.Now()
	for id, e := range s.open {
		if now.Sub(e.used) > s.life {
			delete(s.open, id)
		}
	}
}
