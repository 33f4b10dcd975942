package gateway

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

func (a wallet) ozone() (noz int64, sequence string) {
	a.w.t.Helper()
	var r wire.OzoneResult
	a.w.call(wire.MethodGetOzone, wire.OzoneParams{Wallet: a.Address()}, &r)
	n, ok := new(big.Int).SetString(r.Ozone, 10)
	if !ok {
		a.w.t.Fatalf("ozone %q", r.Ozone)
	}
	return n.Int64(), r.SequenceNumber
}

func (a wallet) sequence() string {
	_, sn := a.ozone()
	return sn
}

func (a wallet) now() int64 { return a.w.clock.Now().Unix() }

func (a wallet) signed(message string) wire.Signature { return wire.Signed(a, message) }

// uploadParams opens an upload of data under name.
func (a wallet) uploadParams(name string, data []byte, kind wire.Kind) wire.UploadParams {
	sn, t := a.sequence(), a.now()
	hash := hashOf(data, kind)
	return wire.UploadParams{
		FileName: name, FileSize: int64(len(data)), FileHash: hash, DesiredTier: 2, AllowHigherTier: true,
		Signature: a.signed(wire.UploadMessage(hash, a.Address(), sn, t)), ReqTime: t, SequenceNumber: sn,
	}
}

// send sends the pieces that first and its successors ask for, and returns
// the last answer.
func (a wallet) send(p wire.UploadParams, data []byte, first wire.Result) wire.Result {
	a.w.t.Helper()
	r := first
	for r.Return == "1" {
		start, end, ok := r.Range()
		if !ok {
			a.w.t.Fatalf("no range in %+v", r)
		}
		r = a.w.sendData(p, data[start:end])
	}
	return r
}

func dataParams(p wire.UploadParams, data []byte) any {
	return struct {
		wire.UploadDataParams
		Data []byte `json:"data"`
	}{wire.UploadDataParams{
		FileHash: p.FileHash, Signature: p.Signature, ReqTime: p.ReqTime, SequenceNumber: p.SequenceNumber,
	}, data}
}

func (a wallet) signParams(hash string) wire.UploadSignParams {
	sn, t := a.sequence(), a.now()
	return wire.UploadSignParams{
		FileHash: hash, Signature: a.signed(wire.UploadMessage(hash, a.Address(), sn, t)), SequenceNumber: sn, ReqTime: t,
	}
}

// tryUpload uploads data and returns the last answer.
func (a wallet) tryUpload(name string, data []byte) wire.Result {
	a.w.t.Helper()
	p := a.uploadParams(name, data, wire.Ordinary)
	var r wire.Result
	a.w.call(wire.MethodUpload, p, &r)
	if r = a.send(p, data, r); r.Return != "0" {
		return r
	}
	r = wire.Result{}
	a.w.call(wire.MethodUploadSign, a.signParams(p.FileHash), &r)
	return r
}

// upload uploads data and waits until it is finished.
func (a wallet) upload(name string, data []byte) (hash string) {
	a.w.t.Helper()
	if r := a.tryUpload(name, data); r.Return != "0" {
		a.w.t.Fatalf("upload %s: %+v", name, r)
	}
	hash = hashOf(data, wire.Ordinary)
	a.await(hash)
	return hash
}

// await polls until a file is finished.
func (a wallet) await(hash string) wire.FileStatusResult {
	a.w.t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		a.w.pass(a.w.g.quirks.send + a.w.g.quirks.confirm)
		if s := a.status(hash); s.State == wire.StateFinished {
			return s
		}
	}
	a.w.t.Fatalf("%s is not finished: %+v", hash, a.status(hash))
	return wire.FileStatusResult{}
}

func (a wallet) fileParams(hash string) wire.FileParams {
	t := a.now()
	return wire.FileParams{FileHash: hash, Signature: a.signed(wire.StatusMessage(hash, a.Address(), t)), ReqTime: t}
}

func (a wallet) status(hash string) (r wire.FileStatusResult) {
	a.w.t.Helper()
	a.w.call(wire.MethodFileStatus, a.fileParams(hash), &r)
	return r
}

func (a wallet) downloadParams(hash string) wire.DownloadParams {
	t := a.now()
	return wire.DownloadParams{
		FileHandle: wire.Handle{Owner: a.Address(), Hash: hash}.String(), ReqTime: t,
		Signature: a.signed(wire.DownloadMessage(hash, a.Address(), a.sequence(), t)),
	}
}

// callDownload asks for a download.
func (a wallet) callDownload(hash string) binResult {
	a.w.t.Helper()
	return a.w.callPiece(wire.MethodDownload, a.downloadParams(hash))
}

func (a wallet) list(page uint64) (r wire.ListResult) {
	a.w.t.Helper()
	ts := a.now()
	a.w.call(wire.MethodList, wire.ListParams{Signature: a.signed(wire.ListMessage(a.Address(), ts)), Page: page, ReqTime: ts}, &r)
	return r
}

// binResult is a result with its data decoded.
type binResult struct {
	wire.Result
	Data []byte `json:"filedata"`
}

// download downloads an own file and returns its bytes, or nil and the answer
// that was no piece.
func (a wallet) download(hash string, size int) ([]byte, binResult) {
	a.w.t.Helper()
	return a.collect(hash, size, a.w.callPiece(wire.MethodDownload, a.downloadParams(hash)))
}

// collect takes all pieces after the first one.
func (a wallet) collect(hash string, size int, r binResult) ([]byte, binResult) {
	a.w.t.Helper()
	out, reqid := make([]byte, size), r.ReqID
	for r.Return == "2" {
		start, end, ok := r.Range()
		if !ok || end-start != int64(len(r.Data)) || end > int64(size) {
			a.w.t.Fatalf("piece [%d, %d) of %d bytes", start, end, len(r.Data))
		}
		copy(out[start:end], r.Data)
		r = a.w.callPiece(wire.MethodDownloadData, wire.DownloadDataParams{FileHash: hash, ReqID: reqid})
	}
	if r.Return != "3" {
		return nil, r
	}
	var end wire.Result
	a.w.call(wire.MethodDownloadedInfo, wire.DownloadedInfoParams{FileHash: hash, FileSize: int64(size), ReqID: reqid}, &end)
	if end.Return != "0" {
		a.w.t.Fatalf("downloadedFileInfo: %+v", end)
	}
	return out, r
}

func hashOf(data []byte, kind wire.Kind) string {
	h := wire.NewFileHasher()
	h.Write(data)
	return h.Sum(kind)
}

// sendData sends one piece. Its body is put together by hand: JSON encoders
// take most of the time of a test that moves megabytes.
func (w *world) sendData(p wire.UploadParams, data []byte) (r wire.Result) {
	w.t.Helper()
	params, err := json.Marshal(wire.UploadDataParams{
		FileHash: p.FileHash, Signature: p.Signature, ReqTime: p.ReqTime, SequenceNumber: p.SequenceNumber,
	})
	must(w.t, err)
	text := strings.Replace(string(params), `"data":""`, `"data":"`+base64.StdEncoding.EncodeToString(data)+`"`, 1)
	_, raw := w.post([]byte(`{"id":1,"method":"user_uploadData","params":[` + text + `]}`))
	must(w.t, json.Unmarshal(raw, &struct{ Result *wire.Result }{&r}))
	return r
}

// callPiece is call for answers that may carry bytes; those are decoded apart,
// for the same reason.
func (w *world) callPiece(method string, params any) (r binResult) {
	w.t.Helper()
	raw, member := w.raw(method, params), []byte(`,"filedata":"`)
	var text []byte
	if at := bytes.Index(raw, member); at >= 0 {
		rest := raw[at+len(member):]
		end := bytes.IndexByte(rest, '"')
		text, raw = rest[:end], append(raw[:at:at], rest[end+1:]...)
	}
	must(w.t, json.Unmarshal(raw, &struct{ Result *binResult }{&r}))
	r.Data = make([]byte, base64.StdEncoding.DecodedLen(len(text)))
	n, err := base64.StdEncoding.Decode(r.Data, text)
	must(w.t, err)
	r.Data = r.Data[:n]
	return r
}
