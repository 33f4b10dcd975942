package gateway

import (
	"maps"
	"net/http"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// audienceOf sums what the owner of a file is told.
func (a wallet) audienceOf(hash string) (sum meta.Attention, got meta.Audience) {
	a.w.t.Helper()
	all, err := a.w.meta.Audiences(a.w.t.Context(), a.Address())
	must(a.w.t, err)
	if all[hash] == nil {
		return sum, got
	}
	for _, d := range all[hash].Days {
		sum.Plays, sum.Ends, sum.Bytes = sum.Plays+d.Plays, sum.Ends+d.Ends, sum.Bytes+d.Bytes
	}
	return sum, *all[hash]
}

// TestWhoWatchesIsCounted: each session of another wallet is a play, with the
// parts that it was given, however often it asks for them.
func TestWhoWatchesIsCounted(t *testing.T) { inBothModes(t, testWhoWatchesIsCounted) }

func testWhoWatchesIsCounted(t *testing.T, w *world) {
	t.Helper()
	a, b := w.wallet(1, rich), w.wallet(2, rich)
	hash := a.storedVideo()
	s := a.share(hash, wire.ShareParams{})
	open := func(who wallet) string {
		return who.prepare(wire.RESTPrepareShared+s.ShareID, func(sn string, t int64) string {
			return wire.SharedMessage(s.ShareID, who.Address(), sn, t)
		})
	}
	w.play(open(a))
	if sum, _ := a.audienceOf(hash); sum != (meta.Attention{}) {
		t.Errorf("the owner is counted: %+v", sum)
	}
	id := open(b)
	if sum, _ := a.audienceOf(hash); sum.Plays != 0 {
		t.Errorf("an open video is a play: %+v", sum)
	}
	segments := w.play(id)
	w.play(id)
	w.play(open(b))
	sum, got := a.audienceOf(hash)
	if sum.Plays != 2 || sum.Ends != 2 || sum.Bytes == 0 || got.Payers != 1 || len(got.Parts) != segments {
		t.Errorf("%+v %+v, %d segments", sum, got, segments)
	}
	if got.Shares[s.ShareID] != (meta.Attention{Plays: 2, Bytes: sum.Bytes}) || len(got.Shares) != 1 {
		t.Errorf("by link: %+v of %+v", got.Shares, sum)
	}
	for part, plays := range got.Parts {
		if plays != 2 {
			t.Errorf("part %d was given %d times", part, plays)
		}
	}
}

// TestAPlayThatIsBrokenOff: what was not asked for was not seen.
func TestAPlayThatIsBrokenOff(t *testing.T) {
	w := newWorld(t)
	a, b := w.wallet(1, rich), w.wallet(2, rich)
	data := paddedClip(t, 14<<20)
	p := a.uploadParams("clip.mp4", data, wire.Video)
	if r := a.uploadVideo("clip.mp4", p, data); r.Return != "0" {
		t.Fatalf("upload: %+v", r)
	}
	a.await(p.FileHash)
	s := a.share(p.FileHash, wire.ShareParams{})
	id := b.prepare(wire.RESTPrepareShared+s.ShareID, func(sn string, t int64) string {
		return wire.SharedMessage(s.ShareID, b.Address(), sn, t)
	})
	if status, _, _ := w.restCall(http.MethodGet, wire.RESTSegment+id+"/0.ts", nil); status != http.StatusOK {
		t.Fatalf("the first segment is answered with %d", status)
	}
	if sum, got := a.audienceOf(p.FileHash); sum.Plays != 1 || sum.Ends != 0 || !maps.Equal(got.Parts, map[int]int64{0: 1}) {
		t.Errorf("%+v %+v", sum, got)
	}
}

// TestWhoDownloadsIsCounted: a download is a play that ends with its last byte.
func TestWhoDownloadsIsCounted(t *testing.T) {
	w := newWorld(t)
	a, b := w.wallet(1, rich), w.wallet(2, rich)
	data := content(4<<20, 1)
	hash := a.upload("movie.bin", data)
	s := a.share(hash, wire.ShareParams{})
	r := b.getShared(s.ShareLink)
	if sum, _ := a.audienceOf(hash); sum.Plays != 0 || sum.Bytes == 0 {
		t.Errorf("before its end: %+v", sum)
	}
	b.collect(hash, len(data), r)
	a.download(hash, len(data))
	sum, got := a.audienceOf(hash)
	if sum != (meta.Attention{Plays: 1, Ends: 1, Bytes: int64(len(data))}) || !maps.Equal(got.Parts, map[int]int64{0: 1}) || got.Payers != 1 {
		t.Errorf("%+v %+v", sum, got)
	}
}
