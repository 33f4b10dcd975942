package care

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/language"
	"github.com/stratosdrive/stratosdrive/ui/theme"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// asking are the dialogs that ask for something: what is typed when nothing is
// missing, what package app is told then, and what of it may be left out.
var asking = []struct {
	title, button string
	open          func(d *desk)
	texts         []string
	asked         string
	optional      int // which text is not needed; -1 for none
}{
	{"Show my words", "Show", func(d *desk) { d.ShowWords() }, []string{fake.Password}, "", -1},
	{"Save a key file", "Make the file", func(d *desk) { d.ExportKey() }, []string{fake.Password, "long enough", "long enough"}, "", -1},
	{"Change the password", "Change password", func(d *desk) { d.ChangePassword() }, []string{fake.Password, "long enough", "long enough"}, "change password", -1},
	{"Check your words", "Check", func(d *desk) { d.CheckBackup(func() {}) }, []string{"violin", "saddle", "canyon"}, "", -1},
	{"Bring a wallet here", "Bring it here", func(d *desk) { d.ImportWallet() }, []string{"one two", "extra", "Old", "long enough", "long enough"}, "import Old one two extra", 1},
	{"Watch an address", "Watch", func(d *desk) { d.WatchAddress() }, []string{"Ana", fake.Exchange}, "watch Ana " + fake.Exchange, -1},
	{"Sign a message", "Sign", func(d *desk) { d.Sign() }, []string{"I am Ana", fake.Password}, "sign I am Ana", -1},
	{"Check a signature", "Check", func(d *desk) { d.Verify() }, []string{fake.Address, "I am Ana", "0x4a1f"}, "verify " + fake.Address + " I am Ana", -1},
	{"Name and password", "Make wallet", func(d *desk) { d.lockNew("a b c") }, []string{"Holiday", "long enough", "long enough"}, "add wallet Holiday", -1},
	{"Add an account", "Add", func(d *desk) { (&accounts{care: d.Care, dialog: widgets.NewDialog(d.host.Canvas())}).add() }, []string{"Rent"}, "add account Rent", -1},
}

// Each says what its button does, does nothing while something is missing, and
// is taken away by Escape without doing anything.
func TestDialogsWaitUntilNothingIsMissing(t *testing.T) {
	for _, c := range asking {
		d := opened(t)
		c.open(d)
		top := d.dialog(t)
		onward, fields := top.Sheet().Buttons[1], find[*widgets.Field](top.Sheet().Body)
		if top.Sheet().Title != c.title || onward.Text() != c.button || len(fields) != len(c.texts) {
			t.Fatalf("%q with %q and %d fields", top.Sheet().Title, onward.Text(), len(fields))
		}
		for missing := range c.texts {
			for i, text := range c.texts {
				if fields[i].SetText(text); i == missing {
					fields[i].SetText("")
				}
			}
			if onward.Disabled() == (missing == c.optional) {
				t.Errorf("%s: without text %d the button is off: %v", c.title, missing, onward.Disabled())
			}
		}
		before := len(d.backend.Calls)
		d.host.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if top.Open() || len(d.backend.Calls) != before {
			t.Errorf("%s: Escape does something: %q", c.title, d.backend.Calls[before:])
		}
	}
}

// Enter in the last field does what the button does.
func TestEnterDoesWhatTheButtonDoes(t *testing.T) {
	for _, c := range asking {
		d := opened(t)
		c.open(d)
		fields := find[*widgets.Field](d.dialog(t).Sheet().Body)
		for i, text := range c.texts {
			fields[i].SetText(text)
		}
		for _, f := range fields {
			if f.OnSubmitted != nil && !f.MultiLine {
				f.OnSubmitted("")
				break
			}
		}
		if c.asked != "" && !d.backend.Asked(c.asked) {
			t.Errorf("%s: %q", c.title, d.backend.Calls)
		}
	}
}

// A failure is said in the dialog, which keeps what was typed.
func TestFailuresAreSaidWhereOneLooks(t *testing.T) {
	for _, c := range asking {
		if c.title == "Check a signature" || c.title == "Check your words" || c.title == "Save a key file" ||
			c.title == "Show my words" || c.title == "Sign a message" || c.title == "Change the password" {
			continue // the sample answers them without a network
		}
		d := opened(t)
		c.open(d)
		d.backend.Err = fake.ErrOffline
		top := d.fill(t, c.texts...)
		if !top.Open() || !says(top.Sheet().Body, "The network does not answer.") || top.Sheet().Buttons[1].Text() != c.button {
			t.Errorf("%s: open %v, %q", c.title, top.Open(), top.Sheet().Buttons[1].Text())
		}
		if got := find[*widgets.Field](top.Sheet().Body)[0].Text; got != c.texts[0] {
			t.Errorf("%s: %q is left of what was typed", c.title, got)
		}
	}
}

// Every dialog is translated and fits a window of 900 x 600 at large text.
func TestDialogsInOtherLanguages(t *testing.T) {
	t.Cleanup(func() { _ = language.Use("en") })
	for _, code := range []string{"de", "fr", "es", "zh"} {
		if err := language.Use(code); err != nil {
			t.Fatal(err)
		}
		d := opened(t)
		d.host.Window.Resize(fyne.NewSize(600, 400))
		for _, c := range asking {
			c.open(d)
			top := d.dialog(t)
			if top.Sheet().Title == c.title {
				t.Errorf("%s: %q is English", code, c.title)
			}
			for _, b := range top.Sheet().Buttons {
				at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b)
				if at.X < 0 || at.X+b.Size().Width > 600 {
					t.Errorf("%s: %q is from %v to %v", code, b.Text(), at.X, at.X+b.Size().Width)
				}
			}
			top.Close()
		}
	}
}

func TestLongPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		long := strings.Repeat("a name that somebody took much time for ", 3)
		for name, show := range map[string]func(d *desk){
			"manage-long": func(d *desk) {
				for i := range d.backend.Accounts {
					d.backend.Accounts[i].Name = long
				}
				d.ManageWallets()
			},
			"accounts-long": func(d *desk) {
				fake.WithAccounts(d.backend)
				d.backend.Own[1].Name = long
				d.Accounts()
			},
			"one-account": func(d *desk) { d.backend.Accounts[0].Single = true; d.Accounts() },
			"import-error": func(d *desk) {
				d.ImportWallet()
				d.backend.Err = fake.ErrOffline
				d.fill(t, "{", "", "Old", "long enough", "long enough")
			},
			"no-drive": func(d *desk) { stage.Put(d.host, d.NoDrive("Drive")) },
			"watched": func(d *desk) {
				fake.Watch(d.backend)
				cards := widgets.Column(theme.Between, append([]fyne.CanvasObject{d.Reminder(nil)}, d.Cards(nil)...)...)
				d.host.Window.SetContent(stage.OnGround(widgets.Pad(widgets.Even(20), cards)))
				d.host.Window.Resize(fyne.NewSize(760, 560))
			},
		} {
			d := opened(t)
			d.host.Window.Resize(fyne.NewSize(760, 560))
			show(d)
			shots.Match(t, name+"-"+mode, d.host.Window)
		}
	})
}

func TestWhoWatchesIsLedBack(t *testing.T) {
	d := opened(t)
	fake.Watch(d.backend)
	press(t, d.NoDrive("Drive").Object(), "Choose a wallet")
	if title := d.dialog(t).Sheet().Title; title != "Wallets" {
		t.Fatal(title)
	}
	press(t, d.dialog(t), "Use")
	if d.changed != 1 || d.backend.Watching() {
		t.Errorf("changed %d, watching %v", d.changed, d.backend.Watching())
	}
}

// What can be done with a wallet in the list depends on what it is.
func TestRowsOfWallets(t *testing.T) {
	d := opened(t)
	for _, c := range []struct {
		w       app.WalletInfo
		several bool
		words   string
		buttons int
	}{
		{app.WalletInfo{Current: true}, false, "In use", 1},
		{app.WalletInfo{Current: true}, true, "In use", 2},
		{app.WalletInfo{}, true, "", 2},
		{app.WalletInfo{Watched: true}, true, "Watched", 3},
		{app.WalletInfo{Watched: true, Current: true}, true, "In use", 2},
	} {
		c.w.Name = "Savings"
		row := d.walletRow(widgets.NewDialog(d.host.Canvas()), c.w, c.several)
		found := c.words == ""
		for _, text := range find[*widgets.Text](row) {
			found = found || text.Text() == c.words
		}
		if n := len(find[*widgets.Button](row)); n != c.buttons || !found {
			t.Errorf("%+v: %d buttons, says %q: %v", c.w, n, c.words, found)
		}
	}
}

func TestAccountsAreRenamedAndHidden(t *testing.T) {
	d := opened(t)
	fake.WithAccounts(d.backend)
	a := &accounts{care: d.Care, dialog: widgets.NewDialog(d.host.Canvas())}
	a.present()
	a.rename(d.backend.Own[1])
	top := d.dialog(t)
	field := find[*widgets.Field](top.Sheet().Body)[0]
	if field.Text != "Rent" {
		t.Errorf("begins with %q", field.Text)
	}
	d.fill(t, "Rainy days")
	if d.backend.Own[1].Name != "Rainy days" || d.dialog(t) != a.dialog {
		t.Errorf("%+v", d.backend.Own[1])
	}
	a.hide(d.backend.Own[1])
	if title := d.dialog(t).Sheet().Title; title != "Hide Rainy days?" {
		t.Error(title)
	}
	d.dialog(t).Submit("")
	if len(d.backend.Own) != 1 || !d.backend.Asked("hide account "+fake.Rent) {
		t.Errorf("%q", d.backend.Calls)
	}
}

func TestAccountsInWords(t *testing.T) {
	for n, want := range map[int]string{
		0: "No other account of this wallet was used on this network.", 1: "One more account was found.", 7: "7 more accounts were found.",
	} {
		if got := foundWords(n); got != want {
			t.Errorf("%d: %q", n, got)
		}
	}
	money := fake.Full().Money
	if got := moneyWords(money, nil); !strings.HasSuffix(got, " STOS") || moneyWords(money, fake.ErrOffline) != "?" {
		t.Error(got)
	}
	for text, want := range map[string]bool{"": false, "st1": false, "  " + fake.Address + " ": true, fake.Hex: true} {
		if looksLikeAddress(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
	for w, want := range map[*app.WalletInfo]string{
		{Name: "A"}: "A", {Name: "A", Watched: true}: "A, watched", {Address: fake.Address, Watched: true}: "st1c74…x80p, watched",
	} {
		if got := listedAs(*w); got != want {
			t.Errorf("%+v is %q", *w, got)
		}
	}
}

func TestListsThatCannotBeRead(t *testing.T) {
	d := opened(t)
	d.backend.Err = fake.ErrOffline
	d.Accounts()
	if len(d.told.Said) != 1 || d.host.Canvas().Overlays().Top() != nil {
		t.Errorf("said %q", d.told.Said)
	}
	d.NewWallet()
	if len(d.told.Said) != 2 {
		t.Errorf("said %q", d.told.Said)
	}
}

// Nobody waits for the words any more: they are not shown over something else.
func TestWordsOfAClosedDialogAreNotShown(t *testing.T) {
	d := opened(t)
	d.ShowWords()
	top := d.dialog(t)
	find[*widgets.Field](top.Sheet().Body)[0].SetText(fake.Password)
	onward := top.Sheet().Buttons[1]
	top.Close()
	if test.Tap(onward); d.host.Canvas().Overlays().Top() != nil {
		t.Error("the words are shown although nobody waits")
	}
}
