package explorer

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/language"
	"github.com/stratosdrive/stratosdrive/ui/page"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func opened(t *testing.T, backend *fake.Backend, arg string, width, height float32) (*Page, *stage.Told) {
	t.Helper()
	host, told := stage.Host(t, width, height)
	p := New(host, backend, arg)
	stage.Put(host, p)
	return p, told
}

func TestPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, arg := range map[string]string{
			"blocks": "explorer", "files-none": "explorer/list/files", "reports": "explorer/list/reports", "proposals": "explorer/list/proposals",
			"block": "explorer/block/latest", "tx": "explorer/tx/" + fake.TxHash, "failed": "explorer/tx/" + strings.Repeat("A", 64),
			"account": "explorer/account/" + fake.Address, "missing": "explorer/block/9", "found": "explorer/find/ozone", "nothing": "explorer/find/zzz",
		} {
			p, _ := opened(t, fake.Full(), arg, 1064, 640)
			shots.Match(t, name+"-"+mode, p.host.Window)
		}
		p, _ := opened(t, fake.Broken(), "explorer", 1064, 640)
		shots.Match(t, "error-"+mode, p.host.Window)
		p, _ = opened(t, fake.Full(), "explorer/block/latest", 600, 500)
		shots.Match(t, "narrow-"+mode, p.host.Window)
	})
}

// From the list of blocks to a block, its transaction, and the account.
func TestEveryThingOpensTheNext(t *testing.T) {
	p, told := opened(t, fake.Full(), "explorer", 1064, 640)
	stage.Find[*widgets.Table](p.body)[0].OnOpen(0)
	for _, step := range []struct{ link, want string }{
		{"Sent", "tx/" + fake.TxHash}, {fake.Address, "account/" + fake.Address}, {"Sent", "tx/" + fake.TxHash},
	} {
		last := told.Routes[len(told.Routes)-1]
		p = New(p.host, fake.Full(), last.Arg)
		stage.Put(p.host, p)
		links := stage.Find[*widgets.Link](p.body)
		i := slices.IndexFunc(links, func(l *widgets.Link) bool { return strings.HasPrefix(l.Text(), step.link) })
		if i < 0 {
			t.Fatalf("%s names no %s", last.Arg, step.link)
		}
		test.Tap(links[i])
		if got := told.Routes[len(told.Routes)-1]; got != (page.Route{Page: page.Network, Arg: "explorer/" + step.want}) {
			t.Fatalf("%s leads to %+v", step.link, got)
		}
	}
}

func TestWaysAroundABlock(t *testing.T) {
	p, told := opened(t, fake.Full(), "explorer/block/latest", 1064, 640)
	var gone []string
	p.browse = func(u *url.URL) error { gone = append(gone, u.String()); return nil }
	for _, b := range stage.Find[*widgets.Button](p.around) {
		test.Tap(b)
	}
	if len(told.Routes) != 1 || told.Routes[0].Arg != "explorer/block/2481032" || !slices.Equal(gone, []string{"https://explorer.example/blocks/2481033"}) {
		t.Errorf("ways %+v, browser %q", told.Routes, gone)
	}
	p.browse = func(*url.URL) error { return fake.ErrOffline }
	p.openPublic()
	p.view.Public = "https://%zz"
	p.openPublic()
	if len(told.Said) != 2 {
		t.Errorf("said %q", told.Said)
	}
	for _, b := range stage.Find[*widgets.Button](p.object) {
		if b.Text() == "" && b.OnTapped != nil && told.Backs == 0 {
			test.Tap(b)
		}
	}
	if told.Backs != 1 {
		t.Error("no way back")
	}
}

func TestSearch(t *testing.T) {
	backend := fake.Full()
	p, told := opened(t, backend, "explorer", 1064, 640)
	p.Search()
	if p.host.Canvas().Focused() == nil {
		t.Error("the field has no focus")
	}
	p.search.OnSubmitted("  ")
	p.search.OnSubmitted(" ozone ")
	if len(told.Routes) != 1 || told.Routes[0].Arg != "explorer/find/ozone" {
		t.Fatalf("ways %+v", told.Routes)
	}
	p, told = opened(t, backend, "explorer/find/ozone", 1064, 640)
	if p.search.Text != "ozone" || len(p.lines) != 1 {
		t.Errorf("%q finds %+v", p.search.Text, p.lines)
	}
	stage.Find[*widgets.Table](p.body)[0].OnOpen(0)
	if told.Routes[0].Arg != "explorer/proposal/14" {
		t.Errorf("ways %+v", told.Routes)
	}
	p, _ = opened(t, backend, "explorer/find/"+fake.TxHash, 1064, 640)
	if p.view.ID != fake.TxHash {
		t.Errorf("the name of a thing does not lead there: %+v", p.view.Item)
	}
}

func TestTabsAndErrors(t *testing.T) {
	backend := fake.Broken()
	p, told := opened(t, backend, "explorer", 1064, 640)
	stage.Find[*widgets.Segments](p.object)[0].Choose(4)
	if told.Routes[0].Arg != "explorer/list/proposals" {
		t.Errorf("ways %+v", told.Routes)
	}
	for _, arg := range []string{"explorer", "explorer/find/x", "explorer/block/latest"} {
		p, _ := opened(t, backend, arg, 1064, 640)
		backend.Err, backend.Seen = nil, fake.Full().Seen
		for _, b := range stage.Find[*widgets.Button](p.body) {
			test.Tap(b)
		}
		if len(stage.Find[*widgets.Button](p.body)) != 0 {
			t.Errorf("%s: trying again does not help", arg)
		}
		backend.Err = fake.ErrOffline
	}
	calls := len(backend.Calls)
	p.Follow(app.Event{Kind: app.DriveChanged})
	p.place = place{find: "x"}
	p.Follow(app.Event{Kind: app.SetupChanged})
	if len(backend.Calls) != calls+1 {
		t.Errorf("asked %q", backend.Calls[calls:])
	}
	p.Leave()
	if p.tasks.Context().Err() == nil {
		t.Error("work goes on after the page was left")
	}
}

func TestPlaces(t *testing.T) {
	for arg, want := range map[string]place{
		"explorer": {list: "blocks"}, "explorer/": {list: "blocks"}, "explorer/list/files": {list: "files"}, "explorer/list/": {list: "blocks"},
		"explorer/find/two words": {find: "two words"}, "explorer/find/a/b": {find: "a/b"}, "explorer/tx/AB": {item: app.Item{Kind: "tx", ID: "AB"}},
	} {
		if got := placeOf(arg); got != want {
			t.Errorf("%q is %+v", arg, got)
		}
	}
	for _, r := range []page.Route{listRoute("files"), findRoute("x y"), itemRoute(app.Item{Kind: "block", ID: "1"})} {
		if got := placeOf(r.Arg); got == (place{list: "blocks"}) {
			t.Errorf("%+v leads home", r)
		}
	}
}

func TestWords(t *testing.T) {
	count, percent, at := int64(12345), 12.5, fake.Now.Add(-time.Hour)
	for want, f := range map[string]app.Fact{
		"12,345": {Count: &count}, "12.5 %": {Percent: &percent}, "22 Nov 2026, 14:00": {Time: &at}, "a b": {Text: " a\n b"},
		"Active": {Text: "Active", Words: true}, "x, 3 ozone": {Text: "x", Noz: "3000000000"}, "": {},
	} {
		if got := valueOf(f, fake.Now); got != want {
			t.Errorf("%+v says %q, want %q", f, got, want)
		}
	}
	if !long(app.Fact{Text: strings.Repeat("word ", 30)}) || long(app.Fact{Text: strings.Repeat("A", 64)}) {
		t.Error("what is long")
	}
	money := fake.Full().Money.Total
	for _, c := range []struct {
		line                app.ChainLine
		name, second, value string
	}{
		{app.ChainLine{Item: app.Item{Kind: "block", ID: "7"}, Words: "Block", Time: at, Count: 1}, "Block 7", "1 transaction", ""},
		{app.ChainLine{Item: app.Item{Kind: "tx", ID: fake.TxHash}, Words: "Sent", From: fake.Address, To: fake.Ana, Amount: &money}, "Sent", "st1c74…x80p to st1c74…x80p", "1,284.372 STOS"},
		{app.ChainLine{Item: app.Item{Kind: "tx", ID: fake.TxHash}, Words: "Bought ozone", From: fake.Ana, Noz: "2000000000"}, "Bought ozone", "st1c74…x80p", "2 ozone"},
		{app.ChainLine{Item: app.Item{Kind: "proposal", ID: "3"}, Words: "Shall\nwe?", Title: true}, "Shall we?", "", ""},
		{app.ChainLine{Item: app.Item{Kind: "proposal", ID: "3"}, Words: "Proposal"}, "Proposal 3", "", ""},
		{app.ChainLine{Item: app.Item{Kind: "tx", ID: fake.TxHash}, Words: "Transaction"}, "Transaction", "4BF512…122F", ""},
	} {
		if lineName(c.line) != c.name || lineSecond(c.line) != c.second || lineValue(c.line) != c.value || lineIcon(c.line) == "" {
			t.Errorf("%+v: %q, %q, %q", c.line, lineName(c.line), lineSecond(c.line), lineValue(c.line))
		}
	}
	if titleOf(app.ItemView{Item: app.Item{ID: "12"}, Words: "Block"}) != "Block 12" || titleOf(app.ItemView{Item: app.Item{ID: fake.TxHash}, Words: "Sent"}) != "Sent" {
		t.Error("titles")
	}
}

func TestInOtherLanguages(t *testing.T) {
	t.Cleanup(func() { _ = language.Use("en") })
	for _, code := range []string{"de", "fr", "es", "zh"} {
		if err := language.Use(code); err != nil {
			t.Fatal(err)
		}
		for _, arg := range []string{"explorer", "explorer/block/latest", "explorer/tx/" + fake.TxHash} {
			p, _ := opened(t, fake.Full(), arg, 684, 500)
			if got := p.object.MinSize().Width; got > 684 {
				t.Errorf("%s, %s needs %v pixels", code, arg, got)
			}
		}
		if got := listWords()[0]; got == "Blocks" {
			t.Errorf("%s: %q is English", code, got)
		}
	}
}
