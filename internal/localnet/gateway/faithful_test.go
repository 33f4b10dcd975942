package gateway

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// takes returns how long a call takes on the network's clock.
func (w *world) takes(call func()) time.Duration {
	before := w.clock.Now()
	call()
	return w.clock.Now().Sub(before)
}

func TestAnswersOfTheMetaNodeTakeTime(t *testing.T) {
	w := newWorld(t, faithful)
	a := w.wallet(1, rich)
	data := content(1000, 1)
	p, first := a.begin(data)
	sign := a.signParams(p.FileHash)
	const answer = 104 * time.Millisecond
	var out json.RawMessage
	for _, c := range []struct {
		name string
		call func()
		want time.Duration
	}{
		{"getOzone", func() { a.ozone() }, answer},
		{"requestServiceStatus", func() { w.call(wire.MethodServiceStatus, wire.ServiceStatusParams{}, &out) }, 0},
		{"uploadData", func() { a.send(p, data, first) }, 0},
		{"uploadSign", func() { w.sign(sign) }, 2 * answer},
		{"getFileStatus answered by the node", func() { a.status(p.FileHash) }, 0},
		{"getFileStatus of nothing", func() { a.status(emptyHash) }, answer},
		{"requestList", func() { a.list(0) }, answer},
		{"requestShare", func() { a.share(p.FileHash, wire.ShareParams{}) }, answer},
		{"requestListShare", func() { a.shares() }, answer},
		{"requestStopShare", func() { a.stopShare("x") }, answer},
		{"getOzone and requestDownload", func() { a.callDownload(p.FileHash) }, 6 * answer},
		{"refused requestDownload", func() { a.callDownload(emptyHash) }, 2 * answer},
		{"requestDeleteFile", func() { w.call(wire.MethodDelete, a.fileParams(emptyHash), &out) }, answer},
	} {
		if got := w.takes(c.call); got != c.want {
			t.Errorf("%s takes %v, not %v", c.name, got, c.want)
		}
	}
}

func TestFriendlyAnswersTakeNoTime(t *testing.T) {
	w := newWorld(t)
	a := w.wallet(1, rich)
	if got := w.takes(func() { a.download(a.upload("f", content(1000, 1)), 1000) }); got != 0 {
		t.Errorf("it takes %v", got)
	}
}

// TestLateAnswersAreLost: an answer after 30 s is none.
func TestLateAnswersAreLost(t *testing.T) {
	w := newWorld(t, faithful)
	a := w.wallet(1, rich)
	w.clock.auto = time.Hour
	for late, lost := range map[time.Duration]bool{29 * time.Second: false, 31 * time.Second: true} {
		w.g.quirks.answer = late
		body, err := jsonCall(1, wire.MethodGetOzone, wire.OzoneParams{Wallet: a.Address()})
		must(t, err)
		_, raw, err := exchangeHTTP(t.Context(), http.MethodPost, w.rpc.URL, "application/json", string(body))
		if (err != nil) != lost || err != nil && !strings.Contains(err.Error(), "EOF") {
			t.Errorf("after %v: %s, %v", late, raw, err)
		}
	}
}

func TestStatesOfAnUpload(t *testing.T) {
	w := newWorld(t, faithful)
	a, b := w.wallet(1, rich), w.wallet(2, rich)
	data := content(1000, 1)
	if r := a.tryUpload("f", data); r.Return != "0" {
		t.Fatalf("upload: %+v", r)
	}
	hash := hashOf(data, wire.Ordinary)
	w.clock.auto = 0
	w.g.quirks.answer = 0
	check := func(want wire.FileStatusResult) {
		t.Helper()
		want.Return = "0"
		if s := a.status(hash); s != want {
			t.Errorf("status %+v, not %+v", s, want)
		}
	}
	check(wire.FileStatusResult{State: wire.StateUploading})
	w.pass(9 * time.Second)
	check(wire.FileStatusResult{State: wire.StateUploading})
	w.pass(w.g.quirks.send - 9*time.Second - 208*time.Millisecond)
	check(wire.FileStatusResult{State: wire.StateConfirming, HasFile: true, Replicas: 5})
	w.pass(w.g.quirks.confirm)
	check(wire.FileStatusResult{State: wire.StateFinished, HasFile: true, Replicas: 5})
	if r := b.tryUpload("g", data); r.Return != "0" {
		t.Fatalf("upload: %+v", r)
	}
	if s := b.status(hash); s.State != wire.StateFinished {
		t.Errorf("content that the nodes have is not sent again, but its state is %+v", s)
	}
}

func TestWrongLengthInTheMiddle(t *testing.T) {
	w := newWorld(t, faithful)
	a := w.wallet(1, rich)
	data := content(4_000_000, 1)
	p, _ := a.begin(data)
	r := w.sendData(p, data[:3_499_999])
	if start, end, ok := r.Range(); r.Return != "1" || !ok || start != 3_500_000 || end != 4_000_000 {
		t.Errorf("a piece that is too short: %+v", r)
	}
	if r := w.sendData(p, data[3_500_000:]); r.Return != "-14" {
		t.Errorf("the next piece: %+v", r)
	}
	if _, r := a.begin(data); r.Return != "1" {
		t.Errorf("another session: %+v", r)
	}
}

func TestStoppedUploadGoesOnBlocking(t *testing.T) {
	w := newWorld(t, faithful)
	a := w.wallet(1, rich)
	data := content(5000, 1)
	p, first := a.begin(data)
	stop := wire.UploadDataParams{FileHash: p.FileHash, Signature: p.Signature, ReqTime: p.ReqTime, SequenceNumber: p.SequenceNumber, Stop: true}
	var r wire.Result
	if w.call(wire.MethodUploadData, stop, &r); r.Return != "-14" {
		t.Errorf("stop: %+v", r)
	}
	w.pass(time.Minute)
	if _, r := a.begin(data); r.Return != "-13" {
		t.Errorf("a session after a minute: %+v", r)
	}
	if r := a.send(p, data, first); r.Return != "0" {
		t.Errorf("who knows the range may go on: %+v", r)
	}
	w.pass(15 * time.Second)
	if _, r := a.begin(data); r.Return != "1" {
		t.Errorf("a session after the time for uploadSign: %+v", r)
	}
}

// TestVideosHangAsFiles: the price is taken and nothing comes.
func TestVideosHangAsFiles(t *testing.T) {
	w := newWorld(t, faithful)
	a := w.wallet(1, rich)
	hash := a.storedVideo()
	link := a.share(hash, wire.ShareParams{}).ShareLink
	for method, params := range map[string]func() any{
		wire.MethodDownload:  func() any { return a.downloadParams(hash) },
		wire.MethodGetShared: func() any { return a.sharedParams(link) },
	} {
		before, _ := a.ozone()
		body, err := jsonCall(1, method, params())
		must(t, err)
		w.sendSilent(string(body)).hangs()
		if after, _ := a.ozone(); after == before {
			t.Errorf("%s was not paid", method)
		}
	}
}

func TestRefusedSharedVideoCrashes(t *testing.T) {
	for name, want := range map[bool]string{true: `"code":-32000,"message":"method handler crashed"`, false: `"return":"-9"`} {
		w := newWorld(t, func(o *Options) { o.Faithful = name })
		a := w.wallet(1, rich)
		ts := a.now()
		const link = "0123456789abcdef_0123456789_abcdef"
		raw := w.raw(wire.MethodVideoShared, wire.GetSharedParams{
			Signature: a.signed(wire.SharedMessage(link, a.Address(), a.sequence(), ts)), ShareLink: wire.LinkScheme + link, ReqTime: ts,
		})
		if !strings.Contains(string(raw), want) {
			t.Errorf("faithful %v: %s", name, raw)
		}
	}
}

func TestLostPasswords(t *testing.T) {
	w := newWorld(t, faithful)
	a, b := w.wallet(1, rich), w.wallet(2, rich)
	hash := a.storedVideo()
	s := a.share(hash, wire.ShareParams{Private: true})
	if s.ShareLink != wire.LinkScheme+s.ShareID {
		t.Errorf("the link tells the password: %+v", s)
	}
	listed, _, err := w.meta.Shares(t.Context(), a.Address(), 0, 1)
	must(t, err)
	message := func(sn string, ts int64) string { return wire.SharedMessage(s.ShareID, b.Address(), sn, ts) }
	path := wire.RESTPrepareShared + s.ShareID
	status, _, raw := w.restCall(http.MethodPost, path+"?password="+listed[0].Password, b.prepareBody(message))
	if status != 500 || !strings.Contains(string(raw), `"message":"failed to get file storage info"`) {
		t.Errorf("password as query: %d %s", status, raw)
	}
	if w.play(b.prepare(path+"/"+listed[0].Password, message)) == 0 {
		t.Error("password as a part of the path: no segments")
	}
}

// TestStrangersGetWhatWasFetched: for an hour, by any name of a session.
func TestStrangersGetWhatWasFetched(t *testing.T) {
	w := newWorld(t, faithful)
	a := w.wallet(1, rich)
	data := content(4<<20, 1)
	hash := a.upload("f", data)
	a.download(hash, len(data))
	for range 2 { // a session of a stranger goes on like any other
		got, last := a.collect(hash, len(data), binResult{Result: wire.Result{Return: "2", ReqID: "bogus"}.WithRange(0, 0)})
		if last.Return != "3" || got == nil {
			t.Fatalf("last answer %+v", last.Result)
		}
	}
	w.pass(59 * time.Minute)
	if r := w.callPiece(wire.MethodDownloadData, wire.DownloadDataParams{FileHash: hash, ReqID: "other"}); r.Return != "2" || !bytes.Equal(r.Data, data[:len(r.Data)]) {
		t.Errorf("within the hour: %+v", r.Result)
	}
	w.pass(61 * time.Minute)
	body, err := jsonCall(1, wire.MethodDownloadData, wire.DownloadDataParams{FileHash: hash, ReqID: "third"})
	must(t, err)
	w.sendSilent(string(body)).hangs()
}

// TestDeletionsStealAnswers: of two at once one gets an answer.
func TestDeletionsStealAnswers(t *testing.T) {
	w := newWorld(t, faithful)
	a, b := w.wallet(1, rich), w.wallet(2, rich)
	data := content(1000, 1)
	hash := a.upload("f", data)
	b.upload("g", data)
	w.clock.auto = 0
	results := make(chan string, 2)
	var wait sync.WaitGroup
	for _, one := range []wallet{a, b} {
		wait.Go(func() {
			var r wire.ReturnResult
			w.call(wire.MethodDelete, one.fileParams(hash), &r)
			results <- r.Return
		})
	}
	w.clock.awaitSleepers(t, 2)
	w.pass(time.Second)
	w.clock.awaitSleepers(t, 1) // the one that lost its place
	w.pass(10 * time.Second)
	wait.Wait()
	got := []string{<-results, <-results}
	if slices.Sort(got); !slices.Equal(got, []string{"-5", "0"}) {
		t.Errorf("answers %q", got)
	}
}
