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
	_, err = w.creator.RemoveFromChannel(t.Context(), closed.Title)
	w.must(err)
	w.publish()
	links, err := w.creator.Links(t.Context())
	for _, l := range links {
		if err != nil || l.Item == closed.ID {
			t.Errorf("the link of a removed item works: %+v, %v", l, err)
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
