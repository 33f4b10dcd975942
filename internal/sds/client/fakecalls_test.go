package client

import (
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// What fakeNode does for uploads and downloads.

func (f *fakeNet) account(address string) *fakeAccount {
	if f.accounts[address] == nil {
		f.accounts[address] = &fakeAccount{number: 1, noz: 1 << 50}
	}
	return f.accounts[address]
}

func (a *fakeAccount) sn() string { return fmt.Sprintf("SN:%019d", a.number) }

// bump is a billed call of another device.
func (f *fakeNet) bump(address string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.account(address).number++
}

func (n *fakeNode) requestUpload(p wire.UploadParams) wire.Result {
	if n.verify(p.Signature, wire.UploadMessage(p.FileHash, p.Signature.Address, p.SequenceNumber, p.ReqTime)) != nil {
		return wire.Result{Return: "-3"}
	}
	if s := n.sessions[p.FileHash]; s != nil {
		if s.ended++; s.ended <= n.clingy {
			return wire.Result{Return: "-13"}
		}
	}
	n.sessions[p.FileHash] = &fakeSession{p: p}
	return wire.Result{Return: "1"}.WithRange(fakeRange(0, p.FileSize))
}

// verify checks a signature. Pieces of one upload carry the same one, and
// checking is slow under the race detector.
func (n *fakeNode) verify(s wire.Signature, message string) error {
	key := s.Address + s.PubKey + s.Signature + message
	if n.verified[key] {
		return nil
	}
	err := s.Verify(message)
	n.verified[key] = err == nil
	return err
}

func fakeRange(at, size int64) (int64, int64) {
	slice := at/fakeSlice*fakeSlice + fakeSlice
	return at, min(at+fakePiece, slice, size)
}

func (n *fakeNode) uploadData(p wire.UploadDataParams) wire.Result {
	s := n.sessions[p.FileHash]
	if s == nil || s.full {
		return wire.Result{Return: "-14"}
	}
	if n.verify(p.Signature, wire.UploadMessage(p.FileHash, p.Signature.Address, p.SequenceNumber, p.ReqTime)) != nil {
		return wire.Result{Return: "-3"}
	}
	if p.Stop {
		if n.clingy == 0 {
			delete(n.sessions, p.FileHash)
		}
		return wire.Result{Return: "-14"}
	}
	data, err := base64.StdEncoding.DecodeString(p.Data)
	_, end := fakeRange(int64(len(s.data)), s.p.FileSize)
	if err != nil || int64(len(data)) != end-int64(len(s.data)) {
		n.t.Errorf("piece of %d bytes at %d, %v", len(data), len(s.data), err)
	}
	if s.data = append(s.data, data...); int64(len(s.data)) < s.p.FileSize {
		return wire.Result{Return: "1"}.WithRange(fakeRange(end, s.p.FileSize))
	}
	s.full = true
	if wire.IsVideo(p.FileHash) || n.noSign {
		return n.accept(s, s.p.Signature, s.p.SequenceNumber, s.p.ReqTime)
	}
	return wire.Result{Return: "0"}
}

func (n *fakeNode) uploadSign(p wire.UploadSignParams) any {
	if n.noSign {
		return &wire.RPCError{Code: wire.RPCNoMethod, Message: "the method user_uploadSign does not exist/is not available"}
	}
	s := n.sessions[p.FileHash]
	if s == nil || !s.full {
		if n.oneSign {
			return silence{}
		}
		return wire.Result{Return: "-14"}
	}
	return n.accept(s, p.Signature, p.SequenceNumber, p.ReqTime)
}

func (n *fakeNode) accept(s *fakeSession, sig wire.Signature, sn string, t int64) wire.Result {
	id := s.p.FileHash
	delete(n.sessions, id)
	a := n.net.account(sig.Address)
	if n.verify(sig, wire.UploadMessage(id, sig.Address, a.sn(), t)) != nil {
		return wire.Result{Return: "-9", Detail: "failed to verify the wallet signature: wrong wallet signature"}
	}
	if f := n.net.files[sig.Address+id]; f != nil && !f.fails && !f.left {
		return wire.Result{Return: "-9", Detail: "Same file with the name exists: " + f.info.FileName}
	}
	if a.noz < int64(len(s.data)) {
		return wire.Result{Return: "-9", Detail: "not enough ozone"}
	}
	a.number++
	a.noz -= int64(len(s.data))
	f := &fakeFile{owner: sig.Address, data: s.data, polls: n.polls, info: wire.FileInfo{
		FileHash: id, FileName: s.p.FileName, FileSize: s.p.FileSize, CreateTime: t,
	}}
	if n.fails > 0 {
		n.fails--
		f.fails = true
	}
	n.net.files[sig.Address+id] = f
	return wire.Result{Return: "0"}
}

func (n *fakeNode) fileStatus(p wire.FileParams) wire.FileStatusResult {
	a := p.Signature.Address
	if n.verify(p.Signature, wire.StatusMessage(p.FileHash, a, p.ReqTime)) != nil {
		return wire.FileStatusResult{Return: "0", Error: "failed to verify the wallet signature: wrong wallet signature"}
	}
	f := n.net.files[a+p.FileHash]
	switch {
	case f == nil:
		return wire.FileStatusResult{Return: "0", Error: "file not found"}
	case f.left:
		return wire.FileStatusResult{Return: "0", State: wire.StateUploading}
	case f.polls > 0:
		f.polls--
		if f.polls < n.polls/3 {
			return wire.FileStatusResult{Return: "0", State: wire.StateConfirming}
		}
		return wire.FileStatusResult{Return: "0", State: wire.StateUploading}
	case f.fails:
		return wire.FileStatusResult{Return: "0", State: wire.StateFailed, Error: "transfer failed"}
	}
	return wire.FileStatusResult{Return: "0", State: wire.StateFinished, HasFile: true, Replicas: 3}
}

func (n *fakeNode) requestDownload(p wire.DownloadParams) wire.Result {
	h, err := wire.ParseHandle(p.FileHandle)
	if err != nil {
		return wire.Result{Return: "-7"}
	}
	if h.Owner != p.Signature.Address {
		return wire.Result{Return: "-12"}
	}
	a := n.net.account(p.Signature.Address)
	if n.verify(p.Signature, wire.DownloadMessage(h.Hash, p.Signature.Address, a.sn(), p.ReqTime)) != nil {
		return wire.Result{Return: "-6", Detail: "failed ReqFileStorageInfofailed to verify the wallet signature: wrong wallet signature"}
	}
	f := n.net.files[h.Owner+h.Hash]
	if f == nil {
		return wire.Result{Return: "-6", Detail: "failed ReqFileStorageInfofile not found"}
	}
	a.number++
	a.noz -= f.info.FileSize
	r := n.start(f)
	return r
}

// start opens a download and returns its first piece.
func (n *fakeNode) start(f *fakeFile) wire.Result {
	g := &fakeGet{file: f}
	var slices [][][2]int64
	for at := int64(0); at < f.info.FileSize; {
		from, to := fakeRange(at, f.info.FileSize)
		if at%fakeSlice == 0 {
			slices = append(slices, nil)
		}
		slices[len(slices)-1] = append(slices[len(slices)-1], [2]int64{from, to})
		at = to
	}
	for i := range slices {
		if n.reverse {
			i = len(slices) - 1 - i
		}
		g.pieces = append(g.pieces, slices[i]...)
	}
	n.nextID++
	id := fmt.Sprintf("request-%d", n.nextID)
	n.gets[id] = g
	r := g.piece()
	r.ReqID = id
	return r
}

func (g *fakeGet) piece() wire.Result {
	if len(g.pieces) == 0 {
		return wire.Result{Return: "3"}
	}
	p := g.pieces[0]
	g.pieces = g.pieces[1:]
	r := wire.Result{Return: "2", FileName: g.file.info.FileName, FileData: base64.StdEncoding.EncodeToString(g.file.data[p[0]:p[1]])}
	return r.WithRange(p[0], p[1])
}

func (n *fakeNode) downloadData(p wire.DownloadDataParams) wire.Result {
	g := n.gets[p.ReqID]
	if g == nil || g.file.info.FileHash != p.FileHash {
		return wire.Result{Return: "-7"}
	}
	return g.piece()
}

// asResult is for mishaps that change a result.
func asResult(v any) wire.Result {
	r, ok := v.(wire.Result)
	if !ok {
		panic(fmt.Sprintf("not a result: %T", v))
	}
	return r
}

func bare(link string) string { return strings.TrimPrefix(link, wire.LinkScheme) }
