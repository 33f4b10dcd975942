package gateway

import (
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"strings"

	"github.com/klauspost/compress/gzip"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// acceptedTypes are the content types of requests.
var acceptedTypes = map[string]bool{
	"application/json": true, "application/json-rpc": true, "application/jsonrequest": true,
}

// rootOnly has nothing but the root, not even for what cannot be understood.
func rootOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// serveRPC keeps the HTTP rules of the reference node, in its order: host,
// origin, health check, method, length, content type.
func (g *Gateway) serveRPC(w http.ResponseWriter, r *http.Request) {
	if !g.hostAllowed(r.Host) {
		http.Error(w, wire.TextHost, http.StatusForbidden)
		return
	}
	w.Header().Add("Vary", "Origin")
	if r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != "" {
		refuseOrigin(w)
		return
	}
	if r.Method == http.MethodGet && r.ContentLength == 0 && r.URL.RawQuery == "" {
		w.WriteHeader(http.StatusOK)
		return
	}
	if status, text := checkRequest(r); status != 0 {
		http.Error(w, text, status)
		return
	}
	w.Header().Set("Content-Type", wire.ContentType)
	in := g.answerUntil(w)
	g.serveCalls(in, r)
	in.check()
}

// refuseOrigin answers a browser that asks whether a page may call: none may.
func refuseOrigin(w http.ResponseWriter) {
	w.Header().Add("Vary", "Access-Control-Request-Method")
	w.Header().Add("Vary", "Access-Control-Request-Headers")
	w.WriteHeader(http.StatusNoContent)
}

// hostAllowed: names must be listed, so that no web page can reach the port
// under a name of its own; IP literals and a missing header pass.
func (g *Gateway) hostAllowed(header string) bool {
	host, _, err := net.SplitHostPort(header)
	if err != nil {
		host = header
	}
	return header == "" || net.ParseIP(strings.Trim(host, "[]")) != nil || g.hosts["*"] || g.hosts[host]
}

func checkRequest(r *http.Request) (status int, text string) {
	if r.Method == http.MethodPut || r.Method == http.MethodDelete {
		return http.StatusMethodNotAllowed, "method not allowed"
	}
	if r.ContentLength > wire.MaxBody {
		return http.StatusRequestEntityTooLarge, fmt.Sprintf("content length too large (%d>%d)", r.ContentLength, wire.MaxBody)
	}
	if r.Method == http.MethodOptions {
		return 0, ""
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || !acceptedTypes[kind] {
		return http.StatusUnsupportedMediaType, wire.TextContentType
	}
	return 0, ""
}

// gzipped compresses answers for clients that ask for it. Base64 of content
// that cannot be compressed shrinks by a quarter with Huffman codes alone,
// and searching for more would cost many times the time.
func gzipped(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Encoding", "gzip")
		z, err := gzip.NewWriterLevel(w, gzip.HuffmanOnly)
		if err != nil {
			panic(err) // only for a wrong level
		}
		next.ServeHTTP(&gzipWriter{w, z}, r)
		z.Close() // not after a panic, which ends the connection
	})
}

type gzipWriter struct {
	http.ResponseWriter
	z io.Writer
}

// WriteHeader drops the length of the uncompressed answer.
func (g *gzipWriter) WriteHeader(status int) {
	g.Header().Del("Content-Length")
	g.ResponseWriter.WriteHeader(status)
}

// Write implements [io.Writer].
func (g *gzipWriter) Write(p []byte) (int, error) {
	g.Header().Del("Content-Length")
	return g.z.Write(p)
}
