package app

import (
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// Who forgot the password gets a new one with the words, and keeps the wallet as
// it is; other words change nothing.
func TestResetPassword(t *testing.T) {
	a := openTest(t, t.TempDir())
	w := addTestWallet(t, a)
	if _, err := a.AddAccount(t.Context(), "Savings"); err != nil {
		t.Fatal(err)
	}
	words, err := a.ShowWords(t.Context(), []byte("secret"))
	if err != nil {
		t.Fatal(err)
	}
	before, err := a.WalletAccounts()
	if err != nil {
		t.Fatal(err)
	}
	a.Lock()
	other, err := a.NewWords(12)
	if err != nil {
		t.Fatal(err)
	}
	for _, wrong := range []string{strings.Join(other, " "), "nonsense", w.Address, ""} {
		if err := a.ResetPassword(t.Context(), []byte(wrong), nil, []byte("new")); err == nil || !a.Locked() {
			t.Errorf("%q: %v", wrong, err)
		}
	}
	list := []byte(strings.Join(words, " "))
	if err := a.ResetPassword(t.Context(), list, []byte("a passphrase it has not"), []byte("new")); fault.ExitCode(err) != 2 {
		t.Error(err)
	}
	if err := a.ResetPassword(t.Context(), list, nil, nil); err == nil {
		t.Error("an empty password")
	}
	if err := a.Unlock(t.Context(), []byte("secret")); err != nil {
		t.Fatal("the old password is gone too early:", err)
	}
	a.Lock()
	if err := a.Unlock(t.Context(), []byte("a wrong try")); err == nil {
		t.Fatal("a wrong password")
	}
	if err := a.ResetPassword(t.Context(), list, nil, []byte("new")); err != nil || a.Locked() {
		t.Fatal(err)
	}
	after, err := a.WalletAccounts()
	if err != nil || len(after) != len(before) || after[1] != before[1] || !a.BackedUp() {
		t.Errorf("%+v, %v; backed up %v", after, err, a.BackedUp())
	}
	a.Lock()
	if err := a.Unlock(t.Context(), []byte("secret")); err == nil {
		t.Error("the old password still opens it")
	}
	if err := a.Unlock(t.Context(), []byte("new")); err != nil {
		t.Error(err)
	}
}
