package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/testnet"
	"github.com/stratosdrive/stratosdrive/wallet/keys"
	"github.com/stratosdrive/stratosdrive/wallet/vault"
)

// driveScripts are a user's days with a drive. They share one network; each has
// a wallet of its own, with ozone, and as many devices as it names.
const driveScripts = "testdata/script/drive"

// scenario is the wallet of one script, and another one for scripts that move.
type scenario struct {
	words, other string
}

func TestDriveScripts(t *testing.T) {
	all := map[string]*scenario{}
	var accounts []stratos.Address
	found, err := filepath.Glob(filepath.Join(driveScripts, "*.txtar"))
	if err != nil || len(found) == 0 {
		t.Fatal(found, err)
	}
	for _, path := range found {
		s, storage, publish := newScenario(t)
		all[strings.TrimSuffix(filepath.Base(path), ".txtar")] = s
		accounts = append(accounts, storage, publish)
		if strings.Contains(path, "another-wallet") {
			second, storage, _ := newScenario(t)
			s.other, accounts = second.words, append(accounts, storage)
		}
	}
	net := testnet.StartIn(t, t.TempDir(), "--replicas", "2")
	testnet.BuyOzone(t, net.Network, "20stos", accounts...)
	c := &crowd{T: t, places: make(chan struct{}, 8)}
	defer c.wait()
	testscript.RunT(c, testscript.Params{
		Dir: driveScripts,
		Setup: func(env *testscript.Env) error {
			s := all[strings.TrimPrefix(filepath.Base(env.WorkDir), "script-")]
			env.Values[scenarioKey{}] = s
			env.Setenv("STOS_NETWORK", filepath.Join(net.Dir, "network.json"))
			env.Setenv("NETWORK", filepath.Join(net.Dir, "network.json"))
			env.Setenv("XDG_RUNTIME_DIR", env.WorkDir)
			env.Setenv("STOS_PASSWORD", testPassword)
			env.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
			port := regexp.MustCompile(`127\.0\.0\.1:[0-9]+`)
			raw, err := os.ReadFile(env.Getenv("NETWORK"))
			if err != nil {
				return err
			}
			if err := os.WriteFile(filepath.Join(env.WorkDir, "gone.json"), port.ReplaceAll(raw, []byte("127.0.0.1:9")), 0o600); err != nil {
				return err
			}
			for name, words := range map[string]string{"words": s.words, "other-words": s.other} {
				if err := os.WriteFile(filepath.Join(env.WorkDir, name), []byte(words+"\n"), 0o600); err != nil {
					return err
				}
			}
			return nil
		},
		Cmds:      driveCommands(t, net.Dir),
		Condition: hasCondition,
	})
}

// crowd runs scripts several at a time, more than there are processors: most of
// their time they wait for the network.
type crowd struct {
	*testing.T
	places chan struct{}
	all    sync.WaitGroup
}

// Run implements [testscript.T].
func (c *crowd) Run(name string, f func(testscript.T)) {
	c.all.Go(func() {
		c.places <- struct{}{}
		defer func() { <-c.places }()
		c.T.Run(name, func(t *testing.T) { f(&crowd{T: t}) })
	})
}

// Parallel implements [testscript.T].
func (c *crowd) Parallel() {}

// Verbose implements [testscript.T].
func (c *crowd) Verbose() bool { return testing.Verbose() }

func (c *crowd) wait() { c.all.Wait() }

type scenarioKey struct{}

// newScenario makes the words of a wallet, and tells the accounts of its files.
func newScenario(t *testing.T) (s *scenario, storage, publish stratos.Address) {
	t.Helper()
	words, err := keys.NewWords(12)
	if err != nil {
		t.Fatal(err)
	}
	wallet, err := keys.FromWords(words, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	files, err := keys.StorageAccount(wallet, keys.FirstEpoch)
	if err != nil {
		t.Fatal(err)
	}
	public, err := keys.PublishingAccount(wallet, keys.FirstEpoch)
	if err != nil {
		t.Fatal(err)
	}
	return &scenario{words: string(words)}, files.Address(), public.Address()
}

// on DEVICE goes to a device of the wallet. A new one has the wallet, and knows
// nothing of the drive yet.
func onDevice(t *testing.T, ts *testscript.TestScript, name string) {
	openDevice(t, ts, name, ts.Value(scenarioKey{}).(*scenario).words)
}

func openDevice(t *testing.T, ts *testscript.TestScript, name, words string) {
	home := ts.MkAbs("profile-" + name)
	ts.Setenv("STOS_HOME", home)
	if _, err := os.Stat(home); err == nil {
		return
	}
	a, err := app.Open(app.Options{Home: home, Runtime: home, VaultCost: vault.Params{MemoryKiB: 8, Time: 1, Threads: 1}})
	ts.Check(err)
	_, err = a.AddWallet(t.Context(), "Main account", words, []byte(testPassword))
	ts.Check(err)
	ts.Check(a.Close(t.Context()))
	ts.Check(nameDevice(filepath.Join(home, "settings.json"), name))
}

// nameDevice writes the name of a device into its settings.
func nameDevice(path, name string) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var all map[string]any
	if err := json.Unmarshal(raw, &all); err != nil {
		return fmt.Errorf("settings: %w", err)
	}
	all["device"] = name
	if raw, err = json.Marshal(all); err != nil {
		return err
	}
	return os.WriteFile(path, raw, 0o600)
}
