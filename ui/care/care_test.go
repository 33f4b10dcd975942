package care

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// desk is somebody who looks after a wallet.
type desk struct {
	*Care
	backend *fake.Backend
	told    *stage.Told
	changed int
}

func opened(t *testing.T) *desk {
	t.Helper()
	d := &desk{backend: fake.Full()}
	host, told := stage.Host(t, 760, 720)
	host.Window.SetContent(stage.OnGround(widgets.Gap(1, 1)))
	host.Window.Resize(fyne.NewSize(760, 720))
	d.told = told
	d.Care = New(host, d.backend, func() { d.changed++ })
	return d
}

func (d *desk) dialog(t *testing.T) *widgets.Dialog {
	t.Helper()
	top, ok := d.host.Canvas().Overlays().Top().(*widgets.Dialog)
	if !ok {
		t.Fatal("no dialog is open")
	}
	return top
}

func find[T any](o fyne.CanvasObject) []T {
	var found []T
	for _, each := range test.LaidOutObjects(o) {
		if w, ok := each.(T); ok {
			found = append(found, w)
		}
	}
	return found
}

// fill types into the fields of the dialog, in their order, and submits it.
func (d *desk) fill(t *testing.T, texts ...string) *widgets.Dialog {
	t.Helper()
	top := d.dialog(t)
	fields := find[*widgets.Field](top.Sheet().Body)
	if len(fields) != len(texts) {
		t.Fatalf("%d fields, %d texts", len(fields), len(texts))
	}
	for i, text := range texts {
		fields[i].SetText(text)
	}
	top.Submit("")
	return top
}

func press(t *testing.T, o fyne.CanvasObject, text string) {
	t.Helper()
	for _, b := range find[*widgets.Button](o) {
		if b.Text() == text {
			test.Tap(b)
			return
		}
	}
	t.Fatalf("no button says %q", text)
}

func says(o fyne.CanvasObject, begin string) bool {
	return slices.ContainsFunc(find[*widgets.Paragraph](o), func(p *widgets.Paragraph) bool { return strings.HasPrefix(p.Text(), begin) })
}

func TestPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, show := range map[string]func(*desk){
			"show":     func(d *desk) { d.ShowWords() },
			"keyfile":  func(d *desk) { d.ExportKey() },
			"words":    func(d *desk) { d.ShowWords(); d.fill(t, fake.Password) },
			"backup":   func(d *desk) { d.CheckBackup(func() {}); d.fill(t, "violin", "saddle", "ladder") },
			"password": func(d *desk) { d.ChangePassword(); d.fill(t, "x", "long enough", "long") },
			"keyring":  func(d *desk) { d.setKeyring(true, func() {}) },
			"add":      func(d *desk) { d.AddWallet() },
			"new":      func(d *desk) { d.NewWallet() },
			"import": func(d *desk) {
				d.ImportWallet()
				find[*widgets.Field](d.dialog(t).Sheet().Body)[0].SetText("harbour vi")
			},
			"accounts": func(d *desk) { fake.WithAccounts(d.backend); d.Accounts() },
			"watch":    func(d *desk) { d.WatchAddress() },
			"manage":   func(d *desk) { d.ManageWallets() },
			"remove":   func(d *desk) { list, _ := d.backend.Wallets(); d.remove(nil, list[1]) },
			"sign":     func(d *desk) { d.Sign() },
			"signed":   func(d *desk) { d.Sign(); d.fill(t, "I am Ana", fake.Password) },
			"verified": func(d *desk) { d.Verify(); d.fill(t, fake.Address, "I am Ana", "0x4a1fd09c7be2238875c1f1e0ab") },
		} {
			d := opened(t)
			show(d)
			shots.Match(t, name+"-"+mode, d.host.Window)
		}
		d := opened(t)
		d.backend.Kept.BackedUp, d.backend.Kept.Keyring = false, mode == "light"
		cards := widgets.Column(theme.Between, append([]fyne.CanvasObject{d.Reminder(nil)}, d.Cards(nil)...)...)
		d.host.Window.SetContent(stage.OnGround(widgets.Pad(widgets.Insets{Top: 20, Right: 20, Bottom: 20, Left: 20}, cards)))
		d.host.Window.Resize(fyne.NewSize(760, 720))
		shots.Match(t, "cards-"+mode, d.host.Window)
	})
}

func TestWordsNeedThePassword(t *testing.T) {
	d := opened(t)
	d.ShowWords()
	top := d.fill(t, "wrong")
	if top.Sheet().Title != "Show my words" || !says(top.Sheet().Body, "This password does not open") {
		t.Fatal("words without a password")
	}
	d.fill(t, fake.Password)
	if words := find[*widgets.Text](top.Sheet().Body); top.Sheet().Title != "Your words" || len(words) != 24 {
		t.Errorf("%q with %d texts", top.Sheet().Title, len(words))
	}
	top.Submit("")
	if top.Open() {
		t.Error("they are still shown")
	}
}

func TestAKeyFile(t *testing.T) {
	d := opened(t)
	d.ExportKey()
	if top := d.fill(t, "wrong", "long enough", "long enough"); !says(top.Sheet().Body, "This password does not open") {
		t.Fatal("a key without the password")
	}
	d.fill(t, fake.Password, "long enough", "long enough")
	save := d.dialog(t)
	if name := find[*widgets.Field](save.Sheet().Body)[0].Text; name != fake.Address+".json" {
		t.Errorf("offers the name %q", name)
	}
	save.Close()
	path := filepath.Join(t.TempDir(), "key.json")
	d.keep(path, []byte("{}"))
	if data, err := os.ReadFile(path); string(data) != "{}" || err != nil || d.told.Said[0] != "Saved as key.json" {
		t.Errorf("%q %v, said %q", data, err, d.told.Said)
	}
	d.keep("/nonexistent/key.json", nil)
	if len(d.told.Said) != 2 {
		t.Error("why it was not saved must be told")
	}
}

func TestTheReminderEndsWithTheCheck(t *testing.T) {
	d, checked := opened(t), 0
	if d.Reminder(nil) != nil {
		t.Error("there is nothing to be reminded of")
	}
	d.backend.Kept.BackedUp = false
	press(t, d.Reminder(func() { checked++ }), "Check my words")
	top := d.fill(t, "violin", "saddle", "ladder")
	if !top.Open() || d.backend.BackedUp() {
		t.Fatal("a wrong word was taken")
	}
	d.fill(t, " Violin ", "saddle", "canyon")
	if top.Open() || !d.backend.BackedUp() || checked != 1 || len(d.told.Said) != 1 {
		t.Errorf("checked %d, said %q", checked, d.told.Said)
	}
	d.backend.Err = fake.ErrOffline
	d.CheckBackup(nil)
	if len(d.told.Said) != 2 {
		t.Error("why there is no question must be told")
	}
}

func TestANewPassword(t *testing.T) {
	d := opened(t)
	d.ChangePassword()
	top := d.fill(t, fake.Password, "long enough", "long enougH")
	if d.backend.Asked("change password") || !top.Sheet().Buttons[1].Disabled() {
		t.Fatal("changed to a password that was not typed twice")
	}
	d.fill(t, fake.Password, "long enough", "long enough")
	if !d.backend.Asked("change password") || top.Open() {
		t.Errorf("%q", d.backend.Calls)
	}
}

func TestTheKeyring(t *testing.T) {
	d, drawn := opened(t), 0
	redraw := func() { drawn++ }
	cards := d.Cards(redraw)
	test.Tap(find[*widgets.Switch](cards[1])[0])
	d.fill(t, fake.Password)
	if !d.backend.KeyringUnlock() || drawn != 1 {
		t.Errorf("on %v, drawn %d", d.backend.KeyringUnlock(), drawn)
	}
	d.setKeyring(true, redraw)
	d.dialog(t).Close() // it was not meant: the switch must go back
	d.setKeyring(false, redraw)
	d.fill(t, fake.Password)
	if d.backend.KeyringUnlock() || drawn != 3 {
		t.Errorf("on %v, drawn %d", d.backend.KeyringUnlock(), drawn)
	}
	find[*widgets.Select](cards[1])[0].Choose(2)
	if d.backend.AutoLock() != 5*time.Minute {
		t.Error(d.backend.AutoLock())
	}
}

func TestMessages(t *testing.T) {
	d := opened(t)
	d.Sign()
	top := d.fill(t, "I am Ana", fake.Password)
	test.Tap(top.Sheet().Buttons[1])
	if len(d.told.Copied) != 1 || !d.backend.Asked("sign I am Ana") {
		t.Fatalf("%q", d.backend.Calls)
	}
	top.Close()
	d.Verify()
	top = d.fill(t, fake.Address, "I am Bob", "0x00")
	if !says(top.Sheet().Body, "This signature does not belong") {
		t.Error("a wrong signature must be told")
	}
	d.fill(t, fake.Address, "I am Ana", d.told.Copied[0])
	if !says(top.Sheet().Body, "The signature is right") || !top.Open() {
		t.Error("a right one too")
	}
}

func TestCardsLeadToTheDialogs(t *testing.T) {
	d := opened(t)
	d.backend.Kept.BackedUp = false
	for i, words := range [][]string{{"Key file", "Show", "Check"}, {"Change"}, {"Add", "Manage"}, {"Sign", "Check"}} {
		for _, word := range words {
			press(t, d.Cards(nil)[i], word)
			d.dialog(t).Close()
		}
	}
}
