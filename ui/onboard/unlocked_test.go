package onboard

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func TestUnlockPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		backend := fake.Full()
		backend.Accounts[0].Name = strings.Repeat("the account for the household and the car ", 2)
		host, _ := stage.Host(t, 600, 400)
		u := NewUnlock(host, backend, func() {})
		stage.Put(host, u)
		u.password.SetText("wrong")
		test.Tap(u.unlock)
		shots.Match(t, "unlock-wrong-"+mode, host.Window)
	})
}

func TestUnlockIsTypedAtOnce(t *testing.T) {
	host, _ := stage.Host(t, 900, 600)
	u := NewUnlock(host, fake.Full(), func() {})
	stage.Put(host, u)
	u.Focus()
	test.Type(u.password, "x")
	if host.Canvas().Focused() != u.password || u.unlock.Disabled() {
		t.Errorf("focus on %v", host.Canvas().Focused())
	}
}

func TestNetworkCardsTell(t *testing.T) {
	test.NewTempApp(t)
	n := NewNetworkCards("local", 400)
	var told []string
	n.OnChanged = func(id string) { told = append(told, id) }
	n.Choose("mainnet")
	n.Choose(ownNetwork)
	n.file.SetText(" /a/b.json ")
	n.Choose("")
	if got := strings.Join(told, "|"); got != "mainnet||/a/b.json|" {
		t.Errorf("told %q", got)
	}
	for id, card := range n.cards {
		if card.Chosen() {
			t.Errorf("%s is still chosen", id)
		}
	}
}

// Who forgot the password goes on with the words.
func TestForgottenPassword(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		host, _ := stage.Host(t, 900, 600)
		u := NewUnlock(host, fake.Full(), func() {})
		stage.Put(host, u)
		u.forgot()
		shots.Match(t, "forgotten-"+mode, host.Window)
	})
	backend, done := fake.Full(), false
	backend.IsLocked = true
	host, _ := stage.Host(t, 900, 600)
	u := NewUnlock(host, backend, func() { done = true })
	stage.Put(host, u)
	f := u.forgot()
	fields := formFields(f.Dialog.Sheet().Body)
	change := f.Dialog.Sheet().Buttons[1]
	list, err := backend.NewWords(12)
	if err != nil || len(fields) != 4 {
		t.Fatal(err, len(fields))
	}
	fields[0].SetText("nonsense")
	fields[2].SetText("a new password")
	if !change.Disabled() {
		t.Error("the password was not typed twice")
	}
	fields[3].SetText("a new password")
	test.Tap(change)
	if done || !f.Dialog.Open() || !backend.Asked("reset password") {
		t.Fatal("words that are none")
	}
	fields[0].SetText("  " + strings.Join(list, "\n") + " ")
	test.Tap(change)
	if !done || f.Dialog.Open() || backend.IsLocked {
		t.Error("the words do not open the wallet")
	}
}

// formFields are the fields of a form from the top.
func formFields(o fyne.CanvasObject) (list []*widgets.Field) {
	switch o := o.(type) {
	case *widgets.Field:
		return []*widgets.Field{o}
	case *fyne.Container:
		for _, each := range o.Objects {
			list = append(list, formFields(each)...)
		}
	}
	return list
}
