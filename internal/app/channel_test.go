package app

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/network/channel"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

const (
	artist = "st1jyvtwupfrzxgendxpuc94h5n9z9277cq3e742k"
	other  = "st1nfvtkfup03pp8ztdqwagcx3ky7997ps6pnvahv"
)

var pageAt = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// Two devices that tell each other what they follow come to say the same, and
// then have nothing more to say; the newest word holds.
func TestFollowsTravel(t *testing.T) {
	const prefix = followKey + artist + "/"
	records := map[string][]byte{}
	tell := func(known []followed) int {
		said := untoldFollows(known, records, prefix)
		for key, value := range said {
			records[key] = value
		}
		return len(said)
	}
	first := []followed{{Owner: other, Since: pageAt, Looked: pageAt, Changed: pageAt}}
	if tell(first) != 1 || tell(first) != 0 {
		t.Fatal(records)
	}
	second := newFollows(nil, records, prefix)
	if len(second) != 1 || second[0] != first[0] || len(newFollows(second, records, prefix)) != 0 || tell(second) != 0 {
		t.Fatalf("the other device follows %+v", second)
	}
	second[0].Gone, second[0].Changed = true, pageAt.Add(time.Minute)
	if tell(second) != 1 || tell(first) != 0 {
		t.Fatal("the older word holds")
	}
	if news := newFollows(first, records, prefix); len(news) != 1 || !news[0].Gone {
		t.Fatalf("the first device hears %+v", news)
	}
	records[prefix+other] = []byte(`{"v":2}`)
	if tell(second) != 0 || len(newFollows(first, records, prefix)) != 0 {
		t.Error("what a later version wrote is not left alone")
	}
	records[prefix+"elsewhere"] = []byte(`{"v":1}`)
	if news := newFollows(first, records, prefix); len(news) != 0 {
		t.Errorf("nonsense is followed: %+v", news)
	}
}

// Only a payment of enough to the creator, signed by who pays, for this very
// period, lets somebody in.
func TestWhoPaid(t *testing.T) {
	secret := slices.Repeat([]byte{7}, 32)
	fan, err := stratos.NewPrivateKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	owner, _ := stratos.ParseAddress(artist)
	period := channel.Period{ID: "0123456789abcdef", Price: stratos.WeiAmount(100)}
	pay := func(from, to string, wei string, memo string, code uint32, keys ...stratos.PublicKey) *chain.Tx {
		fields, _ := json.Marshal(map[string]any{"from_address": from, "to_address": to, "amount": []map[string]string{{"denom": "wei", "amount": wei}}})
		return &chain.Tx{Memo: memo, Code: code, Signers: keys, Messages: []chain.TxMessage{{Type: message.TypeSend, Fields: fields}}}
	}
	me, memo := fan.Address().String(), "stos-subscribe/1 0123456789abcdef"
	if key, paid := followerOf(pay(me, artist, "100", memo, 0, fan.Public()), owner, period); !paid || key != fan.Public() {
		t.Error("who paid is not let in")
	}
	for name, tx := range map[string]*chain.Tx{
		"too little":     pay(me, artist, "99", memo, 0, fan.Public()),
		"to another":     pay(me, other, "100", memo, 0, fan.Public()),
		"another period": pay(me, artist, "100", "stos-subscribe/1 0123456789abcdee", 0, fan.Public()),
		"failed":         pay(me, artist, "100", memo, 5, fan.Public()),
		"without a key":  pay(me, artist, "100", memo, 0),
		"of another":     pay(other, artist, "100", memo, 0, fan.Public()),
	} {
		if _, paid := followerOf(tx, owner, period); paid {
			t.Errorf("%s: let in", name)
		}
	}
}

// A record counts when the owner of the channel paid himself with it.
func TestRecordsOfOthers(t *testing.T) {
	owner, _ := stratos.ParseAddress(artist)
	memo, err := channel.NewRecord(sampleLink, nil).Memo()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		from, to, memo string
		code           uint32
		is             bool
	}{
		{artist, artist, memo, 0, true}, {artist, artist, memo, 1, false}, {artist, other, memo, 0, false}, {other, artist, memo, 0, false}, {artist, artist, "stos-channel/1", 0, false},
	} {
		fields, _ := json.Marshal(map[string]any{"from_address": c.from, "to_address": c.to})
		tx := &chain.Tx{Memo: c.memo, Code: c.code, Messages: []chain.TxMessage{{Type: message.TypeSend, Fields: fields}}}
		if _, is := recordIn(tx, owner); is != c.is {
			t.Errorf("%+v: %v", c, is)
		}
	}
}

func TestAudience(t *testing.T) {
	now := time.Now()
	page := channel.File{Periods: []channel.Period{
		{ID: "a", From: now.Add(-time.Hour), To: now.Add(time.Hour)}, {ID: "b", From: now.Add(time.Hour), To: now.Add(2 * time.Hour)},
	}}
	for _, c := range []struct {
		page         channel.File
		wanted, want []string
		fails        bool
	}{
		{page, nil, nil, false},
		{page, []string{"b", "a", "b"}, []string{"a", "b"}, false},
		{page, []string{"now"}, []string{"a"}, false},
		{page, []string{"now", "a"}, []string{"a"}, false},
		{page, []string{"c"}, nil, true},
		{channel.File{}, []string{"now"}, nil, true},
	} {
		if got, err := audience(c.page, c.wanted); !slices.Equal(got, c.want) || (err != nil) != c.fails {
			t.Errorf("%v: %v, %v", c.wanted, got, err)
		}
	}
}

// A page that was uploaded and not recorded is used again, if it says the same
// whenever it is published.
func TestSamePage(t *testing.T) {
	base := channel.File{Owner: artist, Title: "Boats", Changed: pageAt}
	edits := channel.Edits{Add: []channel.Item{{ID: "0123456789abcdef", Kind: channel.Plain, Title: "Plan", Link: sampleLink}}}
	held, _ := base.With(edits, pageAt.Add(time.Minute))
	raw, err := held.Encode()
	if err != nil {
		t.Fatal(err)
	}
	later, _ := base.With(edits, pageAt.Add(time.Hour))
	if !samePage(raw, later) || later.Items[0].At.Equal(held.Items[0].At) {
		t.Error("the same page a moment later is another one")
	}
	edits.About = &channel.About{Title: "Ships"}
	if other, _ := base.With(edits, pageAt.Add(time.Hour)); samePage(raw, other) || samePage([]byte("{"), later) {
		t.Error("another page is the same")
	}
}

// What the page before stood on goes with the page after, and nothing that is
// still named.
func TestFilesOfOldPages(t *testing.T) {
	file := func(name string) heldFile { return heldFile{ShareID: name, Link: "sds://" + name + "_0123456789"} }
	memo := func(h heldFile) seenPage {
		text, err := channel.NewRecord(h.Link, nil).Memo()
		if err != nil {
			t.Fatal(err)
		}
		return seenPage{Height: 9, Memo: text}
	}
	o := ownChannel{
		Page: &heldPage{heldFile: file("page2")}, Now: []heldFile{file("page1"), file("keys1"), file("keysb")},
		Grants: map[string]heldFile{"a": file("keys2")}, Old: []heldFile{file("page0")},
	}
	page := channel.File{Periods: []channel.Period{{Grants: file("keys2").Link}, {Grants: file("keysb").Link}, {}}}
	if gone := o.settle(memo(file("elsewhere")), page); len(gone) != 0 || o.Page == nil || len(o.Old) != 1 {
		t.Fatalf("the page of another device takes %v", gone)
	}
	gone := o.settle(memo(file("page2")), page)
	if !slices.Equal(gone, []heldFile{file("page0")}) || !slices.Equal(o.Now, []heldFile{file("keys2"), file("keysb"), file("page2")}) ||
		!slices.Equal(o.Old, []heldFile{file("page1"), file("keys1")}) || o.Page != nil || o.Grants != nil {
		t.Errorf("gone %v, now %v, old %v", gone, o.Now, o.Old)
	}
}

func TestChannelInput(t *testing.T) {
	a := openTest(t, t.TempDir())
	for text, ok := range map[string]bool{
		artist: true, " " + artist + "\n": true, ChannelLink(artist): true, ChannelLink(artist) + "/": true,
		"": false, "stos://channel/": false, "stos://channel/st1x": false, sampleLink: false,
	} {
		owner, err := a.channelOwner(text)
		if (err == nil) != ok || ok && owner.String() != artist || !ok && fault.ExitCode(err) != int(fault.WrongUse) {
			t.Errorf("%q: %v, %v", text, owner, err)
		}
	}
	page := channel.File{Items: []channel.Item{{ID: "0123456789abcdef", Title: "One"}, {ID: "1123456789abcdef", Title: "Two"}, {ID: "2123456789abcdef", Title: "two"}}}
	for what, want := range map[string]string{"one": "0123456789abcdef", "1123456789abcdef": "1123456789abcdef", "two": "", "three": ""} {
		if item, err := channelItemOf(page, what); item.ID != want || (err == nil) != (want != "") {
			t.Errorf("%q: %s, %v", what, item.ID, err)
		}
	}
	for name, want := range map[string]string{"a/b.mp4": channel.Video, "x.flac": channel.Music, "x.pdf": channel.Plain, "x": channel.Plain} {
		if got := kindOf(name); got != want {
			t.Errorf("%s is %s", name, got)
		}
	}
	if err := closedItem(ChannelInfo{Periods: []ChannelPeriod{{ID: "a", State: AwaitsUnlock}}}, ChannelItem{Periods: []string{"a"}}); !errors.Is(err, errLocked) {
		t.Error(err)
	}
}

// What is known of channels is kept by address, and damage is told.
func TestChannelBook(t *testing.T) {
	a := openTest(t, t.TempDir())
	if _, err := a.AddWallet(t.Context(), "Mine", testWords, []byte("x")); err != nil {
		t.Fatal(err)
	}
	if err := a.changeOwn(func(o *ownChannel) { o.Edits.About = &channel.About{Title: "Boats"} }); err != nil {
		t.Fatal(err)
	}
	desk, err := a.channelDesk()
	if err != nil || desk.Own.Edits.About.Title != "Boats" {
		t.Fatalf("%+v, %v", desk, err)
	}
	if err := writeJSON(a.profile.channels(), channelBook{Version: 9}); err != nil {
		t.Fatal(err)
	}
	if _, err := a.channelDesk(); err == nil || a.changeOwn(func(*ownChannel) {}) == nil {
		t.Error("a book of a newer version is read, or written over")
	}
}

// A network address that keeps no list of transactions cannot be used to follow
// channels, which is said; other trouble is not taken for it.
func TestChannelsWithoutAnIndex(t *testing.T) {
	owner, _ := stratos.ParseAddress(artist)
	for name, c := range map[string]struct {
		status  int
		answer  string
		noIndex bool
	}{
		"keeps none": {http.StatusInternalServerError, `{"code":2,"message":"transaction indexing is disabled","details":[]}`, true},
		"is down":    {http.StatusInternalServerError, `{"code":13,"message":"database is closed","details":[]}`, false},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(c.status)
			_, _ = w.Write([]byte(c.answer))
		}))
		node, err := chain.New(chain.Options{Network: network.Network{ChainID: "stratos-1", REST: server.URL}})
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = newestRecord(t.Context(), node, owner, seenPage{})
		if says := strings.Contains(fault.Sentence(err), "cannot be used to follow channels"); says != c.noIndex || errors.Is(err, chain.ErrNoIndex) != c.noIndex {
			t.Errorf("%s: %q", name, fault.Sentence(err))
		}
		if errors.Is(err, ErrNoChannel) {
			t.Errorf("%s: it is taken for an address without a channel", name)
		}
		server.Close()
	}
}
