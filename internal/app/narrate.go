package app

import (
	"fmt"

	"github.com/dustin/go-humanize"
)

// narrate turns the event stream into lines for a terminal, until the returned
// function is called.
func (a *App) narrate(say func(string)) (stop func()) {
	if say == nil {
		return func() {}
	}
	events, cancel := a.Subscribe()
	done := make(chan struct{})
	go func() {
		defer close(done)
		last := ""
		for e := range events {
			line := a.line(e)
			if line != "" && line != last {
				last = line
				say(line)
			}
		}
	}()
	return func() { cancel(); <-done }
}

func (a *App) line(e Event) string {
	switch e.Kind {
	case ProblemArose:
		if e.Path != "" {
			return e.Path + ": " + e.Text
		}
		return e.Text
	case StatusChanged:
		s := a.Status()
		if s.BytesTotal < 1<<20 { // too quick to tell
			return string(s.Phase)
		}
		tenths := s.BytesDone * 10 / s.BytesTotal
		return fmt.Sprintf("%s: %d %% of %s", s.Phase, tenths*10, humanize.Bytes(uint64(s.BytesTotal)))
	}
	return ""
}
