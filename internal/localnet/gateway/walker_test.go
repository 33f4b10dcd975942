package gateway

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// The wallets of the captures.
var (
	captureWallets = []string{"st1kusgff8z7z8fhu4z7tp59w5h9wtwzulkg6lcjd", "st1he5rmsnx6z78dc532revqr2asqsr6xln39gg2p"}
	captureKeys    = []string{
		"stpub1qtxdzzcf6tf9n66ywa4uqwvhueysvfkk39x0xxdkafep4jlzlurpz4ekjk4",
		"stpub1qt3nmgytpf303gsgdt9ek94ynzrjj6lzsua80rglr7g4xkqaknzezzgwhl2",
	}
)

// walker repeats captures against one world.
type walker struct {
	*world
	wallets  []wallet
	capture  string // being repeated
	at       int    // number of the exchange
	walked   int
	used     map[deviation]bool
	replace  map[string]string // text of the captures, ours
	contents map[string][]byte // by hash of ours
	sn       map[string]string // last number shown, by wallet of the captures
	time     int64             // last req_time of the captures
	id       int               // of the last call of a capture
	last     map[string]any    // our last call with a piece
	piece    []byte            // what it carries
	answer   wire.Result       // the last one with a range
}

func newWalker(t *testing.T) *walker {
	k := &walker{
		world: newWorldOf(t, 4, 3, faithful), used: map[deviation]bool{},
		replace: map[string]string{}, contents: map[string][]byte{}, sn: map[string]string{},
	}
	k.g.mix = func(s []meta.Slice) []meta.Slice { // as they came in the captures
		s = slices.Clone(s)
		slices.Reverse(s)
		return s
	}
	for i := range captureWallets {
		a := k.wallet(byte(i+1), rich)
		k.wallets = append(k.wallets, a)
		k.replace[captureWallets[i]], k.replace[captureKeys[i]] = a.Address(), a.PublicKey()
	}
	return k
}

// prelude does what went before a capture and was not recorded.
func (k *walker) prelude(name string) {
	k.t.Helper()
	switch a := k.wallets[0]; name {
	case "download-order-e_33554433":
		a.upload("e_33554433.bin", k.contents[k.file("v05j1m5600tfsgapcdvoscpno5g7ggajk9l4p92o", 33554433)])
	case "errors-downloaddata":
		hash := k.replace["v05j1m50e3pohc1a4293krvbsb918io5derr2j8g"]
		k.replace["v05j1m57goqtfq9om0iro2huhq44va58hhvopeq8"] = hash
		k.callPiece(wire.MethodDownload, a.downloadParams(hash))
		k.callPiece(wire.MethodDownloadData, wire.DownloadDataParams{FileHash: hash, ReqID: "bogus"})
	}
}

// file makes content of ours for a hash of the captures, and returns its hash.
// The same hash may come with another size: it is not that of the data then.
func (k *walker) file(hash string, size int) string {
	ours, ok := k.replace[hash]
	if ok && len(k.contents[ours]) == size {
		return ours
	}
	data := content(size, uint64(len(k.contents)+1))
	kind := wire.Ordinary
	if wire.IsVideo(hash) {
		data, kind = paddedClip(k.t, size), wire.Video
	}
	if !ok {
		ours = hashOf(data, kind)
		k.replace[hash] = ours
	}
	k.contents[ours] = data
	return ours
}

func (k *walker) walk(name string) {
	k.t.Helper()
	k.capture, k.id = name, 0
	for i, e := range readCapture(k.t, name) {
		k.at = i
		k.walked++
		switch {
		case e.Note == "last user_downloadData answer":
			k.endDownload(e)
		case e.Status == 0 || e.Note != "":
			k.proveSilence(e)
		default:
			k.fillGap(e)
			k.compare(e, k.repeat(e))
		}
	}
}

// repeat sends the request of an exchange, made ours.
func (k *walker) repeat(e exchange) reply {
	k.t.Helper()
	body := string(e.Request)
	switch {
	case e.Raw != nil:
		body = *e.Raw
	case e.Path != "/":
		body = k.rewriteREST(e)
	case strings.Contains(body, "(5300000 chars)"):
		body = fmt.Sprintf(`{"id":11,"jsonrpc":"2.0","method":"user_uploadData","params":[{"data":"%s","filehash":"x"}]}`, strings.Repeat("A", 5300000))
	case strings.HasPrefix(body, "{"):
		body = k.rewrite(e.Request)
	case strings.HasPrefix(body, "["):
		body = k.replaced(body)
	}
	kind := e.Type
	if kind == "" && e.Method == http.MethodPost {
		kind = "application/json"
	}
	r := k.do(e.Method, k.replaced(e.Path), kind, body)
	k.checkData(&r)
	return r
}

// do sends a request to the port that has its path.
func (k *walker) do(method, path, kind, body string) reply {
	k.t.Helper()
	url := k.rest.URL + path
	if path == "/" {
		url = k.rpc.URL
	}
	a, raw, err := exchangeHTTP(k.t.Context(), method, url, kind, body)
	must(k.t, err)
	return reply{a.StatusCode, a.Header.Get("Content-Type"), a.Header, string(raw)}
}

// checkData takes the text of filedata out of an answer and compares it with
// the content that it is of. What is no JSON but bytes of a video, it names.
func (k *walker) checkData(r *reply) {
	k.t.Helper()
	if r.kind == wire.TypeSegment && len(r.body) > 100_000 && r.body[0] == 0x47 {
		r.body = fmt.Sprintf("(%d bytes of media data)", len(r.body))
	}
	head, rest, ok := strings.Cut(r.body, `"filedata":"`)
	if !ok {
		k.noteRange(r.body)
		return
	}
	text, tail, _ := strings.Cut(rest, `"`)
	r.body = head + `"filedata":"` + `"` + tail
	k.noteRange(r.body)
	data, err := base64.StdEncoding.DecodeString(text)
	start, end, found := k.answer.Range()
	if err != nil || !found || !k.isContent(data, start, end) {
		k.t.Errorf("%s %d: [%d, %d) is not what was uploaded (%v)", k.capture, k.at, start, end, err)
	}
}

func (k *walker) isContent(data []byte, start, end int64) bool {
	for _, c := range k.contents {
		if end <= int64(len(c)) && string(c[start:end]) == string(data) {
			return true
		}
	}
	return false
}

// noteRange keeps the last answer with a range.
func (k *walker) noteRange(body string) {
	var all struct{ Result wire.Result }
	if json.Unmarshal([]byte(body), &all) == nil {
		if _, _, ok := all.Result.Range(); ok {
			k.answer = all.Result
		}
	}
}

// fillGap repeats the pieces that the record left out before e: its ids are
// counted on.
func (k *walker) fillGap(e exchange) {
	k.t.Helper()
	var r struct{ ID json.RawMessage }
	var id int
	if json.Unmarshal(e.Request, &r) != nil || json.Unmarshal(r.ID, &id) != nil {
		return
	}
	for missing := id - k.id - 1; missing > 0 && k.id > 0 && k.last != nil; missing-- {
		k.morePieces()
	}
	k.id = id
}

// morePieces repeats the last call with a piece for the next one.
func (k *walker) morePieces() reply {
	k.t.Helper()
	p := k.last["params"].([]any)[0].(map[string]any)
	if k.last["method"] == wire.MethodUploadData {
		k.fill(p)
	}
	r := k.do(http.MethodPost, "/", "application/json", k.withPiece(k.last))
	k.checkData(&r)
	return r
}

// endDownload takes what is left of a download and compares its end.
func (k *walker) endDownload(e exchange) {
	k.t.Helper()
	for range 100 {
		r := k.morePieces()
		k.id++
		if !strings.Contains(r.body, `"return":"2"`) {
			e.Status, e.Response = http.StatusOK, json.RawMessage(fmt.Sprintf(`{"jsonrpc":"2.0","id":%v,"result":%s}`, k.last["id"], e.Response))
			k.compare(e, r)
			return
		}
	}
	k.t.Errorf("%s %d: the download does not end", k.capture, k.at)
}
