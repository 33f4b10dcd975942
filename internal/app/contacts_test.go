package app

import (
	"context"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/keys"
)

const friend = "st1jyvtwupfrzxgendxpuc94h5n9z9277cq3e742k"

func TestContacts(t *testing.T) {
	home := t.TempDir()
	a := openTest(t, home)
	if err := a.SaveContact(Contact{Name: "Ann", Address: friend, Memo: "rent"}); err != nil {
		t.Fatal(err)
	}
	if err := a.SaveContact(Contact{Name: "Bob", Address: friend[:40] + "x"}); err == nil {
		t.Error("a broken address was saved")
	}
	list, err := openTest(t, home).Contacts()
	if err != nil || len(list) != 1 || list[0].Name != "Ann" || list[0].Address != friend || !strings.HasPrefix(list[0].Hex, "0x") {
		t.Fatalf("list %+v, %v", list, err)
	}
	if to, err := a.payee("ann"); err != nil || to.String() != friend {
		t.Errorf("by name: %v, %v", to, err)
	}
	if _, err := a.payee("Nobody"); err == nil {
		t.Error("an unknown name was paid")
	}
	if err := a.RemoveContact(friend); err != nil {
		t.Fatal(err)
	}
	if list, err := a.Contacts(); err != nil || len(list) != 0 {
		t.Errorf("after removing: %+v, %v", list, err)
	}
}

func TestSignedTextsAreChecked(t *testing.T) {
	a, ctx := openTest(t, t.TempDir()), context.Background()
	w, err := a.AddWallet(ctx, "Mine", testWords, []byte("one"))
	if err != nil {
		t.Fatal(err)
	}
	signature, err := a.SignText(ctx, "I was here", []byte("one"))
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{w.Address, w.Hex} {
		if err := a.VerifyText(address, "I was here", signature); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
	for _, c := range [][3]string{
		{friend, "I was here", signature}, {w.Address, "I was there", signature}, {w.Address, "I was here", "0x00"}, {"nobody", "x", signature},
	} {
		if err := a.VerifyText(c[0], c[1], c[2]); err == nil {
			t.Errorf("accepted %q by %s", c[1], c[0])
		}
	}
	if _, err := a.SignText(ctx, "I was here", []byte("two")); err == nil {
		t.Error("signed with the wrong password")
	}
}

// TestLookalikesAreNamed: a twin of an own address is pointed out.
func TestLookalikesAreNamed(t *testing.T) {
	a, ctx := openTest(t, t.TempDir()), context.Background()
	a.opts.Network = "mainnet"
	if _, err := a.AddWallet(ctx, "Mine", testWords, []byte("one")); err != nil {
		t.Fatal(err)
	}
	key, err := keys.FromWords([]byte(testWords), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	twin := key.Address()
	twin[8] ^= 0xff
	for to, warned := range map[stratos.Address]bool{twin: true, key.Address(): false} {
		warnings, err := a.payWarnings(ctx, to, "")
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %q", to, warnings)
		if warned != (len(warnings) > 0) {
			t.Errorf("%s: %q", to, warnings)
		}
	}
	secret, err := a.payWarnings(ctx, key.Address(), testWords)
	if err != nil || len(secret) == 0 {
		t.Errorf("words in the note: %q, %v", secret, err)
	}
}
