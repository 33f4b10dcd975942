package app

import (
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/player/convert"
	"github.com/stratosdrive/stratosdrive/player/source"
	"github.com/stratosdrive/stratosdrive/sync/object"
	"github.com/stratosdrive/stratosdrive/sync/publish"
)

// StreamPlan says what publishing a video will do, before anything is done.
type StreamPlan struct {
	Path    string          `json:"path"`
	Title   string          `json:"title"` // suggested
	Seconds float64         `json:"seconds"`
	Size    int64           `json:"size"` // of the file in bytes
	Width   int             `json:"width"`
	Height  int             `json:"height"`
	Tracks  []convert.Track `json:"tracks"`
	// Action is "as it is", "repack" (other tracks are left out, picture and
	// sound stay what they are) or "convert" (encoded anew, asked for first).
	Action  convert.Action `json:"action"`
	Codecs  []string       `json:"codecs,omitempty"`   // what has to be encoded anew
	Left    int            `json:"left_out,omitempty"` // tracks that a stream leaves out
	Bytes   int64          `json:"bytes"`              // that are uploaded; an estimate unless it goes as it is
	Convert time.Duration  `json:"convert_ns,omitempty"`
	Noz     string         `json:"noz"`       // ozone for five copies, decimal
	Poster  float64        `json:"poster_at"` // second of the poster frame, if nobody chooses another
}

// streamSource is a video that is to be published: open, and readable by
// ffmpeg at an address of this computer.
type streamSource struct {
	io.ReaderAt
	path, name string
	key        string // names this content
	size       int64
	address    string
	read       func(ctx context.Context, p []byte, off int64) (int, error)
	close      []func() error
}

// Close ends reading.
func (s *streamSource) Close() error {
	var errs []error
	for _, c := range s.close {
		errs = append(errs, c())
	}
	return firstError(errs...)
}

// openStreamSource opens a file of the drive, or one of this computer.
func (a *App) openStreamSource(ctx context.Context, what string) (*streamSource, error) {
	if err := refuseAddress(what); err != nil {
		return nil, err
	}
	s := &streamSource{path: what, name: path.Base(filepath.ToSlash(what))}
	var err error
	if filepath.IsAbs(what) {
		err = s.openLocal(what)
	} else {
		err = s.openDrive(ctx, a, what)
	}
	if err != nil {
		return nil, firstError(err, s.Close())
	}
	server, err := a.mediaServer()
	if err == nil {
		var item *source.Item
		if item, err = server.AddFile(contextFile{s.name, s.size, io.NopCloser(nil), s.read}); err == nil {
			s.address = item.URL()
			s.close = append([]func() error{item.Close}, s.close...)
		}
	}
	if err != nil {
		return nil, firstError(err, s.Close())
	}
	return s, nil
}

func (s *streamSource) openLocal(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return fault.Wrong(err, "The file %s cannot be read. Nothing was published.", name)
	}
	s.close = append(s.close, f.Close)
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return fault.Wrong(err, "%s is not a file. Nothing was published.", name)
	}
	s.ReaderAt, s.size = f, info.Size()
	s.read = func(_ context.Context, p []byte, off int64) (int, error) { return f.ReadAt(p, off) }
	s.setKey(fmt.Sprint(name, info.Size(), info.ModTime().UnixNano()))
	return nil
}

func (s *streamSource) openDrive(ctx context.Context, a *App, what string) error {
	f, err := a.openDriveFile(ctx, what)
	if err != nil {
		return err
	}
	s.close = append(s.close, f.Close)
	s.ReaderAt, s.size, s.read = f, f.Size(), f.ReadAtContext
	d := f.drive
	if d == nil {
		d = a.currentDrive()
	}
	if d == nil {
		return fault.Say(nil, "The drive was closed meanwhile. Nothing was published.")
	}
	key, err := d.engine.WatchKey(ctx, what)
	s.setKey(hex.EncodeToString(key[:]))
	return err
}

func (s *streamSource) setKey(text string) {
	key := object.WatchKeyOf("publish " + text)
	s.key = hex.EncodeToString(key[:])
}

// streamJob looks into a video and decides what has to be done with it.
func (s *streamSource) job(ctx context.Context) (convert.Tools, convert.Job, error) {
	tools, err := convert.Find()
	if err != nil {
		return tools, convert.Job{}, err
	}
	info, err := tools.Probe(ctx, s.address, s.size)
	if err != nil {
		return tools, convert.Job{}, err
	}
	plan, err := convert.Decide(info)
	return tools, convert.Job{Address: s.address, Info: info, Plan: plan}, err
}

// titleOf is what a video is called if nobody says otherwise: its file's name.
func titleOf(name string) string {
	return publish.CleanTitle(strings.TrimSuffix(name, path.Ext(name)))
}

// PlanStream tells what publishing a video of the drive (or a file of this
// computer) as a public stream will do. What must be converted is tried for a
// few seconds, so that time and size are honest.
func (a *App) PlanStream(ctx context.Context, what string) (StreamPlan, error) {
	src, err := a.openStreamSource(ctx, what)
	if err != nil {
		return StreamPlan{}, err
	}
	defer src.Close()
	tools, job, err := src.job(ctx)
	if err != nil {
		return StreamPlan{}, err
	}
	p := planOf(src, job)
	if job.Plan.Action != convert.AsItIs {
		job.To = filepath.Join(a.profile.cache(), "part-"+src.key+"-sample")
		guess, err := tools.Estimate(ctx, job)
		if err != nil {
			return p, explainDisk(err)
		}
		p.Bytes, p.Convert = guess.Bytes, guess.Time.Round(time.Second)
	}
	p.Noz = strconv.FormatInt(p.Bytes*networkCopies, 10)
	return p, nil
}

func planOf(src *streamSource, job convert.Job) StreamPlan {
	p := StreamPlan{
		Path: src.path, Title: titleOf(src.name), Seconds: job.Info.Length.Seconds(), Size: src.size, Tracks: job.Info.Tracks,
		Action: job.Plan.Action, Codecs: job.Plan.Codecs(), Left: len(job.Plan.Left), Bytes: src.size,
		Poster: convert.PosterAt(job.Info.Length).Seconds(),
	}
	p.Width, p.Height = job.Info.Picture()
	return p
}

// StreamPoster takes a frame of a video as JPEG: the one at a second, or with a
// negative one the most telling one near the place that is suggested.
func (a *App) StreamPoster(ctx context.Context, what string, second float64) ([]byte, error) {
	src, err := a.openStreamSource(ctx, what)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	tools, job, err := src.job(ctx)
	if err != nil {
		return nil, err
	}
	return posterOf(ctx, tools, job, second)
}

func posterOf(ctx context.Context, tools convert.Tools, job convert.Job, second float64) ([]byte, error) {
	if second < 0 {
		return tools.Poster(ctx, job.Address, convert.PosterAt(job.Info.Length), true)
	}
	if second > job.Info.Length.Seconds() {
		return nil, fault.Wrong(nil, "The video is not that long: the poster can be taken between 0 and %.0f seconds.", job.Info.Length.Seconds())
	}
	return tools.Poster(ctx, job.Address, min(seconds(second), job.Info.Length-job.Info.Length/50), false)
}

// What publishing does with a video, as [StreamPlan] says it.
const (
	StreamAsItIs  = convert.AsItIs
	StreamRepack  = convert.Repack
	StreamConvert = convert.Convert
)

// CanPublish tells by its name whether a file may become a public stream.
func CanPublish(name string) bool { return IsVideo(name) && !IsSound(name) }
