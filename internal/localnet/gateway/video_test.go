package gateway

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// clip makes a small H.264 video.
func clip(t *testing.T) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "clip.mp4")
	out, err := exec.Command("ffmpeg", "-nostdin", "-loglevel", "error", "-f", "lavfi", "-i",
		"testsrc2=size=320x240:rate=10:duration=4", "-c:v", "libx264", "-preset", "ultrafast", "-g", "10",
		"-pix_fmt", "yuv420p", path).CombinedOutput()
	if err != nil {
		t.Fatalf("make clip: %v: %s", err, out)
	}
	raw, err := os.ReadFile(path)
	must(t, err)
	return raw
}

// paddedClip makes a video of 40 s with so many bytes.
func paddedClip(t *testing.T, size int) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "clip.mp4")
	out, err := exec.Command("ffmpeg", "-nostdin", "-loglevel", "error", "-f", "lavfi", "-i",
		"testsrc2=size=160x120:rate=10:duration=40", "-c:v", "libx264", "-preset", "ultrafast", "-g", "10",
		"-pix_fmt", "yuv420p", path).CombinedOutput()
	if err != nil {
		t.Fatalf("make clip: %v: %s", err, out)
	}
	raw, err := os.ReadFile(path)
	must(t, err)
	free := make([]byte, size-len(raw)) // a box that players pass over
	binary.BigEndian.PutUint32(free, uint32(len(free)))
	copy(free[4:], "free")
	return append(raw, free...)
}

// uploadVideo uploads data as a stream and returns the last answer.
func (a wallet) uploadVideo(name string, p wire.UploadParams, data []byte) wire.Result {
	a.w.t.Helper()
	var r wire.Result
	a.w.call(wire.MethodUploadStream, p, &r)
	return a.send(p, data, r)
}

// storedVideo uploads a video and waits until it is finished.
func (a wallet) storedVideo() (hash string) {
	a.w.t.Helper()
	data := clip(a.w.t)
	p := a.uploadParams("clip.mp4", data, wire.Video)
	if r := a.uploadVideo("clip.mp4", p, data); r.Return != "0" {
		a.w.t.Fatalf("upload: %+v", r)
	}
	a.await(p.FileHash)
	return p.FileHash
}

// rest sends a request to the video port.
func (w *world) restCall(method, path string, body any) (int, http.Header, []byte) {
	w.t.Helper()
	var in io.Reader
	if body != nil {
		raw, err := json.Marshal(body)
		must(w.t, err)
		in = bytes.NewReader(raw)
	}
	r, err := http.NewRequest(method, w.rest.URL+path, in)
	must(w.t, err)
	a, err := http.DefaultClient.Do(r)
	must(w.t, err)
	defer a.Body.Close()
	raw, err := io.ReadAll(a.Body)
	must(w.t, err)
	return a.StatusCode, a.Header, raw
}

func (a wallet) prepareBody(message func(sn string, t int64) string) wire.PrepareRequest {
	sn, t := a.sequence(), a.now()
	return wire.PrepareRequest{PubKey: a.PublicKey(), Wallet: a.Address(), Signature: a.Sign(message(sn, t)), ReqTime: t}
}

// prepare opens a session at path and returns its id.
func (a wallet) prepare(path string, message func(sn string, t int64) string) string {
	a.w.t.Helper()
	status, _, raw := a.w.restCall(http.MethodPost, path, a.prepareBody(message))
	var p wire.PrepareResponse
	if status != http.StatusOK || json.Unmarshal(raw, &p) != nil || p.HeaderFile != "index.m3u8" || p.ReqID == "" {
		a.w.t.Fatalf("%s: %d %s", path, status, raw)
	}
	return p.ReqID
}

// play fetches the playlist and every segment it names.
func (w *world) play(id string) (segments int) {
	w.t.Helper()
	status, h, playlist := w.restCall(http.MethodGet, wire.RESTSegment+id+"/index.m3u8", nil)
	if status != http.StatusOK || h.Get("Content-Type") != wire.TypePlaylist || !strings.HasPrefix(string(playlist), "#EXTM3U") {
		w.t.Fatalf("playlist: %d %v %s", status, h, playlist)
	}
	for _, name := range regexp.MustCompile(`(?m)^\d+\.ts$`).FindAllString(string(playlist), -1) {
		status, h, raw := w.restCall(http.MethodGet, wire.RESTSegment+id+"/"+name, nil)
		if status != http.StatusOK || h.Get("Content-Type") != wire.TypeSegment || len(raw) == 0 || raw[0] != 0x47 {
			w.t.Errorf("%s: %d %v, %d bytes", name, status, h, len(raw))
		}
		segments++
	}
	return segments
}

func TestVideoUploadAndPlay(t *testing.T) {
	w := newWorld(t)
	a, b := w.wallet(1, rich), w.wallet(2, rich)
	data := clip(t)
	p := a.uploadParams("clip.mp4", data, wire.Video)
	if r := a.uploadVideo("clip.mp4", p, data); r.Return != "0" {
		t.Fatalf("upload: %+v", r)
	}
	if s := a.status(p.FileHash); s.State != wire.StateFinished || s.Replicas != 5 {
		t.Errorf("status: %+v", s)
	}
	before, _ := a.ozone()
	own := a.prepare(wire.RESTPrepare+a.Address()+"/"+p.FileHash, func(sn string, t int64) string {
		return wire.DownloadMessage(p.FileHash, a.Address(), sn, t)
	})
	if after, _ := a.ozone(); before-after != int64(len(data)) {
		t.Errorf("playing cost %d", before-after)
	}
	if w.play(own) == 0 {
		t.Error("no segments")
	}
	s := a.share(p.FileHash, wire.ShareParams{Private: true})
	link := strings.TrimPrefix(s.ShareLink, wire.LinkScheme)
	message := func(sn string, t int64) string { return wire.SharedMessage(s.ShareID, b.Address(), sn, t) }
	_, password, _ := strings.Cut(link, "/")
	for _, path := range []string{link, s.ShareID + "?password=" + password} {
		if w.play(b.prepare(wire.RESTPrepareShared+path, message)) == 0 {
			t.Errorf("%s: no segments", path)
		}
	}
	status, _, raw := w.restCall(http.MethodPost, wire.RESTPrepareShared+s.ShareID, b.prepareBody(message))
	if status != 500 || !strings.Contains(string(raw), "failed to get file storage info") {
		t.Errorf("without password: %d %s", status, raw)
	}
	w.checkNoFileOfVideo(a, p.FileHash, s.ShareLink)
	w.checkSlices(a, p.FileHash)
}

// checkNoFileOfVideo: a video cannot be downloaded as a file.
func (w *world) checkNoFileOfVideo(a wallet, hash, link string) {
	w.t.Helper()
	if _, r := a.download(hash, 0); r.Return != "-6" {
		w.t.Errorf("download of a video: %+v", r.Result)
	}
	if r := a.getShared(link); r.Return != "-9" {
		w.t.Errorf("shared download of a video: %+v", r.Result)
	}
}

// checkSlices reads the map of a video over JSON-RPC.
func (w *world) checkSlices(a wallet, hash string) {
	w.t.Helper()
	var r binResult
	w.call(wire.MethodVideoDownload, a.downloadParams(hash), &r)
	if r.Return != "2" || r.FileHash != hash || r.ReqID == "" {
		w.t.Fatalf("requestVideoDownload: %+v", r.Result)
	}
	var s binResult
	w.call(wire.MethodSliceData, wire.SliceDataParams{FileHash: hash, ReqID: r.ReqID, SliceNumber: 1}, &s)
	if m, err := wire.ParseVideoMap(s.Data); err != nil || m.FileHash != hash {
		w.t.Errorf("slice 1: %+v, %v", m, err)
	}
}

func TestVideoHashIsChecked(t *testing.T) { inBothModes(t, testVideoHashIsChecked) }

func testVideoHashIsChecked(t *testing.T, w *world) {
	t.Helper()
	a := w.wallet(1, rich)
	data := content(5000, 1)
	p := a.uploadParams("x.mp4", content(5000, 2), wire.Video)
	if r := a.uploadVideo("x.mp4", p, data); r.Return != "-11" || r.Detail != "file hash doesn't match" {
		t.Errorf("upload: %+v", r)
	}
	p = a.uploadParams("x.mp4", data, wire.Video)
	if r := a.uploadVideo("x.mp4", p, data); r.Return != "-9" || !strings.Contains(r.Detail, "cut") {
		t.Errorf("upload of no video: %+v", r)
	}
	if noz, sn := a.ozone(); noz != rich || sn != "SN:0000000000000000001" {
		t.Errorf("the refused uploads cost %d, number %s", rich-noz, sn)
	}
	if left, err := os.ReadDir(w.g.spool); err != nil || len(left) != 0 {
		t.Errorf("spool holds %v, %v", left, err)
	}
}

func TestVideoNeedsTheNumberAtTheEnd(t *testing.T) { inBothModes(t, testVideoNeedsTheNumberAtTheEnd) }

func testVideoNeedsTheNumberAtTheEnd(t *testing.T, w *world) {
	t.Helper()
	a := w.wallet(1, rich)
	hash, data := a.upload("f", content(10, 1)), clip(t)
	p := a.uploadParams("clip.mp4", data, wire.Video)
	a.download(hash, 10) // moves the number on
	if r := a.uploadVideo("clip.mp4", p, data); r.Return != "-9" || !strings.Contains(r.Detail, "signature") {
		t.Errorf("upload: %+v", r)
	}
}

func TestRESTErrors(t *testing.T) { inBothModes(t, testRESTErrors) }

func testRESTErrors(t *testing.T, w *world) {
	t.Helper()
	a := w.wallet(1, rich)
	hash := a.upload("f", content(10, 1))
	body := a.prepareBody(func(sn string, t int64) string { return wire.DownloadMessage(hash, a.Address(), sn, t) })
	status, h, raw := w.restCall(http.MethodPost, wire.RESTPrepare+a.Address()+"/"+hash, body)
	if status != 500 || h.Get("Access-Control-Allow-Origin") != "*" || !strings.Contains(string(raw), "the file was not uploaded as video stream") {
		t.Errorf("ordinary file: %d %s", status, raw)
	}
	status, _, raw = w.restCall(http.MethodGet, wire.RESTGetOzone+a.Address(), nil)
	var oz wire.RESTOzone
	if json.Unmarshal(raw, &oz) != nil || status != 200 || oz.Wallet != a.Address() || oz.SequenceNumber != a.sequence() {
		t.Errorf("getOzone: %d %s", status, raw)
	}
	if status, _, raw = w.restCall(http.MethodGet, wire.RESTGetOzone+"nobody", nil); status != 200 ||
		string(raw) != `{"walletAddress":"","sequenceNumber":"","ozone":""}` {
		t.Errorf("getOzone of nobody: %d %s", status, raw)
	}
}

// TestVideoSessionLivesAnHour: each segment starts the hour anew.
func TestVideoSessionLivesAnHour(t *testing.T) {
	w := newWorld(t)
	a := w.wallet(1, rich)
	hash := a.storedVideo()
	id := a.prepare(wire.RESTPrepare+a.Address()+"/"+hash, func(sn string, ts int64) string {
		return wire.DownloadMessage(hash, a.Address(), sn, ts)
	})
	for range 3 {
		w.pass(time.Hour)
		if w.play(id) == 0 {
			t.Error("no segments")
		}
	}
	w.pass(time.Hour + 1)
	if status, _, raw := w.restCall(http.MethodGet, wire.RESTSegment+id+"/0.ts", nil); status != 500 || !strings.Contains(string(raw), "session expired") {
		t.Errorf("after an hour: %d %s", status, raw)
	}
}

// TestVideoThatIsLost: a segment of which no copy is left has a message of its own.
func TestVideoThatIsLost(t *testing.T) {
	w := newWorld(t)
	a := w.wallet(1, rich)
	hash := a.storedVideo()
	id := a.prepare(wire.RESTPrepare+a.Address()+"/"+hash, func(sn string, ts int64) string {
		return wire.DownloadMessage(hash, a.Address(), sn, ts)
	})
	for _, path := range w.copies() {
		must(t, os.Remove(path))
	}
	w.forget()
	if status, _, raw := w.restCall(http.MethodGet, wire.RESTSegment+id+"/0.ts", nil); status != 500 || !strings.Contains(string(raw), "failed to get video slice") {
		t.Errorf("without copies: %d %s", status, raw)
	}
}
