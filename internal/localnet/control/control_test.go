package control

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// fakeFleet notes what it is asked for.
type fakeFleet struct {
	mu      sync.Mutex
	asked   []string
	fail    error
	started chan struct{} // closed when a check waits to be cancelled
}

func (f *fakeFleet) note(what ...string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked = append(f.asked, strings.Join(what, " "))
	return f.fail
}

var oneNode = Node{
	Name: "3", Address: "stsds1x", Owner: "st1y", Tier: 1, InitialTier: 2, State: "suspended", Online: true,
	Since: time.Unix(1700000000, 0).UTC(), Score: 12.5, Capacity: 10, Used: 4, Slices: 2, Draining: true, Left: 2,
}

func (f *fakeFleet) Nodes(context.Context) ([]Node, error) { return []Node{oneNode}, f.note("nodes") }

func (f *fakeFleet) Add(_ context.Context, capacity int64, tier int) (Node, error) {
	return Node{Name: "9", Capacity: capacity, Tier: tier}, f.note("add")
}
func (f *fakeFleet) Drain(_ context.Context, name string) error  { return f.note("drain", name) }
func (f *fakeFleet) Remove(_ context.Context, name string) error { return f.note("remove", name) }
func (f *fakeFleet) Stop(_ context.Context, name string) error   { return f.note("stop", name) }
func (f *fakeFleet) Start(_ context.Context, name string) error  { return f.note("start", name) }

func (f *fakeFleet) CloseEpoch(context.Context) (Epoch, error) {
	return Epoch{Epoch: 7, Hash: "AB"}, f.note("epoch")
}

func (f *fakeFleet) Check(ctx context.Context, repair bool, progress func(done, total int64)) (Report, error) {
	for i := range int64(3) {
		progress(i, 2)
	}
	if f.started != nil {
		close(f.started)
		<-ctx.Done()
		return Report{}, ctx.Err()
	}
	return Report{1, 2, 3, 4, []string{"A problem."}, 5, []string{"A note."}}, f.note("check", strconv.FormatBool(repair))
}

type served struct {
	*Server
	dir   string
	fleet *fakeFleet
	log   bytes.Buffer
}

func serve(t *testing.T) *served {
	t.Helper()
	s := &served{dir: t.TempDir(), fleet: new(fakeFleet)}
	var err error
	s.Server, err = Serve(s.dir, s.fleet, &s.log)
	must(t, err)
	t.Cleanup(s.Close)
	return s
}

func connect(t *testing.T, dir string) *Client {
	t.Helper()
	c, err := Connect(t.Context(), dir)
	must(t, err)
	t.Cleanup(c.Close)
	return c
}

func TestEverythingReachesTheFleet(t *testing.T) {
	s := serve(t)
	c, ctx := connect(t, s.dir), t.Context()
	list, err := c.Nodes(ctx)
	must(t, err)
	if !reflect.DeepEqual(list, []Node{oneNode}) {
		t.Errorf("nodes: %+v", list)
	}
	n, err := c.Add(ctx, 1e10, 3)
	if err != nil || n.Name != "9" || n.Capacity != 1e10 || n.Tier != 3 {
		t.Errorf("added %+v, %v", n, err)
	}
	must(t, c.Drain(ctx, "1"))
	must(t, c.Stop(ctx, "a/b ?#"))
	must(t, c.Start(ctx, "3"))
	must(t, c.Remove(ctx, "4"))
	var steps []int64
	r, err := c.Check(ctx, true, func(done, _ int64) { steps = append(steps, done) })
	must(t, err)
	if want := (Report{1, 2, 3, 4, []string{"A problem."}, 5, []string{"A note."}}); !reflect.DeepEqual(r, want) || len(steps) != 3 {
		t.Errorf("report %+v after %v", r, steps)
	}
	if e, err := c.CloseEpoch(ctx); err != nil || e != (Epoch{7, "AB"}) {
		t.Errorf("closed %+v, %v", e, err)
	}
	want := []string{"nodes", "nodes", "add", "drain 1", "stop a/b ?#", "start 3", "remove 4", "check true", "epoch"}
	if !reflect.DeepEqual(s.fleet.asked, want) {
		t.Errorf("asked for %q", s.fleet.asked)
	}
}

func TestErrorsKeepTheirSentence(t *testing.T) {
	s := serve(t)
	c, ctx := connect(t, s.dir), t.Context()
	s.fleet.fail = fault.Wrong(errors.New("inner text"), "There is no such node.")
	_, checked := c.Check(ctx, false, nil)
	_, added := c.Add(ctx, 1, 1)
	for _, err := range []error{c.Stop(ctx, "x"), checked, added} {
		if fault.Sentence(err) != "There is no such node." || fault.ExitCode(err) != 2 || strings.Contains(err.Error(), "inner") {
			t.Errorf("error %v", err)
		}
	}
	s.Close()
	if !strings.Contains(s.log.String(), "inner text") {
		t.Errorf("the log does not tell the cause: %s", s.log.String())
	}
	if err := c.Stop(ctx, "x"); !errors.Is(err, ErrNotRunning) {
		t.Errorf("after the end: %v", err)
	}
}

// TestStrangersAreRefused: other users have no secret, pages of a browser have
// an origin, and a name that somebody points to this machine is another host.
func TestStrangersAreRefused(t *testing.T) {
	s := serve(t)
	right := "Bearer " + s.contact.Token
	for name, change := range map[string]func(r *http.Request){
		"no secret":    func(r *http.Request) { r.Header.Del("Authorization") },
		"wrong secret": func(r *http.Request) { r.Header.Set("Authorization", right+"0") },
		"page":         func(r *http.Request) { r.Header.Set("Origin", "http://localhost") },
		"empty origin": func(r *http.Request) { r.Header["Origin"] = []string{""} },
		"other host":   func(r *http.Request) { r.Host = "evil.example" },
		"localhost":    func(r *http.Request) { r.Host = "localhost" },
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+s.contact.Address+"/nodes/1/stop", nil)
		must(t, err)
		r.Header.Set("Authorization", right)
		change(r)
		answer, err := http.DefaultClient.Do(r)
		must(t, err)
		answer.Body.Close()
		if answer.StatusCode != http.StatusForbidden {
			t.Errorf("%s: %s", name, answer.Status)
		}
	}
	if len(s.fleet.asked) != 0 {
		t.Errorf("strangers got through: %q", s.fleet.asked)
	}
	info, err := os.Stat(filepath.Join(s.dir, FileName))
	must(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
}

func TestNobodyThere(t *testing.T) {
	dir := t.TempDir()
	expect := func(what string) {
		t.Helper()
		if _, err := Connect(t.Context(), dir); !errors.Is(err, ErrNotRunning) {
			t.Errorf("%s: %v", what, err)
		}
	}
	expect("no file")
	must(t, os.WriteFile(filepath.Join(dir, FileName), []byte("{"), 0o600))
	expect("half a file")
	s := serve(t)
	raw, err := json.Marshal(contact{Address: s.contact.Address, Token: "of another run"})
	must(t, err)
	must(t, os.WriteFile(filepath.Join(dir, FileName), raw, 0o600))
	expect("another network took the port")
	s.Close()
	expect("nobody listens")
	if _, err := os.Stat(filepath.Join(s.dir, FileName)); !os.IsNotExist(err) {
		t.Errorf("the file is left: %v", err)
	}
}

func TestCloseEndsACheck(t *testing.T) {
	s := serve(t)
	s.fleet.started = make(chan struct{})
	c := connect(t, s.dir)
	ended := make(chan error, 1)
	go func() {
		_, err := c.Check(context.Background(), false, nil)
		ended <- err
	}()
	<-s.fleet.started
	s.Close()
	if err := <-ended; err == nil {
		t.Error("a check that was broken off has a report")
	}
}

func TestCallerEndsACheck(t *testing.T) {
	s := serve(t)
	s.fleet.started = make(chan struct{})
	c := connect(t, s.dir)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-s.fleet.started
		cancel()
	}()
	if _, err := c.Check(ctx, false, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func FuzzContact(f *testing.F) {
	for _, seed := range []string{`{"address":"127.0.0.1:1","token":"x"}`, `{"address":"\n"}`, `{}`, ``, `{"address":1}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		dir := t.TempDir()
		must(t, os.WriteFile(filepath.Join(dir, FileName), raw, 0o600))
		ctx, cancel := context.WithCancel(t.Context())
		cancel() // nothing is dialled
		if _, err := Connect(ctx, dir); err == nil {
			t.Error("a network answered")
		}
	})
}
