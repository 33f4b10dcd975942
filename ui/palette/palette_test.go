package palette

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/page"
)

func names(list []Entry) string {
	var out []string
	for _, e := range list {
		out = append(out, e.Name)
	}
	return strings.Join(out, ", ")
}

func TestMatching(t *testing.T) {
	for words, want := range map[string]string{
		"":         "Drive, Shared, Watch, Wallet, Stake, Activity, My nodes, Network, Explorer, Creator, Settings",
		"wa":       "Watch, Wallet",
		"a":        "Activity, Shared, Watch, Wallet, Stake, Creator",
		"SETT  in": "Settings",
		"nothing":  "",
	} {
		if got := names(matching(pages(), words)); got != want {
			t.Errorf("%q finds %s", words, got)
		}
	}
}

func TestWhereFilesLead(t *testing.T) {
	for i, want := range []Entry{
		{Icon: "folder", Name: "Work", Second: "Drive", Route: page.Route{Page: page.Drive, Arg: "Work"}},
		{Icon: "film", Name: "Holiday.mp4", Second: "Drive", Route: page.Route{Page: page.Play, Arg: "Holiday.mp4"}},
	} {
		if got := files(fake.Full().Entries[""])[i]; got.Icon != want.Icon || got.Name != want.Name || got.Second != want.Second || got.Route != want.Route {
			t.Errorf("%+v", got)
		}
	}
	plain := files([]app.Entry{{Name: "a.txt", Path: "b/c/a.txt"}})[0]
	if plain.Second != "b / c" || plain.Route != (page.Route{Page: page.Drive, Arg: "b/c"}) {
		t.Errorf("%+v", plain)
	}
}

func opened(t *testing.T, backend *fake.Backend) (*Palette, *stage.Told) {
	t.Helper()
	host, told := stage.Host(t, 720, 620)
	p := Show(host, backend, []Entry{{Icon: "lock", Name: "Lock the wallet", Do: backend.Lock}})
	p.pause = 0
	return p, told
}

func TestPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, words := range map[string]string{"all": "", "found": "o", "none": "zzz"} {
			p, _ := opened(t, fake.Full())
			p.field.SetText(words)
			shots.Match(t, name+"-"+mode, p.host.Window)
		}
	})
}

func TestKeysChoose(t *testing.T) {
	p, told := opened(t, fake.Full())
	p.field.SetText("contract")
	if got := names(p.shown); got != "Contract draft.pdf" {
		t.Fatal(got)
	}
	p.field.SetText("s")
	for _, name := range []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn} {
		p.field.TypedKey(&fyne.KeyEvent{Name: name})
	}
	if len(told.Routes) != 1 || p.dialog.Open() {
		t.Fatalf("went to %v", told.Routes)
	}
	if got := told.Routes[0]; got != p.shown[1].Route {
		t.Errorf("went to %v, not to %+v", got, p.shown[1])
	}
}

func TestActionsAreDone(t *testing.T) {
	backend := fake.Full()
	p, told := opened(t, backend)
	p.field.SetText("lock")
	p.list.OnOpen(0)
	if !backend.IsLocked || len(told.Routes) != 0 {
		t.Errorf("locked %v, went to %v", backend.IsLocked, told.Routes)
	}
	p.choose(99)
}

func TestPeopleLeadToSending(t *testing.T) {
	backend := fake.Full()
	backend.People = []app.Contact{{Name: "Ana", Address: fake.Ana}}
	p, told := opened(t, backend)
	p.field.SetText("ana")
	p.field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(told.Routes) != 1 || told.Routes[0] != (page.Route{Page: page.Wallet, Arg: "send Ana"}) {
		t.Errorf("went to %v", told.Routes)
	}
}

// What cannot be asked takes nothing away from what is known.
func TestWithoutAnAnswer(t *testing.T) {
	p, _ := opened(t, fake.Broken())
	p.field.SetText("wallet")
	if got := names(p.shown); !strings.HasPrefix(got, "Wallet") {
		t.Error(got)
	}
}
