package control

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// problem is how an error travels.
type problem struct {
	Sentence string `json:"sentence"`
	Kind     int    `json:"kind"` // of package fault
}

// added is the body of the request for one more node.
type added struct {
	Capacity int64 `json:"capacity"`
	Tier     int   `json:"tier"`
}

// checkLine is one line of the answer to a check: how far it is, and at last
// the report or what went wrong.
type checkLine struct {
	Done   int64    `json:"done,omitempty"`
	Total  int64    `json:"total,omitempty"`
	Report *Report  `json:"report,omitempty"`
	Error  *problem `json:"error,omitempty"`
}

// checked is the body of the request for a check.
type checked struct {
	Repair bool `json:"repair"`
}

const maxBody = 1 << 16 // bytes of a request

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /nodes", func(w http.ResponseWriter, r *http.Request) {
		list, err := s.fleet.Nodes(r.Context())
		s.answer(w, list, err)
	})
	mux.HandleFunc("POST /nodes", s.add)
	for action, do := range map[string]func(context.Context, string) error{
		"drain": s.fleet.Drain, "remove": s.fleet.Remove, "stop": s.fleet.Stop, "start": s.fleet.Start,
	} {
		mux.HandleFunc("POST /nodes/{name}/"+action, func(w http.ResponseWriter, r *http.Request) {
			s.answer(w, struct{}{}, do(r.Context(), r.PathValue("name")))
		})
	}
	mux.HandleFunc("POST /epoch", func(w http.ResponseWriter, r *http.Request) {
		e, err := s.fleet.CloseEpoch(r.Context())
		s.answer(w, e, err)
	})
	mux.HandleFunc("POST /check", s.check)
	return mux
}

func (s *Server) add(w http.ResponseWriter, r *http.Request) {
	var a added
	if !s.read(w, r, &a) {
		return
	}
	n, err := s.fleet.Add(r.Context(), a.Capacity, a.Tier)
	s.answer(w, n, err)
}

// read reads the body of a request, or answers that it cannot.
func (s *Server) read(w http.ResponseWriter, r *http.Request, into any) bool {
	err := json.NewDecoder(io.LimitReader(r.Body, maxBody)).Decode(into)
	if err != nil {
		s.answer(w, nil, fault.Wrong(err, "The network cannot read the request: this stosnet and the one that runs differ."))
	}
	return err == nil
}

func (s *Server) answer(w http.ResponseWriter, value any, err error) {
	w.Header().Set("Content-Type", "application/json")
	if err != nil {
		w.WriteHeader(http.StatusUnprocessableEntity)
		value = s.explain(err)
	}
	_ = json.NewEncoder(w).Encode(value) // who went away needs no answer
}

// explain keeps the cause of an error for the log.
func (s *Server) explain(err error) *problem {
	fmt.Fprintf(s.log, "control: %v\n", err)
	return &problem{Sentence: fault.Sentence(err), Kind: fault.ExitCode(err)}
}

// check answers line by line, so that both sides know that it goes on.
func (s *Server) check(w http.ResponseWriter, r *http.Request) {
	var c checked
	if !s.read(w, r, &c) {
		return
	}
	w.Header().Set("Content-Type", "application/x-ndjson")
	lines, out := json.NewEncoder(w), http.NewResponseController(w)
	var mu sync.Mutex
	send := func(l checkLine) {
		mu.Lock()
		defer mu.Unlock()
		_ = lines.Encode(l)
		_ = out.Flush()
	}
	report, err := s.fleet.Check(r.Context(), c.Repair, func(done, total int64) { send(checkLine{Done: done, Total: total}) })
	if err != nil {
		send(checkLine{Error: s.explain(err)})
		return
	}
	send(checkLine{Report: &report})
}
