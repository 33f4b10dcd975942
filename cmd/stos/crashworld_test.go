package main

import (
	"context"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
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
	t.Parallel() // much of the time it waits for blocks and for what is killed
	seed := uint64(time.Now().UnixNano())
	if text := os.Getenv("STOS_SEED"); text != "" {
		seed, _ = strconv.ParseUint(text, 10, 64) // zero is a seed too
	}
	t.Logf("seed %d; STOS_SEED=%[1]d draws the same again", seed)
	dir := t.TempDir()
	w := &crashWorld{t: t, dir: dir, stos: testnet.BuildStos(t), rand: rand.New(rand.NewPCG(seed, 0))}
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
