package gateway

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// rewrite puts our wallets, hashes, ids, numbers, times, data and signatures
// into a call.
func (k *walker) rewrite(raw json.RawMessage) string {
	k.t.Helper()
	var whole map[string]any
	must(k.t, json.Unmarshal(raw, &whole))
	method, _ := whole["method"].(string)
	params, _ := whole["params"].([]any)
	if len(params) != 1 {
		return k.replaced(string(raw))
	}
	theirs := params[0].(map[string]any)
	signed := k.wasSigned(method, theirs)
	k.makeFile(method, theirs)
	var ours map[string]any
	text, err := json.Marshal(theirs)
	must(k.t, err)
	must(k.t, json.Unmarshal([]byte(k.replaced(string(text))), &ours))
	k.passUntil(ours)
	k.renumber(theirs, ours)
	if method == wire.MethodUploadData {
		k.fill(ours)
	}
	if signed {
		k.resign(method, ours)
	}
	whole["params"] = []any{ours}
	k.last = nil
	if method == wire.MethodUploadData || method == wire.MethodDownloadData || method == wire.MethodDownload {
		k.keepLast(method, whole, ours)
	}
	return k.withPiece(whole)
}

// pieceMark stands for the data of a piece until the call is written: JSON
// encoders take long for megabytes.
const pieceMark = "(the piece)"

// withPiece writes a call with its piece, if it has one.
func (k *walker) withPiece(whole map[string]any) string {
	k.t.Helper()
	raw, err := json.Marshal(whole)
	must(k.t, err)
	return putPiece(string(raw), k.piece)
}

func putPiece(call string, piece []byte) string {
	if !strings.Contains(call, pieceMark) {
		return call
	}
	return strings.Replace(call, pieceMark, base64.StdEncoding.EncodeToString(piece), 1)
}

// keepLast keeps the call whose repetition brings the next piece.
func (k *walker) keepLast(method string, whole, p map[string]any) {
	if method != wire.MethodDownload {
		k.last = map[string]any{"id": whole["id"], "method": method, "params": []any{p}}
	}
}

func (k *walker) makeFile(method string, p map[string]any) {
	size, ok := p["filesize"].(float64)
	if ok && size > 0 && strings.HasPrefix(method, "user_requestUpload") {
		k.file(p["filehash"].(string), int(size))
	}
}

func (k *walker) replaced(text string) string {
	for from, to := range k.replace {
		text = strings.ReplaceAll(text, from, to)
	}
	return text
}

// passUntil lets as much time go by as went by in the capture.
func (k *walker) passUntil(p map[string]any) {
	for _, member := range []string{"req_time", "reqTime"} {
		at, ok := p[member].(float64)
		if !ok || at == 0 {
			continue
		}
		if k.time > 0 && int64(at) > k.time {
			k.pass(time.Duration(int64(at)-k.time) * time.Second)
		}
		k.time = max(k.time, int64(at))
		p[member] = k.clock.Now().Unix()
	}
}

// renumber: the number shown last becomes ours, another one stays wrong.
func (k *walker) renumber(theirs, ours map[string]any) {
	sn, ok := theirs["sequencenumber"].(string)
	s, _ := theirs["signature"].(map[string]any)
	if !ok || s == nil {
		return
	}
	ours["sequencenumber"] = "SN:0000000000000000999"
	if address := s["address"].(string); sn == k.sn[address] {
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

// fill puts the bytes that were asked for into uploadData, where the record
// has them cut short.
func (k *walker) fill(p map[string]any) {
	text, cut := p["data"].(string)
	data, stop := k.contents[p["filehash"].(string)], p["stop"] == true
	if start, end, ok := k.answer.Range(); ok && !stop && (!cut || strings.Contains(text, "...(") || text == pieceMark) {
		p["data"], k.piece = pieceMark, data[start:end]
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
	case wire.MethodUpload, wire.MethodUploadStream, wire.MethodUploadData, wire.MethodUploadSign:
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
// has to be right too.
func (k *walker) wasSigned(method string, p map[string]any) bool {
	raw, err := json.Marshal(p["signature"])
	must(k.t, err)
	var s wire.Signature
	if json.Unmarshal(raw, &s) != nil || s.Address == "" {
		return false
	}
	return s.Verify(message(method, p, k.sn[s.Address])) == nil
}

func (k *walker) resign(method string, p map[string]any) {
	a := k.of(p["signature"].(map[string]any)["address"].(string))
	p["signature"] = a.signed(message(method, p, a.sequence()))
}

// rewriteREST does the same for the video port.
func (k *walker) rewriteREST(e exchange) string {
	if e.Request == nil {
		return ""
	}
	var p wire.PrepareRequest
	must(k.t, json.Unmarshal(e.Request, &p))
	_, target, _ := strings.Cut(e.Path[1:], "/")
	target = target[strings.LastIndexByte(target, '/')+1:] // hash or link
	s := wire.Signature{Address: p.Wallet, PubKey: p.PubKey, Signature: p.Signature}
	signed := s.Verify(wire.DownloadMessage(target, p.Wallet, k.sn[p.Wallet], p.ReqTime)) == nil
	var ours map[string]any
	must(k.t, json.Unmarshal([]byte(k.replaced(string(e.Request))), &ours))
	k.passUntil(ours)
	if signed {
		a := k.of(k.replace[p.Wallet])
		ours["signature"] = a.Sign(wire.DownloadMessage(k.replaced(target), a.Address(), a.sequence(), ours["reqTime"].(int64)))
	}
	raw, err := json.Marshal(ours)
	must(k.t, err)
	return string(raw)
}
