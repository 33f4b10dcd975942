package onboard

import (
	"errors"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
)

func TestTheWayThrough(t *testing.T) {
	for restore, want := range map[bool][]screen{
		false: {chooseWallet, showWords, askPassword, chooseNetwork, chooseFolder, finished},
		true:  {chooseWallet, askWords, askPassword, chooseNetwork, chooseFolder, finished},
	} {
		at := first(app.NeedsWallet)
		for i, s := range want {
			if at != s {
				t.Fatalf("restore %v: screen %d is %v, want %v", restore, i, at, s)
			}
			at = next(at, restore)
		}
	}
}

func TestALeftStartGoesOnWhereItStood(t *testing.T) {
	for stage, want := range map[app.Stage]screen{
		app.NeedsWallet: chooseWallet, app.NeedsNetwork: chooseNetwork, app.NeedsFolder: chooseFolder, app.Ready: finished,
	} {
		if got := first(stage); got != want {
			t.Errorf("stage %v begins with %v, want %v", stage, got, want)
		}
	}
}

func TestTheWayBack(t *testing.T) {
	for _, c := range []struct {
		at      screen
		restore bool
		want    screen
		ok      bool
	}{
		{chooseWallet, false, chooseWallet, false},
		{showWords, false, chooseWallet, true},
		{askWords, true, chooseWallet, true},
		{askPassword, false, showWords, true},
		{askPassword, true, askWords, true},
		{chooseNetwork, false, chooseNetwork, false},
		{chooseFolder, false, chooseNetwork, true},
	} {
		if got, ok := before(c.at, c.restore); got != c.want || ok != c.ok {
			t.Errorf("%+v: %v %v", c, got, ok)
		}
	}
}

func TestStepsFollowTheScreens(t *testing.T) {
	for s, want := range map[screen]int{chooseWallet: 0, showWords: 0, askWords: 0, askPassword: 0, chooseNetwork: 1, chooseFolder: 2} {
		if s.step() != want {
			t.Errorf("screen %v is in step %d", s, s.step())
		}
	}
	if len(stepNames()) != 3 {
		t.Error("three steps")
	}
}

func TestPasswords(t *testing.T) {
	for _, c := range []struct {
		once, twice string
		good        bool
	}{
		{"", "", false},
		{"short", "short", false},
		{"long enough", "", false},
		{"long enough", "long enougH", false},
		{"long enough", "long enough", true},
		{"äöüäöüäö", "äöüäöüäö", true},
		{"äöüä", "äöüä", false},
	} {
		if (PasswordProblem(c.once, c.twice) == "") != c.good {
			t.Errorf("%+v: %q", c, PasswordProblem(c.once, c.twice))
		}
	}
}

func TestPastedWords(t *testing.T) {
	for text, want := range map[string]string{
		"  Harbour\tviolin \n MEADOW ":    "harbour violin meadow",
		"1. harbour 2. violin\n3) meadow": "harbour violin meadow",
		"harbour, violin; meadow.":        "harbour violin meadow",
		"":                                "",
		"12 34":                           "",
	} {
		if got := Tidy(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}

func TestWordsAreJudgedWhenThereAreEnough(t *testing.T) {
	b := fake.Empty()
	if problem, good := wordsProblem(b.CheckWords, "harbour violin"); problem != "" || good {
		t.Error("judged too early")
	}
	if problem, good := wordsProblem(b.CheckWords, strings.Repeat("word ", 13)); problem == "" || good {
		t.Error("thirteen words are wrong")
	}
	if problem, good := wordsProblem(b.CheckWords, strings.Repeat("word ", 12)); problem != "" || !good {
		t.Error("twelve words are right")
	}
}

func TestNetworks(t *testing.T) {
	list := networks()
	if len(list) != 4 || list[0].id != "local" || list[0].name != "Try it here" {
		t.Fatalf("%+v", list)
	}
	if !strings.Contains(aboutNetwork("local"), "only on this computer") {
		t.Error("it must be said that files exist only here")
	}
	if networkID("mesos", "x") != "mesos" || networkID(ownNetwork, " /a/network.json ") != "/a/network.json" || networkID(ownNetwork, "") != "" {
		t.Error("ids")
	}
}

func TestFolders(t *testing.T) {
	if folderProblem("/home/ana/Stratos Drive") != "" || folderProblem("Stratos Drive") == "" || folderProblem("") == "" {
		t.Error("a folder is named from the top")
	}
}

func TestAccountNames(t *testing.T) {
	for want, list := range map[string][]app.WalletInfo{
		"":                          nil,
		"Main account, st1c74…x80p": {{Address: "st1other"}, {Address: fake.Address, Name: "Main account", Current: true}},
		"st1c74…x80p":               {{Address: fake.Address, Current: true}},
	} {
		if got := accountName(list); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if sentence(fault.Say(errors.New("x"), "It is full.")) != "It is full." {
		t.Error("sentence")
	}
}
