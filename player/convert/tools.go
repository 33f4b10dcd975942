package convert

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"net/url"
	"os/exec"
	"runtime"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// Errors of this package.
var (
	ErrNoFFmpeg = errors.New("ffmpeg is not installed")
	ErrNotVideo = errors.New("not a video that ffmpeg can read")
	ErrStuck    = errors.New("ffmpeg does not go on")
)

// Tools are the programs that do the work.
type Tools struct{ ffmpeg, ffprobe string }

// Find finds ffmpeg and ffprobe. Where they are missing the error is
// [ErrNoFFmpeg] with a sentence that says how to get them on this system.
func Find() (Tools, error) {
	ffmpeg, err := exec.LookPath("ffmpeg")
	ffprobe, perr := exec.LookPath("ffprobe")
	if err = errors.Join(err, perr); err != nil {
		return Tools{}, fault.Say(fmt.Errorf("%w: %w", ErrNoFFmpeg, err), "%s", howToGet(runtime.GOOS))
	}
	return Tools{ffmpeg, ffprobe}, nil
}

// howToGet says how ffmpeg is installed on a system.
func howToGet(system string) string {
	const need = "Publishing a video needs the program ffmpeg, which is not installed; "
	switch system {
	case "darwin":
		return need + "get it with: brew install ffmpeg"
	case "windows":
		return need + "get it with: winget install ffmpeg"
	}
	return need + "get it from your package manager, for example with: sudo apt install ffmpeg"
}

// containers are the formats that a file may have. Those that name other files
// or addresses (playlists, DASH, concat scripts, image sequences) are not among
// them.
const containers = "mov,matroska,mpegts,mpeg,mpegvideo,avi,flv,asf,ogg,mp3,aac,ac3,eac3,flac,wav,mxf,nut,rm,ivf,h264,hevc,m4v,obu,av1,dv,3g2"

// input are the options that stand in front of an address. They hold ffmpeg to
// that one address.
func input(address string) []string {
	return []string{
		"-protocol_whitelist", "http,tcp", "-format_whitelist", containers, "-http_proxy", "",
		"-probesize", "20M", "-analyzeduration", "20M", "-i", address,
	}
}

// onThisComputer refuses every other address: nothing but the program's own
// server is given to ffmpeg, so no name of a file is ever part of its command.
func onThisComputer(address string) error {
	u, err := url.Parse(address)
	if err == nil && u.Scheme == "http" && u.User == nil {
		ip, perr := netip.ParseAddr(u.Hostname())
		if perr == nil && ip.IsLoopback() {
			return nil
		}
	}
	return errors.New("not an address of this computer")
}

const (
	probeLimit = time.Minute
	mostOutput = 4 << 20 // of what a program prints, in bytes
	mostTrace  = 4 << 10 // of what it says about failures
)

// Probe looks into the video at an address of this computer.
func (t Tools) Probe(ctx context.Context, address string, size int64) (Info, error) {
	args := append([]string{"-v", "error", "-show_streams", "-show_format", "-of", "json"}, input(address)...)
	raw, err := run(ctx, probeLimit, t.ffprobe, address, args)
	if err != nil {
		return Info{}, err
	}
	return readInfo(raw, size)
}

// run runs a program to its end and returns what it printed.
func run(ctx context.Context, limit time.Duration, program, address string, args []string) ([]byte, error) {
	if err := onThisComputer(address); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	out, trace := &capped{most: mostOutput}, &capped{most: mostTrace}
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Stdout, cmd.Stderr, cmd.WaitDelay = out, trace, 5*time.Second
	if err := cmd.Run(); err != nil {
		return nil, failed(ctx, err, trace.String())
	}
	if out.over {
		return nil, notVideo(errors.New("too much output"))
	}
	return out.Bytes(), nil
}

// capped keeps the beginning of what is written.
type capped struct {
	bytes.Buffer
	most int
	over bool
}

// Write implements [io.Writer]; it takes everything.
func (c *capped) Write(p []byte) (int, error) {
	room := c.most - c.Len()
	if len(p) > room {
		c.over = true
		c.Buffer.Write(p[:max(room, 0)])
		return len(p), nil
	}
	return c.Buffer.Write(p)
}

var _ io.Writer = (*capped)(nil)

func failed(ctx context.Context, err error, trace string) error {
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return context.Cause(ctx)
	case ctx.Err() != nil:
		return fault.Say(fmt.Errorf("%w: %w", ErrStuck, ctx.Err()), "The video was looked at for too long without result. It may be damaged, or the network is too slow now; nothing was published.")
	}
	return notVideo(fmt.Errorf("%w: %s", err, trace))
}

func notVideo(err error) error {
	return fault.Say(fmt.Errorf("%w: %w", ErrNotVideo, err), "This file cannot be read as a video: it is damaged, or of a kind that ffmpeg does not know. Nothing was published.")
}
