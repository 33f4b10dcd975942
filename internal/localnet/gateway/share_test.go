package gateway

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// share shares a file; p brings duration and privacy.
func (a wallet) share(hash string, p wire.ShareParams) (r wire.ShareResult) {
	a.w.t.Helper()
	t := a.now()
	p.FileHash, p.ReqTime = hash, t
	p.Signature = a.signed(wire.ShareMessage(hash, a.Address(), t))
	a.w.call(wire.MethodShare, p, &r)
	return r
}

func (a wallet) shares() (r wire.ShareResult) {
	a.w.t.Helper()
	t := a.now()
	a.w.call(wire.MethodListShare, wire.ListParams{Signature: a.signed(wire.ListShareMessage(a.Address(), t)), ReqTime: t}, &r)
	return r
}

func (a wallet) stopShare(id string) (r wire.ReturnResult) {
	a.w.t.Helper()
	t := a.now()
	a.w.call(wire.MethodStopShare, wire.StopShareParams{
		Signature: a.signed(wire.StopShareMessage(id, a.Address(), t)), ShareID: id, ReqTime: t,
	}, &r)
	return r
}

// getShared opens a link.
func (a wallet) getShared(link string) binResult {
	a.w.t.Helper()
	return a.w.callPiece(wire.MethodGetShared, a.sharedParams(link))
}

// sharedParams signs as the protocol wants it: without scheme and password.
func (a wallet) sharedParams(link string) wire.GetSharedParams {
	a.w.t.Helper()
	bare, _, _ := strings.Cut(strings.TrimPrefix(link, wire.LinkScheme), "/")
	sn, t := a.sequence(), a.now()
	return wire.GetSharedParams{
		Signature: a.signed(wire.SharedMessage(bare, a.Address(), sn, t)), ShareLink: link, ReqTime: t,
	}
}

func TestShares(t *testing.T) { inBothModes(t, testShares) }

func testShares(t *testing.T, w *world) {
	t.Helper()
	a, b := w.wallet(1, rich), w.wallet(2, rich)
	data := content(4<<20, 1)
	hash := a.upload("movie.bin", data)
	s := a.share(hash, wire.ShareParams{})
	if s.Return != "0" || s.ShareLink != wire.LinkScheme+s.ShareID || !regexp.MustCompile(`^[0-9a-f]{16}_[0-9a-f]{10}_[0-9a-f]{6}$`).MatchString(s.ShareID) {
		t.Fatalf("share: %+v", s)
	}
	before, _ := b.ozone()
	r := b.getShared(s.ShareLink)
	if r.Return != "2" || r.FileHash != hash || r.FileName != "movie.bin" || r.FileSize != int64(len(data)) || r.ReqID == "" {
		t.Fatalf("get shared: %+v", r.Result)
	}
	if got, last := b.collect(hash, len(data), r); !bytes.Equal(got, data) {
		t.Errorf("shared download differs: %+v", last.Result)
	}
	if after, _ := b.ozone(); before-after != int64(len(data)) {
		t.Errorf("the downloader paid %d", before-after)
	}
	l := a.shares()
	if l.Return != "0" || l.TotalNumber != 1 || len(l.Files) != 1 {
		t.Fatalf("list: %+v", l)
	}
	if f := l.Files[0]; f.ShareID != s.ShareID || f.ShareLink != s.ShareLink || f.LinkTime > a.now() || f.LinkTime < a.now()-60 || f.LinkTimeExp-f.LinkTime != 15_552_000 || f.CreateTime != 0 {
		t.Errorf("entry %+v", f)
	}
	if r := b.stopShare(s.ShareID); r.Return != "-1" {
		t.Errorf("stop by another wallet: %+v", r)
	}
	if r := a.stopShare(s.ShareID); r.Return != "0" {
		t.Errorf("stop: %+v", r)
	}
	if r := a.stopShare(s.ShareID); r.Return != "-1" {
		t.Errorf("stop again: %+v", r)
	}
	if r := b.getShared(s.ShareLink); r.Return != "-9" || r.Detail != "share link not found or expired" {
		t.Errorf("stopped link: %+v", r.Result)
	}
}

func TestPrivateShare(t *testing.T) {
	w := newWorld(t)
	a, b := w.wallet(1, rich), w.wallet(2, rich)
	hash := a.upload("f", content(10, 1))
	s := a.share(hash, wire.ShareParams{Private: true})
	password, ok := strings.CutPrefix(s.ShareLink, wire.LinkScheme+s.ShareID+"/")
	if !ok || len(password) < 4 {
		t.Fatalf("the link carries no password: %+v", s)
	}
	for _, link := range []string{wire.LinkScheme + s.ShareID, wire.LinkScheme + s.ShareID + "/wrong"} {
		if r := b.getShared(link); r.Return != "-9" {
			t.Errorf("%s: %+v", link, r.Result)
		}
	}
	if r := b.getShared(s.ShareLink); r.Return != "2" {
		t.Errorf("with password: %+v", r.Result)
	}
}

func TestExpiredShare(t *testing.T) {
	w := newWorld(t)
	a, b := w.wallet(1, rich), w.wallet(2, rich)
	hash := a.upload("f", content(10, 1))
	short, long := a.share(hash, wire.ShareParams{Duration: 3}), a.share(hash, wire.ShareParams{Duration: 3600})
	w.pass(4 * time.Second)
	if r := b.getShared(short.ShareLink); r.Return != "-9" || r.Detail != "share link not found or expired" {
		t.Errorf("expired: %+v", r.Result)
	}
	if l := a.shares(); len(l.Files) != 2 {
		t.Errorf("expired links stay listed until cleared: %+v", l)
	}
	ts := a.now()
	var c wire.ClearExpiredResult
	w.call(wire.MethodClearExpired, wire.SignedParams{Signature: a.signed(wire.ClearExpiredMessage(a.Address(), ts)), ReqTime: ts}, &c)
	if c.Return != "0" || c.Deleted != 1 || c.NewCount != 1 || c.Wallet != a.Address() {
		t.Errorf("clear: %+v", c)
	}
	if r := b.getShared(long.ShareLink); r.Return != "2" {
		t.Errorf("the other link: %+v", r.Result)
	}
}

func TestShareEndsWithItsFile(t *testing.T) { inBothModes(t, testShareEndsWithItsFile) }

func testShareEndsWithItsFile(t *testing.T, w *world) {
	t.Helper()
	a, b := w.wallet(1, rich), w.wallet(2, rich)
	hash := a.upload("f", content(10, 1))
	s := a.share(hash, wire.ShareParams{})
	var r wire.ReturnResult
	w.call(wire.MethodDelete, a.fileParams(hash), &r)
	if r := b.getShared(s.ShareLink); r.Return != "-9" {
		t.Errorf("link to a deleted file: %+v", r.Result)
	}
	if l := a.shares(); len(l.Files) != 0 || l.TotalNumber != 0 {
		t.Errorf("list: %+v", l)
	}
	if s := a.share(hash, wire.ShareParams{}); s.Return != "file not found" {
		t.Errorf("share of nothing: %+v", s)
	}
}

func TestUnknownSessionOfADownload(t *testing.T) {
	w := newWorld(t)
	a := w.wallet(1, rich)
	hash := a.upload("f", content(10, 1))
	var r wire.Result
	w.call(wire.MethodDownloadData, wire.DownloadDataParams{FileHash: hash, ReqID: "bogus"}, &r)
	if r.Return != "-7" {
		t.Errorf("made-up session: %+v", r)
	}
}

// TestShareUnderAnotherNetworksID: the link is the id, once.
func TestShareUnderAnotherNetworksID(t *testing.T) {
	inBothModes(t, func(t *testing.T, w *world) {
		a, b := w.wallet(1, rich), w.wallet(2, rich)
		hash := a.upload("f", content(10, 1))
		const cid = "bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy"
		s := a.share(hash, wire.ShareParams{IPFSCID: cid, MetaInfo: "x"})
		if s.Return != "0" || s.ShareID != cid || s.ShareLink != wire.LinkScheme+cid {
			t.Errorf("share: %+v", s)
		}
		if r := b.getShared(s.ShareLink); r.Return != "2" || r.FileHash != hash {
			t.Errorf("get shared: %+v", r.Result)
		}
		if s := b.share(b.upload("g", content(11, 2)), wire.ShareParams{IPFSCID: cid}); s.Return != "the share link is taken by another share" {
			t.Errorf("a second share: %+v", s)
		}
	})
}
