package app

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/network/channel"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/history"
)

// Links of removed items end only when no page that may be out leads to them.
func TestLinksOfRemovedItems(t *testing.T) {
	link := func(id, item string) madeLink { return madeLink{Link: Link{ID: id, Item: item}} }
	r := register{Links: []madeLink{link("l1", "on"), link("l2", "off"), link("l3", "held")}}
	raw, err := json.Marshal(channel.File{Items: []channel.Item{{ID: "held"}}})
	if err != nil {
		t.Fatal(err)
	}
	o := ownChannel{End: []string{"l1", "l2", "l3", "unknown"}, Page: &heldPage{Page: raw}}
	page := channel.File{Items: []channel.Item{{ID: "on"}}}
	if ids := o.toEnd(r, page); !slices.Equal(ids, []string{"l2", "unknown"}) {
		t.Error(ids)
	}
	o.Page = nil
	if ids := o.toEnd(r, channel.File{}); len(ids) != 4 {
		t.Error(ids)
	}
}

// A payment whose answer was lost may have been made: nobody pays twice.
func TestPaymentsThatCount(t *testing.T) {
	for _, c := range []struct {
		state   chain.State
		in, out bool
	}{{chain.Done, true, true}, {chain.Sending, false, true}, {chain.Unknown, false, true}, {chain.Failed, false, false}, {chain.Expired, false, false}} {
		in, out := pays(history.Entry{State: c.state, Direction: history.In}), pays(history.Entry{State: c.state, Direction: history.Out})
		if in != c.in || out != c.out {
			t.Errorf("%s: %v, %v", c.state, in, out)
		}
	}
	sure, unsure := subscribeWarnings(ChannelInfo{}, ChannelPeriod{}), subscribeWarnings(ChannelInfo{unsure: true}, ChannelPeriod{})
	if len(unsure) != len(sure)+1 || !strings.Contains(unsure[0].String(), "whether you paid") {
		t.Errorf("%q, %q", sure, unsure)
	}
}

// A file goes only when neither the page nor an edit names it, and content that
// something else stands on stays.
func TestFilesThatAreNamed(t *testing.T) {
	file := func(name, content string) heldFile {
		return heldFile{FileID: content, ShareID: name, Link: "sds://" + name + "_0123456789"}
	}
	next := file("page2", "p2")
	memo, err := channel.NewRecord(next.Link, nil).Memo()
	if err != nil {
		t.Fatal(err)
	}
	face, item, draft, unused := file("face", "1"), file("item", "2"), file("draft", "3"), file("unused", "4")
	o := ownChannel{
		Edits: channel.Edits{Add: []channel.Item{{Poster: draft.Link}}}, Page: &heldPage{heldFile: next},
		Old: []heldFile{file("keys", "5"), file("twice", "1"), file("gone", "6")}, Posters: []heldFile{face, item, draft, unused},
	}
	page := channel.File{Poster: face.Link, Items: []channel.Item{{Poster: item.Link}}, Periods: []channel.Period{{Grants: file("keys", "5").Link}}}
	gone := o.settle(seenPage{Height: 9, Memo: memo}, page)
	twice := file("twice", "")
	if !slices.Equal(gone, []heldFile{twice, file("gone", "6")}) || !slices.Equal(o.Old, []heldFile{file("keys", "5"), unused}) ||
		!slices.Equal(o.Posters, []heldFile{face, item, draft}) {
		t.Errorf("gone %v, old %v, posters %v", gone, o.Old, o.Posters)
	}
}

// What changes nothing is not written, so that nobody reads it again.
func TestChannelBookAtRest(t *testing.T) {
	a := openTest(t, t.TempDir())
	if _, err := a.AddWallet(t.Context(), "Mine", testWords, []byte("x")); err != nil {
		t.Fatal(err)
	}
	change := func(title string) []byte {
		if err := a.changeOwn(func(o *ownChannel) { o.Edits.About = &channel.About{Title: title} }); err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(a.profile.channels())
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	marked := append(change("Boats"), "\n\n"...)
	if err := os.WriteFile(a.profile.channels(), marked, 0o600); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(change("Boats"), marked) {
		t.Error("written, and nothing had changed")
	}
	if bytes.Equal(change("Ships"), marked) {
		t.Error("a change is not written")
	}
}

// The folder of pages is bounded: what was used longest ago goes.
func TestBoundFolder(t *testing.T) {
	dir := t.TempDir()
	for i, name := range []string{"new", "older", "oldest"} {
		name = filepath.Join(dir, name)
		at := pageAt.Add(-time.Duration(i) * time.Hour)
		if err := os.WriteFile(name, make([]byte, 10), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(name, at, at); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		limit int64
		left  []string
	}{{30, []string{"new", "older", "oldest"}}, {29, []string{"new", "older"}}, {10, []string{"new"}}} {
		boundFolder(dir, c.limit)
		entries, err := os.ReadDir(dir)
		var left []string
		for _, e := range entries {
			left = append(left, e.Name())
		}
		if err != nil || !slices.Equal(left, c.left) {
			t.Errorf("%d: %v, %v", c.limit, left, err)
		}
	}
}
