package gateway

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// walker repeats captures against one world.
type walker struct {
	*world
	wallets  []wallet
	replace  map[string]string // text of the capture, ours
	contents map[string][]byte // by hash of ours
	sn       map[string]string // last number shown, by wallet of the capture
	last     int64             // last req_time of the capture
	answer   wire.Result       // the last one with a range
}

func newWalker(t *testing.T, name string) *walker {
	k := &walker{world: newWorld(t), replace: map[string]string{}, contents: map[string][]byte{}, sn: map[string]string{}}
	k.g.quirks.lateRefusal = true // refusals come where the meta node has its say
	for i := range captureWallets {
		a := k.wallet(byte(i+1), rich)
		k.wallets = append(k.wallets, a)
		k.replace[captureWallets[i]], k.replace[captureKeys[i]] = a.Address(), a.PublicKey()
	}
	for hash, size := range present[name] {
		data := k.file(hash, size)
		k.wallets[0].upload(names[size], data)
	}
	return k
}

// file makes content of ours for a hash of the capture.
func (k *walker) file(hash string, size int) []byte {
	seed := uint64(len(k.contents) + 1)
	if ours, ok := k.replace[hash]; ok && len(k.contents[ours]) == size {
		return k.contents[ours]
	}
	data := content(size, seed)
	ours := hashOf(data, wire.Ordinary)
	k.replace[hash], k.contents[ours] = ours, data
	return data
}

func (k *walker) walk(name string) {
	for i, e := range readCapture(k.t, name) {
		at := fmt.Sprintf("%s %d", name, i)
		if e.Path != "/" {
			continue // a note, or a call that was given up
		}
		status, raw := k.repeat(e)
		if deviates[at] != "" {
			continue
		}
		if status != e.Status {
			k.t.Errorf("%s: status %d, not %d", at, status, e.Status)
		}
		if e.Response == nil {
			if raw != e.Text {
				k.t.Errorf("%s: %q, not %q", at, raw, e.Text)
			}
			continue
		}
		k.compare(at, e, raw)
	}
}

// repeat sends the request of an exchange, made ours.
func (k *walker) repeat(e exchange) (int, string) {
	body := string(e.Request)
	switch {
	case e.Raw != nil:
		body = *e.Raw
	case strings.Contains(body, "(5300000 chars)"):
		body = strings.Replace(body, "...(5300000 chars)", strings.Repeat("A", 5300000-48), 1)
	case strings.HasPrefix(body, "{"):
		body = k.rewrite(e.Request)
	}
	kind := e.Type
	if kind == "" && e.Method == "POST" {
		kind = "application/json"
	}
	status, _, answer := k.send(e.Method, kind, body)
	return status, withoutData(answer)
}

// withoutData leaves the member filedata of an answer, but not its text, which
// is long and takes long to decode.
func withoutData(answer string) string {
	const member = `"filedata":"`
	at := strings.Index(answer, member)
	if at < 0 {
		return answer
	}
	at += len(member)
	return answer[:at] + answer[at+strings.IndexByte(answer[at:], '"'):]
}

// rewrite puts our wallets, hashes, ids, numbers, times, data and signatures
// into a call.
func (k *walker) rewrite(raw json.RawMessage) string {
	var r struct {
		Method string            `json:"method"`
		Params []json.RawMessage `json:"params"`
	}
	var whole, p map[string]any
	must(k.t, json.Unmarshal(raw, &whole))
	if json.Unmarshal(raw, &r) != nil || len(r.Params) != 1 || json.Unmarshal(r.Params[0], &p) != nil || p["req_time"] == nil && r.Method != wire.MethodDownloadData {
		return k.replaced(string(raw))
	}
	k.passUntil(p)
	theirs := p
	signed := k.wasSigned(r.Method, theirs)
	if size, ok := p["filesize"].(float64); ok && strings.HasPrefix(r.Method, "user_requestUpload") && size > 0 {
		k.file(p["filehash"].(string), int(size))
	}
	var ours map[string]any
	text, err := json.Marshal(p)
	must(k.t, err)
	must(k.t, json.Unmarshal([]byte(k.replaced(string(text))), &ours))
	k.renumber(theirs, ours)
	if r.Method == wire.MethodUploadData {
		k.fill(ours)
	}
	if signed {
		k.resign(r.Method, ours)
	}
	whole["params"] = []any{ours}
	out, err := json.Marshal(whole)
	must(k.t, err)
	return string(out)
}

func (k *walker) replaced(text string) string {
	for from, to := range k.replace {
		text = strings.ReplaceAll(text, from, to)
	}
	return text
}

// passUntil lets as much time go by as went by in the capture.
func (k *walker) passUntil(p map[string]any) {
	at, ok := p["req_time"].(float64)
	if !ok {
		return
	}
	if k.last > 0 && int64(at) > k.last {
		k.pass(time.Duration(int64(at)-k.last) * time.Second)
	}
	k.last = max(k.last, int64(at))
	p["req_time"] = k.clock.Now().Unix()
}

// renumber: the number shown last becomes ours, another one stays wrong.
func (k *walker) renumber(theirs, ours map[string]any) {
	sn, ok := theirs["sequencenumber"].(string)
	s, _ := theirs["signature"].(map[string]any)
	if !ok || s == nil {
		return
	}
	ours["sequencenumber"] = "SN:0000000000000000999"
	if address := s["address"].(string); sn == k.sn[address] || k.sn[address] == "" && sn != "999" {
		ours["sequencenumber"] = k.of(k.replace[address]).sequence()
	}
}

func (k *walker) of(address string) wallet {
	for _, a := range k.wallets {
		if a.Address() == address {
			return a
		}
	}
	k.t.Fatalf("no wallet %s", address)
	return wallet{}
}

// fill puts the bytes that were asked for into uploadData.
func (k *walker) fill(p map[string]any) {
	data, stop := k.contents[p["filehash"].(string)], p["stop"] == true
	if start, end, ok := k.answer.Range(); ok && data != nil && !stop {
		p["data"] = data[start:end]
	}
}

// message is what the call signs.
func message(method string, p map[string]any, sn string) string {
	s, _ := p["signature"].(map[string]any)
	address, _ := s["address"].(string)
	t := int64(0)
	switch v := p["req_time"].(type) {
	case float64:
		t = int64(v)
	case int64:
		t = v
	}
	text := func(member string) string { v, _ := p[member].(string); return v }
	switch method {
	case wire.MethodUpload, wire.MethodUploadData, wire.MethodUploadSign:
		return wire.UploadMessage(text("filehash"), address, text("sequencenumber"), t)
	case wire.MethodDownload:
		h, _ := wire.ParseHandle(text("filehandle"))
		return wire.DownloadMessage(h.Hash, address, sn, t)
	case wire.MethodGetShared:
		return wire.SharedMessage(strings.TrimPrefix(text("sharelink"), wire.LinkScheme), address, sn, t)
	case wire.MethodStopShare:
		return wire.StopShareMessage(text("shareid"), address, t)
	case wire.MethodList, wire.MethodListShare, wire.MethodClearExpired:
		return wire.ListMessage(address, t)
	}
	return wire.StatusMessage(text("filehash"), address, t)
}

// wasSigned tells whether the signature of the capture is right, so that ours
// has to be right too. req_time was replaced already, so it is given back.
func (k *walker) wasSigned(method string, p map[string]any) bool {
	raw, err := json.Marshal(p["signature"])
	must(k.t, err)
	var s wire.Signature
	if json.Unmarshal(raw, &s) != nil || s.Address == "" {
		return false
	}
	theirs := map[string]any{}
	for name, v := range p {
		theirs[name] = v
	}
	for t := k.last - 20; t <= k.last; t++ { // some calls reuse an older time
		theirs["req_time"] = t
		if s.Verify(message(method, theirs, k.sn[s.Address])) == nil {
			return true
		}
	}
	return k.sn[s.Address] == "" && (method == wire.MethodDownload || method == wire.MethodGetShared) && len(s.Signature) == 130
}

func (k *walker) resign(method string, p map[string]any) {
	a := k.of(p["signature"].(map[string]any)["address"].(string))
	p["signature"] = a.signed(message(method, p, a.sequence()))
}
