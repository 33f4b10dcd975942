package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/player/convert"
	"github.com/stratosdrive/stratosdrive/sync/disk"
	"github.com/stratosdrive/stratosdrive/sync/publish"
)

// ErrMustConvert is wrapped where a video has to be converted first and nobody
// agreed to that.
var ErrMustConvert = errors.New("video must be converted first")

// StreamOptions are the choices of who publishes a video.
type StreamOptions struct {
	Title    string        // empty: the name of the file
	PosterAt float64       // second; negative: the most telling one
	Duration time.Duration // of the link; 0 = as long as the network allows
	Convert  bool          // agree to what StreamPlan says has to be encoded anew
	// Progress is told what is being done (a stage) and how far it
	// is: milliseconds of the video, or bytes.
	Progress func(stage string, done, total int64)

	item string // of the channel, that the link is for
}

func (o StreamOptions) tell(stage string, done, total int64) {
	if o.Progress != nil {
		o.Progress(stage, done, total)
	}
}

// begunStream is what lies on the network of a stream that is being published.
type begunStream struct {
	Name    string `json:"name"`
	Path    string `json:"path"`
	FileID  string `json:"file_id,omitempty"`
	Own     bool   `json:"own,omitempty"` // FileID was uploaded for this
	CardID  string `json:"card_id,omitempty"`
	ShareID string `json:"share_id,omitempty"`
	CardOf  string `json:"card_share_id,omitempty"`
}

// PublishStream publishes a video of the drive, or of this computer, as a
// public stream that any Stratos tool plays, with a title and a poster. After a
// kill the same call goes on with what was converted and uploaded; when it is
// cancelled, everything is taken back. Where the video must be converted and
// nobody agreed, the error is [ErrMustConvert].
func (a *App) PublishStream(ctx context.Context, what string, o StreamOptions) (Link, error) {
	c, err := a.client(PublishAccount)
	if err != nil {
		return Link{}, err
	}
	unlock, err := a.lockRegister()
	if err != nil {
		return Link{}, err
	}
	defer unlock()
	src, err := a.openStreamSource(ctx, what)
	if err != nil {
		return Link{}, err
	}
	defer src.Close()
	ctx, end := a.beginPublishing(ctx, src, &o)
	defer end()
	p := &streamPublisher{a: a, c: c, src: src, o: o}
	link, err := p.run(ctx)
	if err != nil && ctx.Err() != nil {
		err = errors.Join(err, p.forget(ctx))
	}
	return link, explainDisk(err)
}

// streamPublisher publishes one video.
type streamPublisher struct {
	a     *App
	c     *networkClient
	src   *streamSource
	o     StreamOptions
	tools convert.Tools
	job   convert.Job
	begun begunStream
}

// dir is where a converted video lies until it is published.
func (p *streamPublisher) dir() string { return filepath.Join(p.a.cacheDir("publish"), p.src.key) }

func (p *streamPublisher) run(ctx context.Context) (Link, error) {
	var err error
	if p.tools, p.job, err = p.src.job(ctx); err != nil {
		return Link{}, err
	}
	if p.job.Plan.Action == convert.Convert && !p.o.Convert {
		return Link{}, fault.Wrong(ErrMustConvert, "This video must be converted before others can play it as a stream. Nothing was published; see what that takes, then agree to it.")
	}
	if p.o.Title = publish.CleanTitle(p.o.Title); p.o.Title == "" {
		p.o.Title = titleOf(p.src.name)
	}
	poster, err := posterOf(ctx, p.tools, p.job, p.o.PosterAt)
	if err != nil {
		return Link{}, err
	}
	if err := p.takeUp(ctx); err != nil {
		return Link{}, err
	}
	content, size, err := p.prepared(ctx)
	if err != nil {
		return Link{}, err
	}
	if content != nil {
		defer content.Close()
		err = p.upload(ctx, content, size)
	} else {
		err = p.upload(ctx, p.src, size)
	}
	if err != nil {
		return Link{}, err
	}
	return p.share(ctx, poster, size)
}

// takeUp reads what an earlier try left, and takes back what other videos did.
func (p *streamPublisher) takeUp(ctx context.Context) error {
	if err := p.a.takeBack(ctx, p.c); err != nil {
		return err
	}
	r, err := p.a.readRegister()
	if err != nil {
		return err
	}
	for key, b := range r.Streams {
		if key == p.src.key {
			err = p.goOn(ctx, b)
		} else {
			err = p.a.dropStream(ctx, p.c, key, b)
		}
		if err != nil {
			return err
		}
	}
	p.begun.Name, p.begun.Path = p.o.Title, p.src.path
	return p.note()
}

// goOn takes over what was uploaded in an earlier try. Its links and its card,
// which may say something else now, are made anew.
func (p *streamPublisher) goOn(ctx context.Context, b begunStream) error {
	if err := p.a.stopStrays(ctx, p.c, b); err != nil {
		return err
	}
	if b.CardID != "" && !p.a.neededElsewhere(b.CardID, "") {
		if err := missingIsFine(p.c.Delete(ctx, b.CardID)); err != nil {
			return err
		}
	}
	p.begun = begunStream{FileID: b.FileID, Own: b.Own}
	return nil
}

// prepared returns what is uploaded: nil for the video as it is.
func (p *streamPublisher) prepared(ctx context.Context) (*os.File, int64, error) {
	if p.job.Plan.Action == convert.AsItIs {
		return nil, p.src.size, nil
	}
	if err := os.MkdirAll(p.dir(), 0o700); err != nil {
		return nil, 0, fmt.Errorf("make a place for the converted video: %w", err)
	}
	made := filepath.Join(p.dir(), "stream.ts")
	if _, err := os.Stat(made); err != nil {
		if err := p.convert(ctx, made); err != nil {
			return nil, 0, err
		}
	}
	f, err := os.Open(made)
	if err != nil {
		return nil, 0, fmt.Errorf("open converted video: %w", err)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, 0, firstError(err, f.Close())
	}
	return f, info.Size(), nil
}

// convert writes the video that is uploaded; only a complete one gets its name.
func (p *streamPublisher) convert(ctx context.Context, to string) error {
	j := p.job
	j.To, j.Title = to+".part", p.o.Title
	guess, err := p.tools.Estimate(ctx, j)
	if err != nil {
		return err
	}
	if _, free, err := (disk.OS{}).Size(p.dir()); err == nil && free < guess.Bytes+guess.Bytes/4+spareDisk {
		return fault.Say(nil, "Converting this video takes about %d MB on the disk, and there is not so much room. Nothing was published; free some space and try again.", guess.Bytes/1_000_000+1)
	}
	j.Progress = func(done, total time.Duration) { p.o.tell(StageConvert, done.Milliseconds(), total.Milliseconds()) }
	if err := p.tools.Make(ctx, j); err != nil {
		return err
	}
	if err := os.Rename(j.To, to); err != nil {
		return fmt.Errorf("keep converted video: %w", err)
	}
	return nil
}

// spareDisk is what converting leaves on the disk.
const spareDisk = 200 << 20

// upload brings the stream to the network and notes that at once.
func (p *streamPublisher) upload(ctx context.Context, content io.ReaderAt, size int64) error {
	there, err := p.c.List(ctx)
	if err != nil {
		return err
	}
	note := func(id string) {
		known := slices.ContainsFunc(there, func(f client.File) bool { return f.ID == id })
		p.begun.Own = !known || p.begun.Own && p.begun.FileID == id || p.a.ownedElsewhere(id)
		p.begun.FileID = id
		_ = p.note()
	}
	up, err := p.c.Upload(ctx, p.name(), content, size, client.UploadOptions{
		Kind: wire.Video, OnSent: note,
		Progress: func(done, total int64) { p.o.tell(StageUpload, done, total) },
	})
	if up.ID != "" && p.begun.FileID != up.ID {
		note(up.ID)
	}
	return err
}

// name is the name of the stream on the network. Nodes mix up videos of one
// name that arrive at once (sds.md 4.2), so it is made unlike others.
func (p *streamPublisher) name() string {
	ending := ".ts"
	if p.job.Plan.Action == convert.AsItIs {
		ending = path.Ext(p.src.name)
	}
	return p.o.Title + " " + p.src.key[:8] + ending
}

// note writes down how far this has come.
func (p *streamPublisher) note() error {
	return p.a.changeRegister(func(r *register) {
		if r.Streams == nil {
			r.Streams = map[string]begunStream{}
		}
		r.Streams[p.src.key] = p.begun
	})
}
