package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"os"
	"os/exec"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/picture"
	"github.com/stratosdrive/stratosdrive/player/convert"
	"github.com/stratosdrive/stratosdrive/player/mpv"
)

const (
	// ThumbnailSide is the longest side of a thumbnail in pixels.
	ThumbnailSide = 320

	thumbQuality   = 82       // of JPEG
	mostThumbBytes = 64 << 20 // of a picture that a thumbnail is made of
	mostThumbKept  = 1 << 20  // of a thumbnail
	pageLimit      = 20 * time.Second
	frameLimit     = 20 * time.Second
	frameAt        = 5.0 // seconds; behind a black beginning
)

// ErrNoThumbnail is returned for a file that has no thumbnail: it is of another
// kind, a program that is needed for it is not installed, or its bytes are not
// here and would have to be paid for.
var ErrNoThumbnail = errors.New("no thumbnail")

// thumbMakers make the picture that stands for a file on this disk, by kind.
var thumbMakers = map[thumbKind]func(a *App, ctx context.Context, name string) ([]byte, error){
	ofVideo: (*App).videoFrame, ofPages: (*App).firstPage,
}

type thumbKind int

const (
	ofNothing thumbKind = iota
	ofPicture
	ofVideo
	ofPages
)

func thumbKindOf(name string) thumbKind {
	switch {
	case ViewKindOf(name) == Picture:
		return ofPicture
	case CanPublish(name):
		return ofVideo
	case strings.EqualFold(path.Ext(name), ".pdf"):
		return ofPages
	}
	return ofNothing
}

// HasThumbnail tells by its name whether a file may have a thumbnail.
func HasThumbnail(name string) bool { return thumbKindOf(name) != ofNothing }

// Thumbnail returns a small picture of a file of the drive, at most
// [ThumbnailSide] pixels across. Nothing is fetched for it: what is not on this
// disk or among the bytes that were fetched before is [ErrNoThumbnail]. It is
// kept, sealed, with what else was fetched.
func (a *App) Thumbnail(ctx context.Context, e Entry) (image.Image, error) {
	kind := thumbKindOf(e.Name)
	if kind == ofNothing || e.Folder || e.Size == 0 {
		return nil, ErrNoThumbnail
	}
	store, err := a.keeper()
	if err != nil {
		return nil, err
	}
	key := thumbKey(e)
	if raw := keptWhole(store, key, mostThumbKept); raw != nil {
		return picture.Decode(raw, ThumbnailSide)
	}
	raw, err := a.thumbSource(ctx, e, kind)
	if err != nil {
		return nil, err
	}
	small, err := picture.Decode(raw, ThumbnailSide)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoThumbnail, err)
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, onWhite(small), &jpeg.Options{Quality: thumbQuality}); err == nil {
		_ = store.Put(key, out.Bytes()) // without it, it is made again
	}
	return small, nil
}

// thumbKey names the thumbnail of one content of a file.
func thumbKey(e Entry) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "thumbnail/1\x00%s\x00%d\x00%d", e.Path, e.Size, e.Changed.UnixNano()))
	return "thumb-" + hex.EncodeToString(sum[:16])
}

// onWhite lays a picture that one can see through on white paper: JPEG knows
// no transparency.
func onWhite(m *image.RGBA) *image.RGBA {
	if m.Opaque() {
		return m
	}
	out := image.NewRGBA(m.Rect)
	for i := 0; i < len(m.Pix); i += 4 { // colours are premultiplied
		rest := 255 - m.Pix[i+3]
		out.Pix[i], out.Pix[i+1], out.Pix[i+2], out.Pix[i+3] = m.Pix[i]+rest, m.Pix[i+1]+rest, m.Pix[i+2]+rest, 255
	}
	return out
}

// thumbSource returns an encoded picture that stands for a file.
func (a *App) thumbSource(ctx context.Context, e Entry, kind thumbKind) ([]byte, error) {
	name, err := a.onDisk(e.Path)
	if err != nil {
		return nil, err
	}
	info, err := os.Lstat(name)
	switch here := err == nil && info.Mode().IsRegular(); {
	case here && kind != ofPicture:
		return thumbMakers[kind](a, ctx, name)
	case here && info.Size() <= mostThumbBytes:
		return os.ReadFile(name)
	case here || kind != ofPicture || e.Size > mostThumbBytes:
		return nil, ErrNoThumbnail
	}
	return a.fetchedBytes(ctx, e)
}

// fetchedBytes returns a file of the network if all of it was fetched before.
func (a *App) fetchedBytes(ctx context.Context, e Entry) ([]byte, error) {
	d := a.currentDrive()
	if d == nil {
		return nil, ErrNoThumbnail
	}
	f, err := d.engine.Open(ctx, e.Path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	p, ok := f.(interface {
		Peek(p []byte, off int64) (int, error)
	})
	if !ok || f.Size() > mostThumbBytes {
		return nil, ErrNoThumbnail
	}
	raw := make([]byte, f.Size())
	for at := 0; at < len(raw); {
		n, err := p.Peek(raw[at:], int64(at))
		if n == 0 {
			return nil, errors.Join(ErrNoThumbnail, err)
		}
		at += n
	}
	return raw, nil
}

// videoFrame takes a frame of a video on this disk.
func (a *App) videoFrame(ctx context.Context, name string) ([]byte, error) {
	src, err := a.openStreamSource(ctx, name)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	tools, err := convert.Find()
	if err != nil {
		return framePlayed(ctx, src.address)
	}
	raw, err := tools.Poster(ctx, src.address, time.Duration(frameAt*float64(time.Second)), false)
	if err != nil && ctx.Err() == nil { // it is shorter than that
		raw, err = tools.Poster(ctx, src.address, 0, false)
	}
	return raw, errors.Join(err, ctx.Err())
}

// framePlayed takes the frame with the player's library.
func framePlayed(ctx context.Context, address string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, frameLimit)
	defer cancel()
	ready := make(chan struct{}, 1)
	t, err := mpv.NewThumbnails(address, mpv.ThumbnailOptions{Width: ThumbnailSide, Height: ThumbnailSide, OnReady: func() {
		select {
		case ready <- struct{}{}:
		default:
		}
	}})
	if err != nil {
		return nil, errors.Join(ErrNoThumbnail, err)
	}
	defer t.Close()
	t.Want(frameAt)
	for {
		select {
		case <-ctx.Done():
			return nil, errors.Join(ErrNoThumbnail, ctx.Err())
		case <-ready:
		}
		if m := t.At(frameAt); m != nil {
			var out bytes.Buffer
			err := jpeg.Encode(&out, m, &jpeg.Options{Quality: thumbQuality})
			return out.Bytes(), err
		}
	}
}

// firstPage draws the first page of a PDF on this disk, where the program for
// it is installed.
func (a *App) firstPage(ctx context.Context, name string) ([]byte, error) {
	program, err := exec.LookPath("pdftoppm")
	if err != nil {
		return nil, errors.Join(ErrNoThumbnail, err)
	}
	ctx, cancel := context.WithTimeout(ctx, pageLimit)
	defer cancel()
	f, err := os.Open(name)
	if err != nil {
		return nil, errors.Join(ErrNoThumbnail, err)
	}
	defer f.Close()
	cmd := exec.CommandContext(ctx, program, "-f", "1", "-l", "1", "-singlefile", "-scale-to", strconv.Itoa(ThumbnailSide), "-png", "-")
	cmd.Stdin, cmd.WaitDelay = f, 5*time.Second
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("draw page: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, errors.Join(ErrNoThumbnail, err)
	}
	raw, rerr := io.ReadAll(io.LimitReader(out, mostThumbKept*4))
	_, _ = io.Copy(io.Discard, out)
	if err := errors.Join(rerr, cmd.Wait()); err != nil || len(raw) == 0 {
		return nil, errors.Join(ErrNoThumbnail, err)
	}
	return raw, nil
}
