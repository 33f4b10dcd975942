package client

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// The rest of fakeNode: lists, shares, videos.

func (n *fakeNode) delete(p wire.FileParams) wire.ReturnResult {
	a := p.Signature.Address
	if n.verify(p.Signature, wire.DeleteMessage(p.FileHash, a, p.ReqTime)) != nil {
		return wire.ReturnResult{Return: "-3"}
	}
	if n.net.files[a+p.FileHash] == nil {
		return wire.ReturnResult{Return: "file not found"}
	}
	delete(n.net.files, a+p.FileHash)
	return wire.ReturnResult{Return: "0"}
}

func (n *fakeNode) list(p wire.ListParams) wire.ListResult {
	if n.verify(p.Signature, wire.ListMessage(p.Signature.Address, p.ReqTime)) != nil {
		return wire.ListResult{Return: "-10"}
	}
	var all []wire.FileInfo
	for _, f := range n.net.files {
		if f.owner == p.Signature.Address {
			all = append(all, f.info)
		}
	}
	slices.SortFunc(all, func(a, b wire.FileInfo) int { return strings.Compare(a.FileHash, b.FileHash) })
	return wire.ListResult{Return: "0", Files: n.page(all, p.Page), TotalNumber: uint64(len(all)), Page: p.Page}
}

func (n *fakeNode) page(all []wire.FileInfo, page uint64) []wire.FileInfo {
	from := min(int(page)*n.pageSize, len(all))
	return all[from:min(from+n.pageSize, len(all))]
}

func (n *fakeNode) share(p wire.ShareParams) wire.ShareResult {
	a := p.Signature.Address
	f := n.net.files[a+p.FileHash]
	if f == nil || n.verify(p.Signature, wire.ShareMessage(p.FileHash, a, p.ReqTime)) != nil {
		return wire.ShareResult{Return: "file not found"}
	}
	if p.Duration == 0 {
		p.Duration = 15_552_000
	}
	id := fmt.Sprintf("%016x_%010x_%06x", len(n.net.shares)+1, 7, 9)
	s := &fakeShare{id: id, link: id, owner: a, file: f, made: p.ReqTime, ends: p.ReqTime + p.Duration}
	if p.Private {
		s.password = "m216"
	}
	n.net.shares = append(n.net.shares, s)
	return wire.ShareResult{Return: "0", ShareID: id, ShareLink: id} // without the scheme and the password
}

func (n *fakeNode) listShare(p wire.ListParams) wire.ShareResult {
	if n.verify(p.Signature, wire.ListShareMessage(p.Signature.Address, p.ReqTime)) != nil {
		return wire.ShareResult{Return: "-10"}
	}
	var all []wire.FileInfo
	for _, s := range n.net.shares {
		if s.owner == p.Signature.Address {
			i := s.file.info
			i.CreateTime, i.LinkTime, i.LinkTimeExp, i.ShareID, i.ShareLink = 0, s.made, s.ends, s.id, s.link
			all = append(all, i)
		}
	}
	return wire.ShareResult{Return: "0", Files: n.page(all, p.Page), TotalNumber: uint64(len(all)), Page: p.Page}
}

func (n *fakeNode) stopShare(p wire.StopShareParams) wire.ReturnResult {
	a := p.Signature.Address
	at := slices.IndexFunc(n.net.shares, func(s *fakeShare) bool { return s.id == p.ShareID && s.owner == a })
	if at < 0 || n.verify(p.Signature, wire.StopShareMessage(p.ShareID, a, p.ReqTime)) != nil {
		return wire.ReturnResult{Return: "-1"}
	}
	n.net.shares = slices.Delete(n.net.shares, at, at+1)
	return wire.ReturnResult{Return: "0"}
}

func (n *fakeNode) getShared(p wire.GetSharedParams) any {
	if len(p.ShareLink) < 6 {
		return &wire.RPCError{Code: wire.RPCServer, Message: "method handler crashed"}
	}
	l, err := wire.ParseShareLink(p.ShareLink)
	if err != nil {
		return wire.Result{Return: "-7"}
	}
	s, text := n.openShare(l, p.Signature, p.ReqTime)
	if s == nil {
		return wire.Result{Return: "-9", Detail: text}
	}
	r := n.start(s.file)
	r.FileHash, r.FileSize = s.file.info.FileHash, s.file.info.FileSize
	return r
}

func (n *fakeNode) openShare(l wire.ShareLink, sig wire.Signature, t int64) (*fakeShare, string) {
	a := n.net.account(sig.Address)
	if n.verify(sig, wire.SharedMessage(l.Link, sig.Address, a.sn(), t)) != nil {
		return nil, "failed to verify the wallet signature: wrong wallet signature"
	}
	at := slices.IndexFunc(n.net.shares, func(s *fakeShare) bool { return s.link == l.Link && s.password == l.Password && t < s.ends })
	if at < 0 {
		return nil, "share link not found or expired"
	}
	a.number++
	return n.net.shares[at], ""
}

// bigSegment sends a segment, or as much of it as n.reach says for this try.
func (n *fakeNode) bigSegment(w http.ResponseWriter) {
	w.Header().Set("Content-Type", wire.TypeSegment)
	w.Header().Set("Content-Length", fmt.Sprint(len(bigSegment)))
	if len(n.reach) == 0 {
		_, _ = w.Write(bigSegment)
		return
	}
	_, _ = w.Write(bigSegment[:n.reach[0]])
	n.reach = n.reach[1:]
	_ = http.NewResponseController(w).Flush()
	hangUp(w)
}

// bigSegment is larger than what a connection holds.
var bigSegment = content(99, 3*(256<<10)+5)

// serveREST is the video port.
func (n *fakeNode) serveREST(w http.ResponseWriter, r *http.Request) {
	parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	f := n.takeFault("/" + parts[0] + "/")
	if f.before != nil {
		f.before()
	}
	if f.ignore {
		hangUp(w)
		return
	}
	if f.status != 0 {
		reply(w, f, nil, nil)
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.net.mu.Lock()
	defer n.net.mu.Unlock()
	switch {
	case "/"+parts[0]+"/" == wire.RESTSegment && len(parts) == 3:
		n.segment(w, parts[1], parts[2])
	case len(parts) >= 2:
		n.prepareVideo(w, r, parts)
	default:
		restFail(w, wire.TextBadRequest)
	}
}

func restFail(w http.ResponseWriter, text string) {
	w.Header().Set("Content-Type", wire.ContentType)
	w.WriteHeader(http.StatusInternalServerError)
	_ = json.NewEncoder(w).Encode(wire.RESTError{ErrCode: 500, Message: text})
}

func (n *fakeNode) prepareVideo(w http.ResponseWriter, r *http.Request, parts []string) {
	var p wire.PrepareRequest
	if json.NewDecoder(r.Body).Decode(&p) != nil {
		restFail(w, wire.TextBadBody)
		return
	}
	sig := wire.Signature{Address: p.Wallet, PubKey: p.PubKey, Signature: p.Signature}
	a := n.net.account(p.Wallet)
	var f *fakeFile
	if "/"+parts[0]+"/" == wire.RESTPrepareShared {
		l := wire.ShareLink{Link: parts[1]}
		if len(parts) > 2 {
			l.Password = parts[2]
		}
		if s, _ := n.openShare(l, sig, p.ReqTime); s != nil {
			f = s.file
		}
	} else if f = n.net.files[parts[1]+parts[2]]; f != nil {
		if n.verify(sig, wire.DownloadMessage(parts[2], p.Wallet, a.sn(), p.ReqTime)) != nil {
			f = nil
		} else {
			a.number++
		}
	}
	if f == nil {
		restFail(w, "failed to get file storage info")
		return
	}
	n.nextID++
	id := fmt.Sprintf("video-%d", n.nextID)
	n.videos[id] = f.info.FileHash
	w.Header().Set("Content-Type", wire.ContentType)
	_ = json.NewEncoder(w).Encode(wire.PrepareResponse{HeaderFile: wire.HeaderFile, ReqID: id})
}

func (n *fakeNode) segment(w http.ResponseWriter, id, name string) {
	switch {
	case n.videos[id] == "":
		restFail(w, wire.TextSessionExpired)
	case name == wire.HeaderFile:
		w.Header().Set("Content-Type", wire.TypePlaylist)
		fmt.Fprint(w, "#EXTM3U\n0.ts\n")
	case name == "0.ts":
		w.Header().Set("Content-Type", wire.TypeSegment)
		fmt.Fprint(w, "segment of "+n.videos[id])
	case name == "big.ts":
		n.bigSegment(w)
	default:
		restFail(w, wire.TextNoSegment)
	}
}
