package onboard

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func TestPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, s := range map[string]screen{
			"1-wallet": chooseWallet, "2-words": showWords, "3-restore": askWords,
			"4-password": askPassword, "5-network": chooseNetwork, "6-folder": chooseFolder,
		} {
			p, _, _ := started(t)
			p.show(s)
			shots.Match(t, name+"-"+mode, p.host.Window)
		}
		p, backend, _ := started(t)
		backend.Err = fake.ErrOffline
		p.show(chooseNetwork)
		test.Tap(p.onward)
		shots.Match(t, "error-"+mode, p.host.Window)
		host, _ := stage.Host(t, 900, 600)
		stage.Put(host, NewUnlock(host, fake.Full(), func() {}))
		shots.Match(t, "unlock-"+mode, host.Window)
	})
}

// started shows the first start of an empty profile.
func started(t *testing.T) (*Page, *fake.Backend, *stage.Told) {
	t.Helper()
	backend := fake.Empty()
	backend.At = app.NeedsWallet
	host, told := stage.Host(t, 900, 720)
	p := New(host, backend, func() { told.Said = append(told.Said, "done") })
	stage.Put(host, p)
	return p, backend, told
}

// find returns the objects of a kind that are shown, in order.
func find[T any](p *Page) []T {
	var found []T
	for _, o := range test.LaidOutObjects(p.object) {
		if w, ok := o.(T); ok {
			found = append(found, w)
		}
	}
	return found
}

func TestANewWalletInFiveScreens(t *testing.T) {
	p, backend, told := started(t)
	test.Tap(p.onward) // make a new one
	if p.at != showWords || !p.onward.Disabled() {
		t.Fatal("the words must be written down first")
	}
	test.Tap(find[*widgets.Check](p)[0])
	test.Tap(p.onward)
	fields := find[*widgets.Field](p)
	fields[0].SetText(fake.Password)
	if !p.onward.Disabled() {
		t.Error("the password is asked for twice")
	}
	fields[1].SetText(fake.Password)
	test.Tap(p.onward)
	if !backend.Asked("add wallet Main account") || p.words != "" {
		t.Error("no wallet was made, or its words are still there")
	}
	test.Tap(p.onward) // practice network
	test.Tap(p.onward) // suggested folder
	if !backend.Asked("network local") || !backend.Asked("folder /home/ana/Stratos Drive") {
		t.Errorf("%v", backend.Calls)
	}
	if len(told.Said) != 1 || told.Said[0] != "done" {
		t.Errorf("said %q", told.Said)
	}
}

func TestRestoring(t *testing.T) {
	p, _, _ := started(t)
	test.Tap(find[*widgets.ChoiceCard](p)[1])
	test.Tap(p.onward)
	field := find[*widgets.Field](p)[0]
	field.SetText(strings.Repeat("Word ", 13))
	if !p.onward.Disabled() || p.problem.Text() == "" {
		t.Error("thirteen words were taken")
	}
	field.SetText(strings.Repeat("Word ", 12))
	if p.onward.Disabled() || p.problem.Text() != "" {
		t.Error("twelve words were refused")
	}
	test.Tap(p.onward)
	test.Tap(p.back)
	if p.at != askWords || !strings.HasPrefix(find[*widgets.Field](p)[0].Text, "word word") {
		t.Error("going back lost the words")
	}
	test.Tap(p.back)
	if p.at != chooseWallet || !find[*widgets.ChoiceCard](p)[1].Chosen() {
		t.Error("going back lost the choice")
	}
}

func TestCopyingWordsWarns(t *testing.T) {
	p, _, told := started(t)
	test.Tap(p.onward)
	for _, b := range find[*widgets.Button](p) {
		if b.Text() == "Copy" {
			test.Tap(b)
		}
	}
	if len(told.Copied) != 1 || len(strings.Fields(told.Copied[0])) != newWords {
		t.Fatalf("copied %q", told.Copied)
	}
	warned := false
	for _, text := range find[*widgets.Paragraph](p) {
		warned = warned || strings.Contains(text.Text(), "Other programs can read the clipboard")
	}
	if !warned {
		t.Error("nobody was warned")
	}
}

func TestAFailureIsOneSentenceAndAnotherTry(t *testing.T) {
	p, backend, _ := started(t)
	p.show(chooseNetwork)
	backend.Err = fake.ErrOffline
	test.Tap(p.onward)
	if p.at != chooseNetwork || p.onward.Text() != "Try again" || !strings.HasPrefix(p.problem.Text(), "The network does not answer.") {
		t.Errorf("at %v: %q, %q", p.at, p.onward.Text(), p.problem.Text())
	}
	backend.Err = nil
	test.Tap(p.onward)
	if p.at != chooseFolder {
		t.Error("another try did not help")
	}
}

func TestANetworkOfOnesOwn(t *testing.T) {
	p, backend, _ := started(t)
	p.show(chooseNetwork)
	test.Tap(find[*widgets.ChoiceCard](p)[3])
	if !p.onward.Disabled() {
		t.Error("no file is named yet")
	}
	find[*widgets.Field](p)[0].SetText("/home/ana/network.json")
	test.Tap(p.onward)
	if !backend.Asked("network /home/ana/network.json") {
		t.Errorf("%v", backend.Calls)
	}
}

func TestAFileIsShownAsOnesOwn(t *testing.T) {
	test.NewTempApp(t)
	n := NewNetworkCards("/a/network.json", 400)
	if n.ID() != "/a/network.json" || !n.cards[ownNetwork].Chosen() {
		t.Error(n.ID())
	}
}

func TestUnlocking(t *testing.T) {
	backend, done := fake.Full(), false
	backend.IsLocked = true
	host, _ := stage.Host(t, 900, 600)
	u := NewUnlock(host, backend, func() { done = true })
	stage.Put(host, u)
	if !u.unlock.Disabled() {
		t.Error("there is no password yet")
	}
	u.password.SetText("wrong")
	test.Tap(u.unlock)
	if done || u.problem.Text() == "" || u.unlock.Disabled() {
		t.Error("a wrong password must be told, and can be tried again")
	}
	u.password.SetText(fake.Password)
	u.password.OnSubmitted("")
	if !done || u.password.Text != "" {
		t.Error("not unlocked, or the password is still in the field")
	}
	u.Leave()
}
