package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/wallet/vault"
)

// cheap makes guessing a password cost nothing; only tests pass it in.
var cheap = vault.Params{MemoryKiB: 8, Time: 1, Threads: 1}

const testWords = "legal winner thank year wave sausage worth useful legal winner thank yellow"

func openTest(t *testing.T, home string) *App {
	t.Helper()
	a, err := Open(Options{Home: home, Runtime: t.TempDir(), VaultCost: cheap})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return a
}

func TestWalletSurvivesReopening(t *testing.T) {
	home, ctx := t.TempDir(), context.Background()
	a := openTest(t, home)
	if a.Stage() != NeedsWallet {
		t.Fatalf("a new profile is at stage %v", a.Stage())
	}
	made, err := a.AddWallet(ctx, "Mine", testWords, []byte("secret"))
	if err != nil {
		t.Fatal(err)
	}
	if !made.Unlocked || !made.Current || made.Storage == made.Publish || made.Storage == made.Address {
		t.Fatalf("made %+v", made)
	}
	b := openTest(t, home)
	if !b.Locked() || b.Stage() != NeedsNetwork {
		t.Fatalf("locked %v, stage %v", b.Locked(), b.Stage())
	}
	if err := b.Unlock(ctx, []byte("wrong")); !errors.Is(err, vault.ErrPassword) {
		t.Fatalf("wrong password: %v", err)
	}
	if err := b.Unlock(ctx, []byte("secret")); err != nil {
		t.Fatal(err)
	}
	got, err := b.CurrentWallet()
	if err != nil || got != made {
		t.Fatalf("got %+v, want %+v, %v", got, made, err)
	}
}

func TestLockWipesTheWalletKeyOnly(t *testing.T) {
	a := openTest(t, t.TempDir())
	if _, err := a.AddWallet(context.Background(), "Mine", testWords, []byte("secret")); err != nil {
		t.Fatal(err)
	}
	held, err := a.signer(WalletAccount)
	if err != nil {
		t.Fatal(err)
	}
	a.Lock()
	if held.Sign("a message") != "" {
		t.Error("the wallet key still signs")
	}
	if _, err := a.signer(WalletAccount); !errors.Is(err, errLocked) {
		t.Errorf("wallet key: %v", err)
	}
	if _, err := a.signer(StorageAccount); err != nil {
		t.Errorf("the drive cannot go on: %v", err)
	}
	a.LockAll()
	if _, err := a.signer(StorageAccount); !errors.Is(err, errLocked) {
		t.Errorf("storage key: %v", err)
	}
}

func TestNoSecretOutsideTheVault(t *testing.T) {
	home := t.TempDir()
	a := openTest(t, home)
	if _, err := a.AddWallet(context.Background(), "Mine", testWords, []byte("a long password")); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(home, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		for _, secret := range []string{"legal winner", "a long password"} {
			if strings.Contains(string(raw), secret) {
				t.Errorf("%s holds %q", path, secret)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestBadInputIsOneSentence(t *testing.T) {
	ctx := context.Background()
	a := openTest(t, t.TempDir())
	_, err := a.AddWallet(ctx, "Mine", "twelve words that are not words", []byte("x"))
	wrong := map[string]error{"words": err}
	_, wrong["no wallet"] = a.Balance(ctx)
	if _, err := a.AddWallet(ctx, "Mine", testWords, []byte("x")); err != nil {
		t.Fatal(err)
	}
	_, wrong["address"] = a.PreviewPay(ctx, "st1nothing", "1", "")
	_, wrong["amount"] = a.PreviewPay(ctx, "st1jyvtwupfrzxgendxpuc94h5n9z9277cq3e742k", "-1", "")
	_, wrong["zero"] = a.QuoteOzone(ctx, "0")
	_, wrong["no network"] = a.QuoteOzone(ctx, "1")
	_, wrong["no file"] = a.Put(ctx, "/does/not/exist", PutOptions{})
	wrong["account"] = a.RemoveFile(ctx, strings.Repeat("x", 40), "nobody")
	wrong["theme"] = a.SetTheme("pink")
	wrong["network"] = a.ChooseNetwork(ctx, "nowhere")
	for what, err := range wrong {
		if _, said := errors.AsType[*fault.Error](err); !said {
			t.Errorf("%s: %v has no sentence for people", what, err)
		}
	}
}

func TestSettingsAreKeptOrRefused(t *testing.T) {
	home := t.TempDir()
	a := openTest(t, home)
	if err := a.SetTheme("dark"); err != nil {
		t.Fatal(err)
	}
	if got := openTest(t, home).Theme(); got != "dark" {
		t.Errorf("theme %q", got)
	}
	for _, broken := range []string{"{", `{"version":99}`} {
		if err := os.WriteFile(a.profile.settings(), []byte(broken), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(Options{Home: home, Runtime: t.TempDir()}); err == nil {
			t.Errorf("opened with settings %q", broken)
		}
		if raw, _ := os.ReadFile(a.profile.settings()); string(raw) != broken {
			t.Error("settings that could not be read were changed")
		}
	}
}

// Two programs with one profile open do not undo each other's settings, and
// nothing is written where nothing is new.
func TestSettingsOfTwoProgramsMeet(t *testing.T) {
	home, ctx := t.TempDir(), context.Background()
	a, b := openTest(t, home), openTest(t, home)
	if _, err := b.AddWallet(ctx, "Mine", testWords, []byte("secret")); err != nil {
		t.Fatal(err)
	}
	if err := a.SetTheme("dark"); err != nil {
		t.Fatal(err)
	}
	c := openTest(t, home)
	if w, err := c.CurrentWallet(); err != nil || w.Name != "Mine" || c.Theme() != "dark" {
		t.Errorf("wallet %+v, theme %s, %v", w, c.Theme(), err)
	}
	before, err := os.Stat(a.profile.settings())
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Unlock(ctx, []byte("secret")); err != nil {
		t.Fatal(err)
	}
	if after, err := os.Stat(a.profile.settings()); err != nil || !os.SameFile(before, after) {
		t.Errorf("the settings were written again though nothing is new: %v", err)
	}
}

func TestLinksAreRefusedWithoutRepeatingThem(t *testing.T) {
	ctx := context.Background()
	a := openTest(t, t.TempDir())
	for _, link := range []string{"https://elsewhere/a#secretsecretsecret", "stos:/x://#secretsecretsecret"} {
		_, get := a.Get(ctx, link, GetOptions{})
		_, share := a.ShareWhat(ctx, link, "", ShareOptions{}, nil)
		_, play := a.OpenMedia(ctx, link)
		for _, err := range []error{get, share, play, a.RemoveFile(ctx, link, "")} {
			if fault.ExitCode(err) != int(fault.WrongUse) || strings.Contains(err.Error(), "secret") {
				t.Errorf("%s: %v", link, err)
			}
		}
	}
}

func TestUnknownWalletIsNamed(t *testing.T) {
	for _, address := range []string{"st1jyvtwupfrzxgendxpuc94h5n9z9277cq3e742k", "../../elsewhere"} {
		a, err := Open(Options{Home: t.TempDir(), Runtime: t.TempDir(), Wallet: address})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.CurrentWallet(); fault.ExitCode(err) != int(fault.WrongUse) || !strings.Contains(fault.Sentence(err), address) {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestWhatKilledProgramsLeaveIsSweptUp(t *testing.T) {
	home := t.TempDir()
	a := openTest(t, home)
	for name, old := range map[string]bool{
		"cache/part-1": true, "cache/look-1/state.db": true, ".links.json-1": true,
		"cache/part-2": false, "links.json": true, "cache/other": true,
	} {
		path := filepath.Join(home, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if old {
			long := time.Now().Add(-2 * leftAfter)
			for _, p := range []string{path, filepath.Join(home, "cache", "look-1")} {
				_ = os.Chtimes(p, long, long) // the folder may not be there yet
			}
		}
	}
	a.profile.sweep(time.Now())
	for name, want := range map[string]bool{
		"cache/part-1": false, "cache/look-1": false, ".links.json-1": false,
		"cache/part-2": true, "links.json": true, "cache/other": true,
	} {
		if _, err := os.Stat(filepath.Join(home, name)); (err == nil) != want {
			t.Errorf("%s is there: %v", name, err == nil)
		}
	}
}

func TestEventsNeverBlock(t *testing.T) {
	a := openTest(t, t.TempDir())
	events, cancel := a.Subscribe()
	for range 10 * eventBuffer {
		a.hub.send(Event{Kind: StatusChanged})
	}
	a.hub.send(Event{Kind: LinksChanged, Text: "last"})
	cancel()
	cancel() // a second time does nothing
	var last Event
	for e := range events {
		last = e
	}
	if last.Text != "last" {
		t.Errorf("the newest event was lost; got %+v", last)
	}
}

func TestNamesFromOutsideStayInTheirFolder(t *testing.T) {
	dir := t.TempDir()
	for name, want := range map[string]string{
		"../../etc/passwd": "passwd", "/etc/passwd": "passwd", "": "download", "..": "download", "a/b.txt": "b.txt",
	} {
		if got := targetPath(name, dir); got != filepath.Join(dir, want) {
			t.Errorf("%q is saved as %s", name, got)
		}
	}
}
