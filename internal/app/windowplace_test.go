package app

import "testing"

func TestTheWindowIsRemembered(t *testing.T) {
	home := t.TempDir()
	want := WindowPlace{Width: 900, Height: 620.5, X: -7, Y: 40, Placed: true, Page: "drive", Folder: "Work/Portugal", ToldTray: true}
	for _, expect := range []WindowPlace{{}, want} {
		a, err := Open(Options{Home: home, Runtime: home})
		if err != nil {
			t.Fatal(err)
		}
		if got := a.WindowPlace(); got != expect {
			t.Errorf("%+v, want %+v", got, expect)
		}
		if err := a.SetWindowPlace(want); err != nil {
			t.Fatal(err)
		}
		if err := a.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}
