package gateway

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// The captures are exchanges with a real node behind a stand-in meta node, in
// the order in which they were recorded. The walk repeats all of them, in that
// order, on one network with the habits of the reference, with wallets,
// contents and times of its own, and compares status, content type, members,
// codes and values.
var history = []string{
	"upload-f_1024", "list-f_1024", "download-f_1024",
	"upload-f_10485760", "list-f_10485760", "download-f_10485760",
	"upload-f_104857600", "list-f_104857600", "download-f_104857600",
	"share", "get-shared", "get-shared-expired", "stop-share",
	"errors-transport", "errors-upload-signature", "errors-upload-wrong-sequence", "upload-hash-not-of-data",
	"upload-stop", "upload-short-piece", "upload-empty-file", "errors-download", "errors-other",
	"stream-upload", "stream-playback-rest", "stream-playback-rest-2", "stream-shared-playback",
	"upload-same-file-again", "upload-same-file-other-wallet", "upload-late-sign",
	"download-order-e_33554433", "errors-downloaddata",
}

// deviation is a difference between the recorded and the repeated exchange
// that may be there, and has to be.
type deviation struct {
	capture  string // "": any
	exchange int    // -1: any
	path     string // of a member, or its end; "*": whatever differs
	reason   string
}

var deviations = []deviation{
	{"", -1, "ozone", "prices and balances are the stand-in's own"},
	{"", -1, "sequencynumber", "the stand-in counts in plain numbers, the real network in SN:%019d"},
	{"", -1, "sequenceNumber", "the same, in the spelling of the video port"},
	{"", -1, "createtime", "the walk has times of its own"},
	{"", -1, "linktime", "the walk has times of its own"},
	{"", -1, "fileinfo: order", "entries are ordered by hash, and the hashes are the walk's own"},

	{"share", 1, "result.fileinfo[0].linktimeexp", "shares live 180 days by default, as the public documentation shows; the stand-in's never end"},
	{"upload-same-file-other-wallet", 5, "result.replicas", "the stand-in had two copies at that time, three before"},

	{"errors-transport", 9, "[1].result.message", "the recorded node had not finished starting; the vectors have the usual message"},
	{"errors-transport", 16, "result.message", "the recorded node had not finished starting"},
	{"errors-transport", 17, "*", "the recorded node had the owner namespace switched on; it is off by default and always off here"},
	{"errors-transport", 18, "result.owner", "the same"},

	{"stream-playback-rest", 3, "body", "the video is another one of the same length and size"},
	{"stream-playback-rest-2", 2, "body", "the video is another one"},
	{"stream-shared-playback", 4, "body", "the video is another one"},
	{"errors-downloaddata", 0, "result.filename", "f_104857600.bin stands for a file of the same size whose upload was not recorded"},
}

// exchange is a recorded call. One without a path and status was not answered,
// or stands for several.
type exchange struct {
	Request   json.RawMessage `json:"request"`
	Raw       *string         `json:"request_raw"`
	Response  json.RawMessage `json:"response"`
	Path      string          `json:"path"`
	Method    string          `json:"http_method"`
	Type      string          `json:"content_type"`
	Status    int             `json:"status"`
	Text      string          `json:"response_raw"`
	Kind      *string         `json:"response_content_type"`
	Header    http.Header     `json:"headers"`
	Note      string          `json:"note"`
	Transport string          `json:"transport_error"`
}

func readCapture(t *testing.T, name string) (list []exchange) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata/captures", name+".json"))
	must(t, err)
	var c struct{ Exchanges []exchange }
	must(t, json.Unmarshal(raw, &c))
	return c.Exchanges
}

func TestCaptures(t *testing.T) {
	files, err := filepath.Glob("testdata/captures/*.json")
	must(t, err)
	for _, path := range files {
		name := filepath.Base(path)
		if !slices.Contains(history, name[:len(name)-len(".json")]) {
			t.Errorf("%s is not walked", name)
		}
	}
	k := newWalker(t)
	for _, name := range history {
		k.prelude(name)
		k.walk(name)
	}
	for _, d := range deviations {
		if !k.used[d] {
			t.Errorf("%s %d %s: does not deviate, so the table must not say so", d.capture, d.exchange, d.path)
		}
	}
	if k.walked != 192 {
		t.Errorf("%d exchanges were repeated", k.walked)
	}
}
