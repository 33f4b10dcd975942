package gateway

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// restTime is how long the reference lets a call of the video port take.
const restTime = 30 * time.Second

// restMux routes the video port. Unknown paths are plain 404 answers.
func (g *Gateway) restMux() http.Handler {
	mux := http.NewServeMux()
	for path, serve := range map[string]http.HandlerFunc{
		wire.RESTGetOzone:      g.restOzone,
		wire.RESTPrepare:       g.inactive(g.restPrepare),
		wire.RESTPrepareShared: g.inactive(g.restPrepareShared),
		pathFindSlice:          restFindSlice,
	} {
		mux.Handle(path, http.TimeoutHandler(crossOrigin(serve), restTime, "http time out!"))
	}
	mux.Handle(wire.RESTSegment, crossOrigin(g.inactive(g.restSegment))) // its time goes into sending
	return mux
}

// inactive refuses what a node that is active in the network does not do.
func (g *Gateway) inactive(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if g.active {
			restFail(w, wire.TextActiveNode)
			return
		}
		next(w, r)
	}
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
	wallet := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	c := &call{ctx: r.Context()}
	got := g.getOzone(c, wire.OzoneParams{Wallet: wallet}).(wire.OzoneResult)
	g.await(c)
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
	g.answerPrepare(w, r, hash+" "+p.Wallet, func() (bill, error) {
		if p.Wallet != owner {
			return bill{}, meta.NoFile
		}
		d := wire.DownloadParams{Signature: signatureOf(p), ReqTime: p.ReqTime}
		return g.ownFile(r.Context(), wire.Handle{Owner: owner, Hash: hash}, d)
	})
}

// restPrepareShared opens a session for a shared video: /LINK, the password as
// a second part or as query, which the reference loses on its way.
func (g *Gateway) restPrepareShared(w http.ResponseWriter, r *http.Request) {
	p, text := readPrepare(r)
	if text != "" {
		restFail(w, text)
		return
	}
	path := strings.TrimPrefix(r.URL.Path, wire.RESTPrepareShared)
	link, err := wire.ParseShareLink(wire.LinkScheme + path)
	if err != nil {
		restFail(w, wire.TextBadRequest)
		return
	}
	if link.Password == "" && !g.quirks.dropPassword {
		link.Password = r.URL.Query().Get("password")
	}
	g.answerPrepare(w, r, path+" "+p.Wallet, func() (bill, error) {
		return g.sharedFile(r.Context(), link, signatureOf(p), p.ReqTime)
	})
}

// answerPrepare opens the session. name is what the reference knows a video by
// that it has played to a wallet: it lets it be played again, whatever is
// signed.
func (g *Gateway) answerPrepare(w http.ResponseWriter, r *http.Request, name string, find func() (bill, error)) {
	v, there := g.cached.find(name)
	if !there {
		var text string
		if v, text = g.prepareVideo(r.Context(), find); text != "" {
			restFail(w, text)
			return
		}
	} else {
		v = v.again()
	}
	if g.quirks.shareFetched {
		g.cached.put(name, v)
	}
	writeJSON(w, http.StatusOK, wire.PrepareResponse{HeaderFile: wire.HeaderFile, ReqID: g.videos.add(v)})
}

// prepareVideo opens a video, or tells why not: the reference waits for a file
// that it does not get and knows no reason.
func (g *Gateway) prepareVideo(ctx context.Context, find func() (bill, error)) (v *videoSession, text string) {
	c := &call{ctx: ctx}
	v, err := g.openVideo(ctx, find)
	switch {
	case err == nil:
		c.asked(videoAnswers)
		g.await(c)
		return v, ""
	case !g.quirks.waits:
		return nil, textNoInfo + ": " + g.text(err)
	case isRefusal(err, errNoVideo):
		return nil, g.text(err)
	}
	_ = g.text(err) // trouble goes to the log
	g.wait(ctx, g.quirks.patience)
	return nil, textNoInfo
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

// serveSegment sends a segment. One that cannot be read to its end is broken
// off, so that the client does not take a part for the whole.
func (g *Gateway) serveSegment(ctx context.Context, w http.ResponseWriter, v *videoSession, s meta.Slice) {
	sent, count := false, v.handingOut(g, s)
	err := v.reader.CopySlice(ctx, w, s, func(node string, bytes int64) {
		sent = true
		count(node, bytes)
	})
	switch {
	case err == nil || ctx.Err() != nil:
		return
	case sent:
		g.logf("%v", err)
		panic(http.ErrAbortHandler)
	}
	g.logf("%v", err)
	w.Header().Del("Content-Length")
	w.Header().Set("Content-Type", wire.ContentType)
	restFail(w, textNoSlice)
}

func segmentType(name string) string {
	if name == wire.HeaderFile {
		return wire.TypePlaylist
	}
	return wire.TypeSegment
}

// pathFindSlice is for nodes that ask each other for segments. Here no node
// needs to, so none has what another one asks for.
const pathFindSlice = "/findVideoSlice/"

func restFindSlice(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(io.LimitReader(r.Body, wire.MaxBody))
	if err == nil {
		err = json.Unmarshal(raw, &struct{}{})
	}
	if err != nil {
		restFail(w, err.Error())
		return
	}
	restFail(w, "Could not find the video segment!")
}
