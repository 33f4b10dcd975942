package main

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// The peer is a small program that stores files over plain HTTP, in a process
// of its own: /plain/ keeps bytes as they come, /duty/ does what the storage
// network has to do: base64 on the way, a Keccak pass on each side, and five
// copies that are on the disk before it answers.

// peerCopies is how many copies the duties ask for.
const peerCopies = 5

// hashTrailer carries the hash of the content behind a body in base64.
const hashTrailer = "Content-Hash"

// servePeer runs the peer below dir until its standard input ends. It prints
// its address.
func servePeer(dir string) error {
	for i := range peerCopies {
		if err := os.MkdirAll(filepath.Join(dir, strconv.Itoa(i)), 0o700); err != nil {
			return fmt.Errorf("folder of the peer: %w", err)
		}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("peer: %w", err)
	}
	mux := http.NewServeMux()
	first := func(r *http.Request) string { return filepath.Join(dir, "0", r.PathValue("name")) }
	handle := func(pattern string, do func(w http.ResponseWriter, r *http.Request) error) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			if err := do(w, r); err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
			}
		})
	}
	handle("PUT /plain/{name}", func(_ http.ResponseWriter, r *http.Request) error { return takePlain(r.Body, first(r)+".plain") })
	mux.HandleFunc("GET /plain/{name}", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, first(r)+".plain") })
	handle("PUT /duty/{name}", func(_ http.ResponseWriter, r *http.Request) error { return takeDuty(r, dir) })
	handle("GET /duty/{name}", func(w http.ResponseWriter, r *http.Request) error { return giveDuty(w, first(r)) })
	handle("DELETE /{name}", func(_ http.ResponseWriter, r *http.Request) error { return drop(dir, r.PathValue("name")) })
	fmt.Println(l.Addr())
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		l.Close()
	}()
	if err := http.Serve(l, mux); !errors.Is(err, net.ErrClosed) {
		return fmt.Errorf("peer: %w", err)
	}
	return nil
}

func takePlain(body io.Reader, path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, body)
	return errors.Join(err, f.Close())
}

func drop(dir, name string) error {
	for i := range peerCopies {
		path := filepath.Join(dir, strconv.Itoa(i), name)
		_, _ = os.Remove(path), os.Remove(path+".plain") // only the first has both
	}
	return nil
}

// takeDuty stores a body in base64 five times and compares its hash.
func takeDuty(r *http.Request, dir string) error {
	h := wire.NewFileHasher()
	files, all := make([]*os.File, peerCopies), []io.Writer{h}
	for i := range files {
		f, err := os.Create(filepath.Join(dir, strconv.Itoa(i), r.PathValue("name")))
		if err != nil {
			return err
		}
		defer f.Close()
		files[i], all = f, append(all, f)
	}
	if err := decode(io.MultiWriter(all...), r.Body); err != nil {
		return err
	}
	if h.Sum(wire.Ordinary) != r.Trailer.Get(hashTrailer) {
		return errors.New("other content came")
	}
	synced := make(chan error, peerCopies)
	for _, f := range files {
		go func() { synced <- f.Sync() }()
	}
	var err error
	for range files {
		err = errors.Join(err, <-synced)
	}
	return err
}

func giveDuty(w http.ResponseWriter, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	w.Header().Set("Trailer", hashTrailer)
	h := wire.NewFileHasher()
	if err := encode(w, io.TeeReader(f, h)); err != nil {
		return err
	}
	w.Header().Set(hashTrailer, h.Sum(wire.Ordinary))
	return nil
}

const step = 48 << 10 // without a rest in base64

// encode copies src to dst in base64.
func encode(dst io.Writer, src io.Reader) error {
	plain, text := make([]byte, step), make([]byte, base64.StdEncoding.EncodedLen(step))
	for {
		n, err := io.ReadFull(src, plain)
		if n > 0 {
			base64.StdEncoding.Encode(text, plain[:n])
			if _, err := dst.Write(text[:base64.StdEncoding.EncodedLen(n)]); err != nil {
				return err
			}
		}
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// decode copies src, which is base64, to dst.
func decode(dst io.Writer, src io.Reader) error {
	plain, text := make([]byte, step), make([]byte, base64.StdEncoding.EncodedLen(step))
	for {
		n, err := io.ReadFull(src, text)
		if n > 0 {
			m, derr := base64.StdEncoding.Decode(plain, text[:n])
			if derr != nil {
				return derr
			}
			if _, err := dst.Write(plain[:m]); err != nil {
				return err
			}
		}
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// peerClient talks to a peer that it started.
type peerClient struct {
	url   string
	cmd   *exec.Cmd
	stdin io.WriteCloser
	once  sync.Once
}

// startPeer runs this program again as the peer.
func startPeer(ctx context.Context, dir string) (*peerClient, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("start the peer: %w", err)
	}
	p := &peerClient{cmd: exec.CommandContext(ctx, self, peerCommand, dir)}
	p.cmd.Stderr = os.Stderr
	if p.stdin, err = p.cmd.StdinPipe(); err != nil {
		return nil, fmt.Errorf("start the peer: %w", err)
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start the peer: %w", err)
	}
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the peer: %w", err)
	}
	var address string
	if _, err := fmt.Fscanln(out, &address); err != nil {
		p.stop()
		return nil, fmt.Errorf("address of the peer: %w", err)
	}
	p.url = "http://" + address
	return p, nil
}

func (p *peerClient) stop() {
	p.once.Do(func() {
		_ = p.stdin.Close()
		_ = p.cmd.Wait() // however it ended
	})
}

// put sends the file at path.
func (p *peerClient) put(ctx context.Context, way, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	body, trailer := io.Reader(f), http.Header{}
	if way == "duty" {
		r, w := io.Pipe()
		body, trailer[hashTrailer] = r, nil
		go func() {
			h := wire.NewFileHasher()
			err := encode(w, io.TeeReader(f, h))
			trailer.Set(hashTrailer, h.Sum(wire.Ordinary))
			w.CloseWithError(err)
		}()
	}
	resp, err := p.do(ctx, http.MethodPut, way+"/"+filepath.Base(path), body, trailer)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// get fetches into the file at to.
func (p *peerClient) get(ctx context.Context, way, path, to string) error {
	resp, err := p.do(ctx, http.MethodGet, way+"/"+filepath.Base(path), nil, nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if way == "plain" {
		return takePlain(resp.Body, to)
	}
	f, err := os.Create(to)
	if err != nil {
		return err
	}
	defer f.Close()
	h := wire.NewFileHasher()
	if err := decode(io.MultiWriter(f, h), resp.Body); err != nil {
		return err
	}
	if h.Sum(wire.Ordinary) != resp.Trailer.Get(hashTrailer) {
		return errors.New("other content came from the peer")
	}
	return nil
}

// forget removes a file from the peer.
func (p *peerClient) forget(ctx context.Context, path string) error {
	resp, err := p.do(ctx, http.MethodDelete, filepath.Base(path), nil, nil)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (p *peerClient) do(ctx context.Context, method, name string, body io.Reader, trailer http.Header) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, method, p.url+"/"+name, body)
	if err != nil {
		return nil, err
	}
	req.Trailer = trailer
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, fmt.Errorf("peer: %w", err)
	}
	if resp.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(io.LimitReader(resp.Body, 1000))
		resp.Body.Close()
		return nil, fmt.Errorf("peer: %s: %s", resp.Status, strings.TrimSpace(string(text)))
	}
	return resp, nil
}
