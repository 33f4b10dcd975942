package drivekey

import (
	"bytes"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/pack"
)

func TestNamesTellTheirUseToTheOwnerOnly(t *testing.T) {
	k, err := Derive(bytes.Repeat([]byte{1}, 32), Drive)
	if err != nil {
		t.Fatal(err)
	}
	other, _ := Derive(bytes.Repeat([]byte{2}, 32), Drive)
	link, _ := Derive(bytes.Repeat([]byte{1}, 32), Link)
	for u := pack.Content; u <= pack.Manifest; u++ {
		name := k.NewName(u)
		if got, ok := k.UseOf(name); !ok || got != u || name == k.NewName(u) {
			t.Error(u, name, got, ok)
		}
		if _, ok := other.UseOf(name); ok {
			t.Error("another drive reads", name)
		}
		if _, ok := link.UseOf(name); ok {
			t.Error("another purpose reads", name)
		}
	}
	if _, ok := k.UseOf("holiday.mp4"); ok {
		t.Error("foreign name")
	}
}

func TestIDsDifferByKeyAndKind(t *testing.T) {
	k, _ := Derive(bytes.Repeat([]byte{1}, 32), Drive)
	o, _ := Derive(bytes.Repeat([]byte{2}, 32), Drive)
	a := k.ID(pack.Data, []byte("x"))
	if a != k.ID(pack.Data, []byte("x")) || a == k.ID(pack.Folder, []byte("x")) || a == o.ID(pack.Data, []byte("x")) {
		t.Fatal(a)
	}
	if _, err := Derive([]byte("short"), Drive); err == nil {
		t.Fatal("short secret accepted")
	}
}
