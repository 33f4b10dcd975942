package care

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// slow lets something happen while it makes a wallet or an account.
type slow struct {
	*fake.Backend
	meanwhile func()
	made      int
}

func (s *slow) AddWallet(ctx context.Context, name, words string, password []byte) (app.WalletInfo, error) {
	s.made++
	s.meanwhile()
	return s.Backend.AddWallet(ctx, name, words, password)
}

func (s *slow) AddAccount(ctx context.Context, name string) (app.AccountInfo, error) {
	s.made++
	s.meanwhile()
	return s.Backend.AddAccount(ctx, name)
}

// What makes something makes it once, whatever is typed and pressed meanwhile.
func TestNothingIsMadeTwice(t *testing.T) {
	for name, c := range map[string]struct {
		open  func(c *Care)
		texts []string
	}{
		"a wallet":   {func(c *Care) { c.lockNew("a b c") }, []string{"Holiday", "long enough", "long enough"}},
		"an account": {func(c *Care) { (&accounts{care: c, dialog: widgets.NewDialog(c.host.Canvas())}).add() }, []string{"Rent"}},
	} {
		host, _ := stage.Host(t, 760, 720)
		backend := &slow{Backend: fake.Full()}
		care := New(host, backend, func() {})
		c.open(care)
		d := host.Canvas().Overlays().Top().(*widgets.Dialog)
		fields := find[*widgets.Field](d.Sheet().Body)
		backend.meanwhile = func() {
			fields[0].SetText("Another name")
			fields[0].OnSubmitted("")
			test.Tap(d.Sheet().Buttons[1])
		}
		for i, text := range c.texts {
			fields[i].SetText(text)
		}
		if d.Submit(""); backend.made != 1 {
			t.Errorf("%s: made %d times", name, backend.made)
		}
	}
}

// A password that is new is typed twice, and what is wrong is said as soon as
// there is something to say it of.
func TestNewPasswords(t *testing.T) {
	test.NewTempApp(t)
	for _, c := range []struct {
		once, twice string
		ready, says bool
	}{
		{"", "", false, false},
		{"", "long enough", false, false},
		{"short", "", false, true},
		{"short", "short", false, true},
		{"long enough", "", false, true},
		{"long enough", "long enougH", false, true},
		{"long enough", "long enough", true, false},
	} {
		p := askNewPassword("Password")
		p.once.SetText(c.once)
		p.twice.SetText(c.twice)
		if got := p.ready(); got != c.ready || (p.hint.Text() != "") != c.says {
			t.Errorf("%+v: ready %v, %q", c, got, p.hint.Text())
		}
	}
	n := newNaming()
	n.once.SetText("long enough")
	n.twice.SetText("long enough")
	for name, want := range map[string]bool{"": false, "  ": false, "Savings": true} {
		if n.name.SetText(name); n.ready() != want {
			t.Errorf("a wallet called %q: %v", name, !want)
		}
	}
}

// A chosen file is read beside the window; what cannot be read is said.
func TestChoosingAKeyFile(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	if err := os.WriteFile(filepath.Join(home, "key.json"), []byte(`{"crypto":1}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if text, err := readSmall(filepath.Join(home, "key.json")); err != nil || text != `{"crypto":1}` {
		t.Errorf("%q, %v", text, err)
	}
	if _, err := readSmall(home); err == nil || fault.Sentence(err) == "" {
		t.Errorf("a folder is no key file: %v", err)
	}
}

// What fails of the lists is said, and what is shown stays.
func TestAccountsThatCannotBeUsed(t *testing.T) {
	d := opened(t)
	fake.WithAccounts(d.backend)
	d.Accounts()
	list := d.dialog(t)
	d.backend.Err = fake.ErrOffline
	press(t, list, "Use")
	if !slices.Contains(d.told.Said, fault.Sentence(fake.ErrOffline)) || !list.Open() {
		t.Errorf("said %q, open %v", d.told.Said, list.Open())
	}
	d.backend.Err = nil
	if press(t, list, "Use"); len(d.told.Said) != 2 {
		t.Errorf("said %q", d.told.Said)
	}
}

// Without a field there is nothing that could have the keyboard first.
func TestTheFirstField(t *testing.T) {
	test.NewTempApp(t)
	a, b := widgets.NewField("a", ""), widgets.NewField("b", "")
	if first(nil) != nil {
		t.Error("nothing is first")
	}
	if got := first([]*widgets.Field{a, b}); got != fyne.Focusable(a) {
		t.Errorf("%v is first", got)
	}
}
