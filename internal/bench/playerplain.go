package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/testlink"
	"github.com/stratosdrive/stratosdrive/internal/testvideo"
)

// plain is a plain web server at the other end of a line, with the same video
// as a file and as a stream, for plain mpv.
type plain struct {
	server         *httptest.Server
	file, playlist string // addresses
}

func openPlain(ctx context.Context, dir, film string, line *testlink.Line) (*plain, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	if err := os.Link(film, filepath.Join(dir, "film.mp4")); err != nil {
		return nil, err
	}
	if _, err := testvideo.CutHLS(ctx, dir, segmentSpan, film); err != nil {
		return nil, err
	}
	p := &plain{server: httptest.NewServer(http.FileServer(http.Dir(dir)))}
	address, err := line.To(p.server.Listener.Addr().String())
	if err != nil {
		p.close()
		return nil, err
	}
	p.file, p.playlist = "http://"+address+"/film.mp4", "http://"+address+"/index.m3u8"
	return p, nil
}

func (p *plain) close() { p.server.Close() }

// play lets mpv show one picture, and notes how long that took from its start to
// its end.
func (p *plain) play(ctx context.Context, address string, into *samples) error {
	began := time.Now()
	cmd := exec.CommandContext(ctx, "mpv", "--no-config", "--really-quiet", "--vo=null", "--ao=null", "--frames=1", address)
	cmd.Env = append(os.Environ(), "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("mpv: %w: %.300s", err, out)
	}
	*into = append(*into, time.Since(began).Seconds())
	return nil
}
