package history

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// filled is the path of a history with some entries, closed.
func filled(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "history.db")
	l, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	for n := range 60 {
		if err := l.Sending(t.Context(), sent(t, n+1)); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// use does with a history what the wallet does, and returns the first error.
func use(ctx context.Context, t *testing.T, path string) error {
	l, err := Open(ctx, path)
	if err != nil {
		return err
	}
	defer l.Close()
	if _, err = l.List(ctx, testChain, alice(t), 100, 0); err != nil {
		return err
	}
	if _, err = l.Pending(ctx, testChain, alice(t)); err != nil {
		return err
	}
	_, err = l.Books(ctx, testChain, alice(t))
	return errors.Join(err, l.Sending(ctx, sent(t, 1000)))
}

// A history that was cut or overwritten is refused with a sentence and left as it
// is, for it may be all that knows of a payment whose outcome is open.
func TestDamagedHistoryIsLeftAsItIs(t *testing.T) {
	whole, err := os.ReadFile(filled(t))
	if err != nil {
		t.Fatal(err)
	}
	scribbled := bytes.Clone(whole)
	for i := 4096; i < len(scribbled); i += 2 {
		scribbled[i] ^= 0x5a
	}
	for name, raw := range map[string][]byte{
		"another file": bytes.Repeat([]byte("no database "), 1000), "cut": whole[:len(whole)/2], "scribbled": scribbled,
	} {
		path := filepath.Join(t.TempDir(), "history.db")
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		err := use(t.Context(), t, path)
		if !errors.Is(err, ErrDamaged) || !fault.Explained(err) {
			t.Errorf("%s: %v", name, err)
		}
		if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, raw) {
			t.Errorf("%s: the file was changed: %v", name, err)
		}
	}
}

func TestNewerHistoryIsLeftAsItIs(t *testing.T) {
	path := filled(t)
	l, err := Open(t.Context(), path)
	if err == nil {
		_, err = l.db.ExecContext(t.Context(), "PRAGMA user_version = 99")
		err = errors.Join(err, l.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := use(t.Context(), t, path); !errors.Is(err, ErrNewer) || !fault.Explained(err) {
		t.Error(err)
	}
	if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, before) {
		t.Errorf("the file was changed: %v", err)
	}
}
