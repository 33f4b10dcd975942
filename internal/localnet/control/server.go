package control

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	stdlog "log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// FileName is the file in the network's folder that tells where its control
// is. It exists, readable by its owner only, while the network runs; a network
// that was killed leaves it behind.
const FileName = "control.json"

// contact is the content of the file.
type contact struct {
	Address string `json:"address"` // host:port
	Token   string `json:"token"`
}

// Server answers for a running network.
type Server struct {
	fleet   Fleet
	contact contact
	path    string
	log     io.Writer
	server  *http.Server
	cancel  context.CancelFunc
	work    sync.WaitGroup

	calls sync.RWMutex // held for reading by each call
	ended bool
}

// Serve lets commands reach f until Close. dir is the folder of the network.
// log gets what is behind the sentences.
func Serve(dir string, f Fleet, log io.Writer) (*Server, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("open the control of the network: %w", err)
	}
	secret := make([]byte, 32)
	rand.Read(secret) // never fails
	s := &Server{
		fleet: f, log: log, path: filepath.Join(dir, FileName),
		contact: contact{Address: l.Addr().String(), Token: hex.EncodeToString(secret)},
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.cancel = cancel
	s.server = &http.Server{
		Handler: s.guard(s.routes()), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: time.Minute,
		BaseContext: func(net.Listener) context.Context { return ctx },
		ErrorLog:    stdlog.New(log, "control: ", 0),
	}
	s.work.Go(func() {
		if err := s.server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			fmt.Fprintf(log, "control: %v\n", err)
		}
	})
	if err := s.contact.write(s.path); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// Close removes the file, breaks off checks and waits for everything else that
// is going on.
func (s *Server) Close() {
	if err := os.Remove(s.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintf(s.log, "control: %v\n", err)
	}
	s.cancel()
	grace, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if s.server.Shutdown(grace) != nil {
		s.server.Close()
	}
	s.work.Wait()
	s.calls.Lock() // the calls have ended, though nobody may hear their answers
	s.ended = true
	s.calls.Unlock()
}

func (c contact) write(path string) error {
	raw, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("write the control file: %w", err)
	}
	if err := os.WriteFile(path+".new", append(raw, '\n'), 0o600); err != nil {
		return fmt.Errorf("write the control file: %w", err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		return fmt.Errorf("write the control file: %w", err)
	}
	return nil
}

// guard lets in who has the secret and is no browser page.
func (s *Server) guard(next http.Handler) http.Handler {
	want := []byte("Bearer " + s.contact.Token)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		given := []byte(r.Header.Get("Authorization"))
		_, fromPage := r.Header["Origin"]
		if fromPage || r.Host != s.contact.Address || subtle.ConstantTimeCompare(given, want) != 1 {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		s.calls.RLock()
		defer s.calls.RUnlock()
		if s.ended {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		next.ServeHTTP(w, r)
	})
}
