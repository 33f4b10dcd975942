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

// rival is plain mpv with the same video at an address, which jumps to the same
// places.
type rival struct {
	address       string
	firsts, jumps samples
}

// show begins at the start, and then at a place.
func (r *rival) show(ctx context.Context, place float64) error {
	first, err := mpvPicture(ctx, r.address, "--start=0")
	if err != nil {
		return err
	}
	jump, err := mpvPicture(ctx, r.address, "--start="+decimal(place))
	r.firsts, r.jumps = append(r.firsts, first), append(r.jumps, jump)
	return err
}

// tell reports a scene beside the rival, who begins anew for each jump.
func (r *rival) tell(emit func(figure), s *scene, name string, most float64) {
	prefix := "player: " + s.name + " beside " + name
	emit(figure{Name: prefix + ", first frame, median", Unit: "s", Ours: s.firsts.median()}.within(r.firsts.median(), most))
	for _, percent := range []int{50, 95} {
		f := figure{Name: fmt.Sprintf("%s that begins there, after a jump, percentile %d", prefix, percent), Unit: "s", Ours: s.jumps.rank(percent)}
		emit(f.beside(r.jumps.rank(percent)))
	}
}

// mpvPicture lets mpv show one picture, and tells how many seconds that took
// from its start to its end.
func mpvPicture(ctx context.Context, address, start string) (float64, error) {
	began := time.Now()
	cmd := exec.CommandContext(ctx, "mpv", "--no-config", "--really-quiet", "--vo=null", "--ao=null", "--frames=1", start, address)
	cmd.Env = append(os.Environ(), "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent")
	if out, err := cmd.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("mpv: %w: %.300s", err, out)
	}
	return time.Since(began).Seconds(), nil
}
