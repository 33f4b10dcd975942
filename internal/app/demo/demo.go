// Package demo does the whole job of the program once, on a network of its
// own, and proves every part of it: two devices with one wallet that keep a
// folder the same, and a friend who watches a shared video.
package demo

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// Options of a run.
type Options struct {
	Keep    bool       // leave the folder behind
	Step    func(Step) // called when a step is done
	Stosnet string     // the stosnet program; empty: beside this one

	// WithoutPlayer leaves out what needs ffmpeg and libmpv: the film is no film,
	// and the friend saves it instead of watching it.
	WithoutPlayer bool
}

// Step is one proven part.
type Step struct {
	Name    string  `json:"name"`
	Seconds float64 `json:"seconds"`
}

// Report is what a run that succeeded measured.
type Report struct {
	Seconds      float64 `json:"seconds"`
	Steps        []Step  `json:"steps"`
	Files        int     `json:"files"`
	Bytes        int64   `json:"bytes"`
	FirstFrameMS int64   `json:"first_frame_ms"`
	Stalls       int     `json:"stalls"`
	Dir          string  `json:"dir,omitempty"` // when kept
}

// world is the state of a run.
type world struct {
	opts   Options
	dir    string
	report Report

	home, laptop *app.App // one wallet, two devices
	friend       *app.App // another wallet
	link         string   // to the video
}

// Run does the demo and returns an error that says which part was not true.
func Run(ctx context.Context, opts Options) (report Report, err error) {
	dir, err := os.MkdirTemp("", "stratos-demo-")
	if err != nil {
		return Report{}, fault.Say(err, "The demo has no place to write. Check that the disk is not full.")
	}
	w := &world{opts: opts, dir: dir}
	defer func() {
		err = errors.Join(err, w.leave())
		if report.Dir == "" {
			err = errors.Join(err, os.RemoveAll(dir))
		}
	}()
	started := time.Now()
	for _, s := range w.steps() {
		if err := w.step(ctx, s.name, s.do); err != nil {
			return Report{}, err
		}
	}
	w.report.Seconds = seconds(time.Since(started))
	if opts.Keep {
		w.report.Dir = dir
	}
	return w.report, nil
}

type part struct {
	name string
	do   func(context.Context) error
}

func (w *world) steps() []part {
	watch := part{"Play 3 seconds of it from the link", w.play}
	if w.opts.WithoutPlayer {
		watch = part{"Save it from the link, and compare", w.save}
	}
	return []part{
		{"Start a network on this computer", w.startNetwork},
		{"Make two devices with one wallet", w.makeDevices},
		{"Fund the wallet", w.fund},
		{"Buy ozone", w.buyOzone},
		{"Fill a folder: texts, small files, 80 MB, a video", w.fill},
		{"Send it from the first device", w.syncHome},
		{"Bring it to the second device", w.syncLaptop},
		{"Compare every byte", w.compare},
		{"Edit on both sides", w.edit},
		{"Sync both again", w.syncAgain},
		{"Compare every byte again", w.compareEdited},
		{"Send a friend STOS for ozone", w.payFriend},
		{"Share the video", w.share},
		watch,
	}
}

func (w *world) step(ctx context.Context, name string, do func(context.Context) error) error {
	started := time.Now()
	if err := do(ctx); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	s := Step{Name: name, Seconds: seconds(time.Since(started))}
	w.report.Steps = append(w.report.Steps, s)
	if w.opts.Step != nil {
		w.opts.Step(s)
	}
	return nil
}

func seconds(d time.Duration) float64 { return float64(d.Milliseconds()) / 1000 }

// leave ends everything that the demo started.
func (w *world) leave() error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	var err error
	for _, a := range []*app.App{w.friend, w.laptop} {
		if a != nil {
			err = errors.Join(err, a.Close(ctx))
		}
	}
	if w.home != nil {
		err = errors.Join(err, w.home.PracticeDown(ctx), w.home.Close(ctx))
	}
	return err
}

func (w *world) path(parts ...string) string {
	return filepath.Join(append([]string{w.dir}, parts...)...)
}
