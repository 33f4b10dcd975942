package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/testlink"
	"github.com/stratosdrive/stratosdrive/internal/testvideo"
)

// What playerGroup measures over which line.
const (
	filmRuns    = 30 // of each kind; RUNS changes it
	filmSeconds = 60
	filmBits    = 5_000_000
	segmentSpan = 16.0 // seconds that make 10 MB, for plain mpv
	lineBits    = 50e6
	lineTrip    = 80 * time.Millisecond
)

// What a person may wait for, in seconds.
const (
	streamGoal  = 1.0
	privateGoal = 2.0
	atHandGoal  = 0.4
	farGoal     = 1.5  // after a jump to what was not fetched yet
	nearGoal    = 0.15 // after a jump inside of what was
	besideHLS   = 1.3  // times what mpv needs for a stream
	besideRange = 3.0  // times what mpv needs for a file behind plain HTTP
	leastPaint  = 0.9  // of the pictures that a made-up one of that size reaches
	mostOffset  = 50.0 // ms between a picture and its sound
)

// playerLimit is the longest that the group may take; on an idle machine it
// takes about a quarter of an hour.
const playerLimit = 60 * time.Minute

// playerGroup plays videos of a local network behind a slow line, side by side
// with plain mpv that plays the same bytes from a plain server behind the same
// line.
func playerGroup(ctx context.Context, emit func(figure)) error {
	if _, err := exec.LookPath("mpv"); err != nil {
		return fmt.Errorf("the player is measured against mpv, which is not installed: run packaging/deps.sh bench")
	}
	runs, err := wanted("RUNS", filmRuns)
	if err != nil {
		return err
	}
	seed, err := wanted("SEED", int(time.Now().UnixMilli()%1e6)+1)
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "player: %d runs; SEED=%d jumps to the same places again\n", runs, seed)
	places := newPlaces(seed)
	if err := paintShow(ctx, emit); err != nil {
		return fmt.Errorf("window: %w", err)
	}
	return inFolder(func(dir string) error {
		film := filepath.Join(dir, "film.mp4")
		if err := testvideo.Make(ctx, film, testvideo.Options{Seconds: filmSeconds, Width: 1920, Height: 1080, BitsPerSecond: filmBits}); err != nil {
			return err
		}
		if err := quickShow(ctx, dir, film, runs, places, emit); err != nil {
			return fmt.Errorf("local network: %w", err)
		}
		if err := faithfulShow(ctx, dir, film, runs, places, emit); err != nil {
			return fmt.Errorf("faithful network: %w", err)
		}
		return nil
	})
}

// wanted is a number of the environment, from 1 on.
func wanted(name string, usual int) (int, error) {
	text := os.Getenv(name)
	if text == "" {
		return usual, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return 0, fmt.Errorf("%s is %q, but has to be a number", name, text)
	}
	return n, nil
}

// quickShow plays from the network as it is by itself, and beside it with mpv.
func quickShow(ctx context.Context, dir, film string, runs int, places *places, emit func(figure)) error {
	line := testlink.New(testlink.Options{BitsPerSecond: lineBits, RoundTrip: lineTrip})
	defer line.Close()
	cinema, err := openCinema(ctx, filepath.Join(dir, "net"), film, line)
	if err != nil {
		return err
	}
	defer cinema.close()
	plain, err := openPlain(ctx, filepath.Join(dir, "plain"), film, line)
	if err != nil {
		return err
	}
	defer plain.close()
	stream := &scene{name: "public stream", what: cinema.link, after: 0.3, places: places.far, first: streamGoal, jump: farGoal}
	private := &scene{name: "private video not seen before", what: cinema.path, after: 0.3, places: places.far, drive: true, first: privateGoal, jump: farGoal}
	atHand := &scene{name: "private video, first pack at hand", what: cinema.path, after: 2, places: places.near, drive: true, keep: firstPack, near: true, first: atHandGoal, jump: nearGoal}
	local := &scene{name: "the same video on this disk", what: film, after: 0.3, places: places.far, near: true}
	scenes := []*scene{stream, private, atHand, local}
	ranges, hls := &rival{address: plain.file}, &rival{address: plain.playlist}
	for range runs {
		for _, s := range scenes {
			if err := cinema.show(ctx, s); err != nil {
				return err
			}
		}
		if err := errors.Join(ranges.show(ctx, private.place), hls.show(ctx, stream.place)); err != nil {
			return err
		}
	}
	for _, s := range scenes {
		s.tell(emit, "player: ")
	}
	hls.tell(emit, stream, "mpv with HLS", besideHLS)
	ranges.tell(emit, private, "mpv with ranges", besideRange)
	return nil
}

// faithfulShow plays from a network with the delays and habits of the real one:
// it cuts streams into segments of 20 to 90 MB and sends files one way only.
func faithfulShow(ctx context.Context, dir, film string, runs int, places *places, emit func(figure)) error {
	line := testlink.New(testlink.Options{BitsPerSecond: lineBits, RoundTrip: lineTrip})
	defer line.Close()
	cinema, err := openCinema(ctx, filepath.Join(dir, "faithful"), film, line, "--faithful")
	if err != nil {
		return err
	}
	defer cinema.close()
	scenes := []*scene{
		{name: "public stream", what: cinema.link, after: 0.3, places: places.far},
		{name: "private video not seen before", what: cinema.path, after: 0.3, places: places.far, drive: true, first: privateGoal},
	}
	for range runs {
		for _, s := range scenes {
			if err := cinema.show(ctx, s); err != nil {
				return err
			}
		}
	}
	for _, s := range scenes {
		s.tell(emit, "player: faithful network, ")
	}
	return nil
}

// paintShow counts what reaches the screen in a real window, of a video and of a
// made-up picture in turns.
func paintShow(ctx context.Context, emit func(figure)) error {
	got := map[string]float64{}
	err := benchmarks(ctx, "./cmd/stratosdrive", "PaintRate", "3x", func(_ string, value float64, unit string) { got[unit] = value })
	if err != nil {
		return err
	}
	emit(figure{Name: "player: 720p30 painted in a window, beside a made-up picture", Unit: "/s", Ours: got["video/s"]}.atLeast(got["synthetic/s"], leastPaint))
	emit(figure{Name: "player: picture handed over beside its sound, 95th percentile", Unit: "ms", Ours: got["offset-ms"]}.atMost(mostOffset))
	return nil
}
