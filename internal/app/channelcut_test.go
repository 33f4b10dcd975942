package app

import (
	"testing"

	"github.com/stratosdrive/stratosdrive/network/channel"
)

// A publishing that was cut off leaves the old page readable; done again, it
// goes on, and nothing is uploaded or recorded twice.
func TestChannelCutOff(t *testing.T) {
	w := newChannelWorld(t)
	w.must(w.creator.SetChannel(t.Context(), ChannelAbout{Title: "Boats"}))
	open := w.add("open.txt")
	w.publish()
	fan := w.stranger()
	closed := w.add("closed.txt", w.period())
	before, err := w.creator.channelDesk()
	w.must(err)
	if again := w.add("closed.txt", closed.Periods...); again.ID != closed.ID || w.add("open.txt").ID != open.ID {
		t.Error("the same file is there twice")
	}
	ring, err := w.creator.ring(w.creator.withKey)
	w.must(err)
	if _, err := w.creator.publishChannel(t.Context(), noKey{ring.wallet}, "", true); err == nil {
		t.Fatal("published without a signature")
	}
	if c, err := fan.LookAtChannel(t.Context(), w.owner); err != nil || len(c.Items) != 1 {
		t.Fatalf("the old page: %+v, %v", c, err)
	}
	files := w.files()
	if p := w.publish(); p.Items != 2 || w.files() != files {
		t.Errorf("%d items, %d files instead of %d", p.Items, w.files(), files)
	}
	// as if it had ended before it noted that the page is out
	w.must(w.creator.changeDesk(func(d *channelDesk) { d.Own.Edits, d.Own.Seen = before.Own.Edits, before.Own.Seen }))
	if p := w.publish(); !p.Nothing || w.files() != files {
		t.Errorf("published twice: %+v, %d files", p, w.files())
	}
	// or before the link of an item was noted
	w.must(w.creator.changeOwn(func(o *ownChannel) {
		o.Edits, o.Begun, o.Made = channel.Edits{Remove: []string{closed.ID}}, o.Made[1:], nil
	}))
	w.publish()
	files = w.files()
	if again := w.add("closed.txt", closed.Periods...); again.ID != closed.ID || w.files() != files {
		t.Errorf("uploaded again: %+v, %d files instead of %d", again, w.files(), files)
	}
	w.removes(fan, open, closed)
}

// removes checks that removed items can be opened until the page is published
// without them, and that nothing is left of them then.
func (w *channelWorld) removes(fan *App, open, closed ChannelItem) {
	w.Helper()
	draft := w.add("later.txt")
	for _, i := range []ChannelItem{open, closed, draft} {
		_, err := w.creator.RemoveFromChannel(w.Context(), i.Title)
		w.must(err)
	}
	desk, err := w.creator.channelDesk()
	if e := desk.Own.Edits; err != nil || len(e.Remove) != 1 || len(desk.Own.End) != 1 {
		w.Errorf("the edits are %+v, to end are %v: %v", e, desk.Own.End, err)
	}
	if p, err := w.creator.LetFollowersIn(w.Context()); err != nil || !p.Nothing {
		w.Errorf("published %+v: %v", p, err)
	}
	if text, err := w.opens(fan, open.ID); err != nil || text != "for everybody" {
		w.Errorf("what is still on the page holds %q: %v", text, err)
	}
	w.publish()
	links, err := w.creator.Links(w.Context())
	for _, l := range links {
		if err != nil || l.Item == closed.ID || l.Item == open.ID || l.Item == draft.ID {
			w.Errorf("the link of a removed item works: %+v, %v", l, err)
		}
	}
}

// files is how many files the publishing account keeps on the network.
func (w *channelWorld) files() int {
	w.Helper()
	list, err := w.creator.Files(w.Context(), PublishAccount)
	w.must(err)
	return len(list)
}
