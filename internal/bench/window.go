package main

import (
	"context"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// Goals of the window.
const (
	firstPaintGoal = 0.15 // seconds after the plain window's
	usableGoal     = 0.6  // seconds from the first paint to the rows of the drive
	scrollGoal     = 0.9  // of the frames of a plain list
	workGoal       = 4    // milliseconds of our own work a frame
	windowIdleGoal = 0.2  // percent of a core
	residentGoal   = 200  // MiB
)

const (
	windowLimit  = 20 * time.Minute
	windowRounds = 7
	scrollTime   = 8 * time.Second
	wheelRate    = 60 // steps a second, as fast as a screen
)

// windowGroup measures the window with a full drive beside the toolkit as it
// comes, on one screen.
func windowGroup(ctx context.Context, sizes driveSizes, emit func(figure)) error {
	dir, err := os.MkdirTemp("", "bench-window")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	world, err := newWindowWorld(ctx, dir, sizes.files)
	if err != nil {
		return err
	}
	defer world.close()
	if err := world.starts(ctx, emit); err != nil {
		return err
	}
	return world.scrolling(ctx, sizes, emit)
}

// rowsArea is where the names of files are: in ours, and in a plain list.
var rowsArea = image.Rect(300, 250, 520, 750)

// starts measures how soon windows are there.
func (w *windowWorld) starts(ctx context.Context, emit func(figure)) error {
	var hello, ours, usable samples
	for range windowRounds {
		plain, err := w.show(ctx, w.plain())
		if err != nil {
			return fmt.Errorf("plain window: %w", err)
		}
		plain.end()
		hello = append(hello, plain.first.Seconds())
		full, err := w.show(ctx, w.real())
		if err != nil {
			return fmt.Errorf("window: %w", err)
		}
		full.end()
		ours = append(ours, full.first.Seconds())
		usable = append(usable, (full.settled - full.first).Seconds())
	}
	later := ours.median() - hello.median()
	emit(figure{Name: "window: first paint, median", Unit: "s", Ours: ours.median()}.beside(hello.median()).named(" beside a plain window"))
	emit(figure{Name: "window: first paint after the plain window's", Unit: "s", Ours: later}.atMost(firstPaintGoal))
	emit(figure{Name: "window: from the first paint to the files, median", Unit: "s", Ours: usable.median()}.atMost(usableGoal))
	return nil
}

// scrolling turns the wheel over a folder with many files and over a plain list
// of as many rows, and lets the window idle.
func (w *windowWorld) scrolling(ctx context.Context, sizes driveSizes, emit func(figure)) error {
	list, err := w.scrolled(ctx, w.plain(strconv.Itoa(sizes.files)))
	if err != nil {
		return fmt.Errorf("plain list: %w", err)
	}
	list.end()
	ours, err := w.scrolled(ctx, w.real())
	if err != nil {
		return fmt.Errorf("window: %w", err)
	}
	defer ours.end()
	name := "window: scrolling " + sizes.count() + " files"
	emit(figure{Name: name, Unit: "frames/s", Ours: ours.rate}.atLeast(list.rate, scrollGoal).named(" beside a plain list"))
	emit(figure{Name: name + ", own work a frame", Unit: "ms", Ours: ours.work}.atMost(workGoal).beside(list.work))
	emit(figure{Name: name + ", drawing a frame by the processor", Unit: "ms", Ours: ours.drawing}.beside(list.drawing))
	return ours.idle(ctx, emit)
}

// scrolled shows a window and scrolls it.
func (w *windowWorld) scrolled(ctx context.Context, p program) (*shown, error) {
	s, err := w.show(ctx, p)
	if err != nil {
		return nil, err
	}
	own, drawing, err := threadCPU(s.pid())
	if err != nil {
		s.end()
		return nil, err
	}
	began, frames := time.Now(), w.screen.count()
	middle := image.Pt(rowsArea.Min.X+rowsArea.Dx()/2, rowsArea.Min.Y+rowsArea.Dy()/2)
	if err := w.screen.scroll(ctx, middle, wheelRate, scrollTime); err != nil {
		s.end()
		return nil, err
	}
	painted := float64(w.screen.count() - frames)
	s.rate = painted / time.Since(began).Seconds()
	ownAfter, drawingAfter, err := threadCPU(s.pid())
	s.work, s.drawing = 1000*(ownAfter-own)/painted, 1000*(drawingAfter-drawing)/painted
	return s, err
}

// idle measures a window that nobody touches.
func (s *shown) idle(ctx context.Context, emit func(figure)) error {
	if err := s.screen.still(ctx, image.Rect(0, 0, screenWidth, screenHeight), 5*time.Second); err != nil {
		return err
	}
	before, err := processCPU(s.pid())
	if err != nil {
		return err
	}
	select {
	case <-time.After(idleTime): // what is measured is the time itself
	case <-ctx.Done():
		return ctx.Err()
	}
	after, err := processCPU(s.pid())
	if err != nil {
		return err
	}
	emit(figure{Name: "window: idle", Unit: "% of a core", Ours: 100 * (after - before) / idleTime.Seconds()}.atMost(windowIdleGoal))
	resident, err := residentMemory(s.pid())
	emit(figure{Name: "window: resident", Unit: "MiB", Ours: resident}.atMost(residentGoal))
	return err
}

// program is what is started, and where the picture has to settle before a
// person can use it.
type program struct {
	path string
	args []string
	bus  string // of the session
	area image.Rectangle
}

func (w *windowWorld) plain(args ...string) program {
	return program{path: filepath.Join(w.dir, "plainwindow"), args: args, area: rowsArea}
}

func (w *windowWorld) real() program {
	return program{path: "bin/stratosdrive", args: []string{"--home", w.device.home, "--network", w.device.network}, bus: w.bus, area: rowsArea}
}
