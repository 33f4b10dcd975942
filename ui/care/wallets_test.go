package care

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func TestANewWallet(t *testing.T) {
	d := opened(t)
	d.AddWallet()
	test.Tap(find[*widgets.ChoiceCard](d.dialog(t).Sheet().Body)[0])
	top := d.dialog(t)
	top.Submit("")
	if !top.Open() {
		t.Fatal("goes on although nothing was written down")
	}
	test.Tap(find[*widgets.Check](top.Sheet().Body)[0])
	top.Submit("")
	d.fill(t, "Holiday", "long enough", "long enough")
	if !d.backend.Asked("add wallet Holiday") || d.changed != 1 {
		t.Errorf("%q", d.backend.Calls)
	}
}

func TestBringingAWallet(t *testing.T) {
	d := opened(t)
	d.ImportWallet()
	top := d.fill(t, "one two three", "extra", "Old", "long enough", "long enough")
	if !d.backend.Asked("import Old one two three extra") || d.changed != 1 || top.Open() {
		t.Errorf("%q", d.backend.Calls)
	}
	d.backend.Err = fake.ErrOffline
	d.ImportWallet()
	if top = d.fill(t, "one", "", "Old", "long enough", "long enough"); !top.Open() || !says(top.Sheet().Body, "The network") {
		t.Error("why it did not work must be told")
	}
}

func TestKeyFiles(t *testing.T) {
	dir := t.TempDir()
	good, large := filepath.Join(dir, "key.json"), filepath.Join(dir, "large")
	for path, data := range map[string][]byte{good: []byte(`{"a":1}`), large: make([]byte, most+1)} {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if text, err := readSmall(good); text != `{"a":1}` || err != nil {
		t.Error(text, err)
	}
	for _, path := range []string{large, filepath.Join(dir, "gone"), dir} {
		if _, err := readSmall(path); err == nil || !strings.Contains(err.Error(), "cannot be read as a key file") {
			t.Errorf("%s: %v", path, err)
		}
	}
	d := opened(t)
	d.readFile(func(string) { t.Error("nothing was chosen") })
	d.dialog(t).Close()
}

func TestWatching(t *testing.T) {
	d := opened(t)
	d.WatchAddress()
	d.fill(t, "Ana", fake.Exchange)
	if !d.backend.Asked("watch Ana "+fake.Exchange) || d.changed != 0 {
		t.Errorf("%q", d.backend.Calls)
	}
	if items := d.Items(); len(items) != 9 || items[2].Label != "Ana, watched" {
		t.Errorf("%d items", len(items))
	}
	d.ManageWallets()
	top, list := d.dialog(t), d.backend.Accounts
	if len(find[*widgets.Button](top.Sheet().Body)) != 7 {
		t.Error("a watched one can be looked at, renamed and removed")
	}
	d.remove(top, list[2])
	d.dialog(t).Submit("") // there is nothing that needs a password
	if !d.backend.Asked("remove wallet " + fake.Exchange) {
		t.Errorf("%q", d.backend.Calls)
	}
}

func TestSeveralWallets(t *testing.T) {
	d := opened(t)
	list, _ := d.backend.Wallets()
	d.ManageWallets()
	top := d.dialog(t)
	icons := find[*widgets.Button](top.Sheet().Body)
	if len(icons) != 4 { // rename this one, use the other, remove both
		t.Fatalf("%d buttons", len(icons))
	}
	d.rename(top, list[1])
	d.fill(t, "Rainy days")
	d.remove(top, list[1])
	d.fill(t, "wrong")
	d.fill(t, fake.Password)
	if !d.backend.Asked("rename "+list[1].Address+" Rainy days") || !d.backend.Asked("remove wallet "+list[1].Address) || d.changed != 0 {
		t.Errorf("%q", d.backend.Calls)
	}
	d.remove(top, list[0])
	d.fill(t, fake.Password)
	if top.Open() || d.changed != 1 {
		t.Error("the wallet in use is gone, and the list still there")
	}
}

func TestChoosingAWallet(t *testing.T) {
	d := opened(t)
	d.ManageWallets()
	press(t, d.dialog(t).Sheet().Body, "Use")
	if d.changed != 1 || d.backend.Accounts[0].Name != "Savings" {
		t.Error("the other wallet is not in use")
	}
	items := d.Items()
	if len(items) != 8 || !items[0].Checked || items[1].Checked {
		t.Fatalf("%d items", len(items))
	}
	items[0].Action() // it is in use already
	items[1].Action()
	if d.changed != 2 {
		t.Errorf("changed %d times", d.changed)
	}
	d.Choose("st1nobody")
	if d.changed != 2 || len(d.told.Said) != 1 {
		t.Error("a wallet that is not there was chosen")
	}
}
