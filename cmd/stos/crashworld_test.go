package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/testnet"
	"github.com/stratosdrive/stratosdrive/wallet/vault"
)

// crashWorld is a network and profiles of one wallet on it, for tests that
// kill the real programs in the middle of their work.
type crashWorld struct {
	t    *testing.T
	dir  string
	stos string // the program
	net  *testnet.Process
	rand *rand.Rand

	unlock time.Duration // how long a command works on the password
}

// commandLimit is how long any command may take on a busy machine.
const commandLimit = 2 * time.Minute

// newCrashWorld starts a network and makes a profile with a funded wallet.
func newCrashWorld(t *testing.T) *crashWorld {
	t.Helper()
	if testing.Short() {
		t.Skip("starts a network and kills it")
	}
	seed := uint64(time.Now().UnixNano())
	if text := os.Getenv("STOS_SEED"); text != "" {
		seed, _ = strconv.ParseUint(text, 10, 64) // zero is a seed too
	}
	t.Logf("seed %d; STOS_SEED=%[1]d draws the same again", seed)
	dir := t.TempDir()
	w := &crashWorld{t: t, dir: dir, stos: buildStos(t), rand: rand.New(rand.NewPCG(seed, 0))}
	t.Cleanup(w.keep)
	w.net = testnet.StartIn(t, filepath.Join(dir, "net"), "--replicas", "2")
	cheapWallet(t, filepath.Join(dir, "base"))
	w.unlock = w.run("base", "rm", "Nothing").took
	w.must("base", "faucet")
	w.must("base", "ozone", "buy", "200stos")
	return w
}

const (
	testWords    = "legal winner thank year wave sausage worth useful legal winner thank yellow"
	testPassword = "correct horse"
)

// cheapWallet makes a wallet whose password costs next to nothing to try, so
// that the time of tests goes into their subject.
func cheapWallet(t testing.TB, home string) {
	t.Helper()
	a, err := app.Open(app.Options{Home: home, Runtime: home, VaultCost: vault.Params{MemoryKiB: 8, Time: 1, Threads: 1}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.AddWallet(t.Context(), "Main account", testWords, []byte(testPassword)); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// keep copies the world of a test that failed into the folder STOS_KEEP.
func (w *crashWorld) keep() {
	if to := os.Getenv("STOS_KEEP"); to != "" && w.t.Failed() {
		if out, err := exec.Command("cp", "-r", w.dir, to).CombinedOutput(); err != nil {
			w.t.Logf("keep %s: %v\n%s", w.dir, err, out)
		}
	}
}

// rounds runs a round of killing a few times, or many times at night.
func (w *crashWorld) rounds(few, many int, round func()) {
	if os.Getenv("STOS_NIGHTLY") != "" {
		few = many
	}
	for i := range few {
		w.t.Logf("round %d of %d", i+1, few)
		round()
	}
}

func buildStos(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "stos")
	if out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		t.Fatalf("build stos: %v\n%s", err, out)
	}
	return path
}

// profile makes another device of the wallet, as it is before its first sync.
func (w *crashWorld) profile(name string) string {
	w.t.Helper()
	for _, part := range []string{"settings.json", "wallets"} {
		from, to := filepath.Join(w.dir, "base", part), filepath.Join(w.dir, name, part)
		if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
			w.t.Fatal(err)
		}
		if out, err := exec.Command("cp", "-r", from, to).CombinedOutput(); err != nil {
			w.t.Fatalf("copy profile: %v\n%s", err, out)
		}
	}
	return name
}

// folder makes a folder to be synced.
func (w *crashWorld) folder(name string) string {
	w.t.Helper()
	dir := filepath.Join(w.dir, name)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		w.t.Fatal(err)
	}
	return dir
}

func (w *crashWorld) command(ctx context.Context, profile string, args ...string) *exec.Cmd {
	all := append([]string{
		"--home", filepath.Join(w.dir, profile), "--network", filepath.Join(w.dir, "net", "network.json"), "--json",
	}, args...)
	cmd := exec.CommandContext(ctx, w.stos, all...)
	cmd.Env = append(
		os.Environ(), "STOS_PASSWORD="+testPassword, "XDG_RUNTIME_DIR="+w.dir,
		"DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent",
	)
	return cmd
}

// result is what a command reported.
type result struct {
	args   []string
	code   int // -1: killed
	out    map[string]any
	errors string
	took   time.Duration
}

func (r result) text(field string) string {
	s, _ := r.out[field].(string)
	return s
}

// running is a command that was started.
type running struct {
	w        *crashWorld
	cmd      *exec.Cmd
	args     []string
	out, err said
	began    time.Time
	cancel   context.CancelFunc
}

// start starts a command without waiting for it.
func (w *crashWorld) start(profile string, args ...string) *running {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), commandLimit)
	r := &running{w: w, cmd: w.command(ctx, profile, args...), args: args, began: time.Now(), cancel: cancel}
	r.cmd.Stdout, r.cmd.Stderr = &r.out, &r.err
	r.cmd.Cancel = func() error { return r.cmd.Process.Signal(syscall.SIGQUIT) } // it says where it hangs
	r.cmd.WaitDelay = 10 * time.Second
	if err := r.cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	return r
}

// said is what a program writes; it can be read meanwhile.
type said struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// await waits until the command says something on stderr.
func (r *running) await(text string) {
	r.w.t.Helper()
	for end := time.Now().Add(commandLimit); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if strings.Contains(r.err.String(), text) {
			return
		}
	}
	r.w.t.Fatalf("stos %v never says %q:\n%s", r.args, text, r.err.String())
}

// kill ends the command at once, as a crash would.
func (r *running) kill() { _ = r.cmd.Process.Kill() } // it may have ended

// wait returns what the command reported. A report that is not exactly one
// object, or not in plain words, fails the test.
func (r *running) wait() result {
	r.w.t.Helper()
	defer r.cancel()
	err := r.cmd.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		r.w.t.Fatalf("stos %v: %v", r.args, err)
	}
	res := result{args: r.args, code: r.cmd.ProcessState.ExitCode(), errors: r.err.String(), took: time.Since(r.began)}
	if res.code < 0 {
		return res
	}
	d := json.NewDecoder(strings.NewReader(r.out.String()))
	if err := d.Decode(&res.out); err != nil {
		r.w.t.Fatalf("stos %v: exit code %d without a report: %v\n%s", r.args, res.code, err, res.errors)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		r.w.t.Errorf("stos %v reports more than one object", r.args)
	}
	if res.code != 0 {
		checkSentence(r.w.t, res.text("error"))
	}
	return res
}

// run runs a command to its end.
func (w *crashWorld) run(profile string, args ...string) result {
	w.t.Helper()
	return w.start(profile, args...).wait()
}

// must runs a command that has to succeed.
func (w *crashWorld) must(profile string, args ...string) result {
	w.t.Helper()
	r := w.run(profile, args...)
	if r.code != 0 {
		w.t.Fatalf("stos %v: exit code %d: %s", args, r.code, r.errors)
	}
	return r
}

// again runs a command until it succeeds, which it has to within a few times.
func (w *crashWorld) again(profile string, args ...string) result {
	w.t.Helper()
	const tries = 3
	for i := 1; ; i++ {
		r := w.run(profile, args...)
		if r.code == 0 {
			return r
		}
		if i == tries {
			w.t.Fatalf("stos %v fails %d times: %s", args, tries, r.errors)
		}
	}
}

// moment draws a time in the course of a command that takes d, or a little
// after its end; seldom while it works on the password.
func (w *crashWorld) moment(d time.Duration) time.Duration {
	first, last := 0.8*float64(w.unlock), 1.2*float64(d)
	return time.Duration(first + max(0, last-first)*w.rand.Float64())
}

// bytes draws content that does not compress.
func (w *crashWorld) bytes(least, most int) []byte {
	raw := make([]byte, least+w.rand.IntN(most-least))
	var seed [32]byte
	for i := range seed {
		seed[i] = byte(w.rand.Uint32())
	}
	_, _ = rand.NewChaCha8(seed).Read(raw) // never fails
	return raw
}

// checkSentence fails the test when an error is not for people.
func checkSentence(t *testing.T, text string) {
	t.Helper()
	if bad := notPlain(text); bad != "" {
		t.Errorf("%s: %s", bad, text)
	}
}
