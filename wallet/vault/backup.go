package vault

import (
	"bytes"
	"crypto/rand"
	"crypto/subtle"
	"math/big"
	"slices"
	"sync"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// quiz are the words that were asked for last.
type quiz struct {
	mu        sync.Mutex
	positions []int
}

// AskBackup chooses which words the user is to type to show that they are
// written down: count different positions from 1, in order. Only the answer to
// the last question counts.
func (s *Session) AskBackup(count int) ([]int, error) {
	d, err := s.Details()
	if err != nil {
		return nil, err
	}
	if !d.HasWords {
		return nil, fault.Wrong(nil, "This wallet has no words; keep its private key or its key file instead.")
	}
	var positions []int
	for len(positions) < min(max(count, 1), d.Words) {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(d.Words)))
		if err != nil {
			return nil, err
		}
		if p := int(n.Int64()) + 1; !slices.Contains(positions, p) {
			positions = append(positions, p)
		}
	}
	slices.Sort(positions)
	s.quiz.mu.Lock()
	s.quiz.positions = positions
	s.quiz.mu.Unlock()
	return slices.Clone(positions), nil
}

// AnswerBackup compares answers, one for each position of [Session.AskBackup],
// in any letter case, and returns the positions that are wrong. When all are
// right, the vault remembers now as the time of the backup.
func (s *Session) AnswerBackup(answers [][]byte, now time.Time) (wrong []int, err error) {
	s.quiz.mu.Lock()
	positions := s.quiz.positions
	s.quiz.mu.Unlock()
	if len(positions) == 0 || len(answers) != len(positions) {
		return nil, fault.Wrong(nil, "Please fill in every word that is asked for.")
	}
	err = s.read(func(_ *file, _ []byte, c *Content) error {
		words := bytes.Fields(c.Words)
		for i, p := range positions {
			typed := bytes.ToLower(bytes.TrimSpace(answers[i]))
			if p > len(words) || subtle.ConstantTimeCompare(typed, words[p-1]) != 1 {
				wrong = append(wrong, p)
			}
			clear(typed)
		}
		return nil
	})
	if err != nil || len(wrong) > 0 {
		return wrong, err
	}
	return nil, s.change(func(c *Content) error {
		c.BackedUp = now.UTC().Truncate(time.Second)
		return nil
	})
}
