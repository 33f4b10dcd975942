package gateway

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// restMux routes the video port. Unknown paths are plain 404 answers.
func (g *Gateway) restMux() http.Handler {
	mux := http.NewServeMux()
	for path, serve := range map[string]http.HandlerFunc{
		wire.RESTGetOzone:      g.restOzone,
		wire.RESTPrepare:       g.restPrepare,
		wire.RESTPrepareShared: g.restPrepareShared,
		wire.RESTSegment:       g.restSegment,
	} {
		mux.HandleFunc(path, crossOrigin(serve))
	}
	return mux
}

// crossOrigin lets web players in, as the reference does.
func crossOrigin(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Access-Control-Allow-Origin", "*")
		h.Set("Access-Control-Allow-Credentials", "true")
		h.Set("Access-Control-Allow-Methods", "POST, OPTIONS, GET, PUT")
		h.Set("Access-Control-Allow-Headers", "Content-Type, Content-Length, Accept-Encoding, X-CSRF-Token, "+
			"X-Auth-Token, Authorization, Code, accept, origin, Cache-Control, X-Requested-With")
		h.Set("Content-Type", wire.ContentType)
		if r.Method != http.MethodOptions {
			next(w, r)
		}
	}
}

func writeJSON(w http.ResponseWriter, status int, value any) {
	raw, err := json.Marshal(value)
	if err != nil {
		panic(err) // answers are plain structs
	}
	w.WriteHeader(status)
	w.Write(raw)
}

// restFail answers with an error. The status is 500, only a malformed file
// path has 200.
func restFail(w http.ResponseWriter, text string) {
	status := http.StatusInternalServerError
	if text == wire.TextBadFilePath {
		status = http.StatusOK
	}
	writeJSON(w, status, wire.RESTError{ErrCode: http.StatusInternalServerError, Message: text})
}

func (g *Gateway) restOzone(w http.ResponseWriter, r *http.Request) {
	wallet := strings.TrimPrefix(r.URL.Path, wire.RESTGetOzone)
	got := g.getOzone(&call{ctx: r.Context()}, wire.OzoneParams{Wallet: wallet}).(wire.OzoneResult)
	if got.Ozone == "" {
		writeJSON(w, http.StatusOK, wire.RESTOzone{})
		return
	}
	writeJSON(w, http.StatusOK, wire.RESTOzone{Wallet: wallet, SequenceNumber: got.SequenceNumber, Ozone: got.Ozone})
}

// readPrepare reads the body of both prepare calls; it returns the text of
// what is wrong.
func readPrepare(r *http.Request) (wire.PrepareRequest, string) {
	var p wire.PrepareRequest
	if err := json.NewDecoder(io.LimitReader(r.Body, wire.MaxBody)).Decode(&p); err != nil {
		return p, wire.TextBadBody
	}
	if p.ReqTime == 0 || p.PubKey == "" || p.Signature == "" {
		return p, wire.TextMissingMembers
	}
	return p, ""
}

func signatureOf(p wire.PrepareRequest) wire.Signature {
	return wire.Signature{Address: p.Wallet, PubKey: p.PubKey, Signature: p.Signature}
}

// restPrepare opens a session for an own video: /OWNER/HASH and nothing else.
func (g *Gateway) restPrepare(w http.ResponseWriter, r *http.Request) {
	owner, hash, ok := strings.Cut(strings.TrimPrefix(r.URL.Path, wire.RESTPrepare), "/")
	if !ok || len(owner) != wire.AddressLength || len(hash) != wire.HashLength || r.URL.RawQuery != "" {
		restFail(w, wire.TextBadFilePath)
		return
	}
	p, text := readPrepare(r)
	if text != "" {
		restFail(w, text)
		return
	}
	g.answerPrepare(w, r, func() (bill, error) {
		if p.Wallet != owner {
			return bill{}, meta.NoFile
		}
		d := wire.DownloadParams{Signature: signatureOf(p), ReqTime: p.ReqTime}
		return g.ownFile(r.Context(), wire.Handle{Owner: owner, Hash: hash}, d)
	})
}

// restPrepareShared opens a session for a shared video: /LINK, the password as
// a second part or as query (which the reference loses on its way).
func (g *Gateway) restPrepareShared(w http.ResponseWriter, r *http.Request) {
	p, text := readPrepare(r)
	if text != "" {
		restFail(w, text)
		return
	}
	link, err := wire.ParseShareLink(wire.LinkScheme + strings.TrimPrefix(r.URL.Path, wire.RESTPrepareShared))
	if err != nil {
		restFail(w, wire.TextBadRequest)
		return
	}
	if link.Password == "" {
		link.Password = r.URL.Query().Get("password")
	}
	g.answerPrepare(w, r, func() (bill, error) {
		return g.sharedFile(r.Context(), link, signatureOf(p), p.ReqTime)
	})
}

func (g *Gateway) answerPrepare(w http.ResponseWriter, r *http.Request, find func() (bill, error)) {
	id, err := g.openVideo(r.Context(), find)
	if err != nil {
		restFail(w, textNoInfo+": "+g.text(err))
		return
	}
	writeJSON(w, http.StatusOK, wire.PrepareResponse{HeaderFile: wire.HeaderFile, ReqID: id})
}

// restSegment serves a segment or the playlist: /REQID/NAME.
func (g *Gateway) restSegment(w http.ResponseWriter, r *http.Request) {
	id, name, ok := strings.Cut(strings.TrimPrefix(r.URL.Path, wire.RESTSegment), "/")
	if !ok {
		restFail(w, wire.TextBadRequest)
		return
	}
	v, ok := g.videos.find(id)
	if !ok {
		restFail(w, wire.TextSessionExpired)
		return
	}
	s, ok := v.segment(name)
	if !ok {
		restFail(w, wire.TextNoSegment)
		return
	}
	if err := v.reader.Prove(r.Context(), s); err != nil {
		g.logf("%v", err)
		restFail(w, textNoSlice)
		return
	}
	w.Header().Set("Content-Type", segmentType(name))
	w.Header().Set("Content-Length", strconv.FormatInt(s.Size, 10))
	g.serveSegment(r.Context(), w, v, s)
}

func (g *Gateway) serveSegment(ctx context.Context, w io.Writer, v *videoSession, s meta.Slice) {
	file := v.reader.File()
	err := v.reader.CopySlice(ctx, w, s, func(node string, bytes int64) { g.count(v.wallet, file, node, bytes) })
	if err != nil && ctx.Err() == nil {
		g.logf("%v", err)
		panic(http.ErrAbortHandler) // the client must not take a part for the whole
	}
}

func segmentType(name string) string {
	if name == wire.HeaderFile {
		return wire.TypePlaylist
	}
	return wire.TypeSegment
}
