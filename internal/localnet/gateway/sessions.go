package gateway

import (
	"sync"
	"time"

	"github.com/google/uuid"
)

// sessions keeps values under random ids. The zero value is ready.
type sessions[T any] struct {
	mu   sync.Mutex
	open map[string]*session[T]
}

type session[T any] struct {
	value T
	used  time.Time
}

// add keeps value and returns its id.
func (s *sessions[T]) add(value T) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open == nil {
		s.open = map[string]*session[T]{}
	}
	id := uuid.NewString()
	s.open[id] = &session[T]{value, time.Now()}
	return id
}

// find returns the value of an id and notes that it was used.
func (s *sessions[T]) find(id string) (T, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, ok := s.open[id]
	if !ok {
		var none T
		return none, false
	}
	e.used = time.Now()
	return e.value, true
}

func (s *sessions[T]) remove(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, id)
}

func (s *sessions[T]) expire(after time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, e := range s.open {
		if time.Since(e.used) > after {
			delete(s.open, id)
		}
	}
}
