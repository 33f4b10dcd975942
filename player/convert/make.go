package convert

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// Job is a video to be made fit.
type Job struct {
	Address  string // where it is read, on this computer
	To       string // path of the file to write; what lies there is replaced
	Info     Info
	Plan     Plan
	Title    string // written into the file; may be empty
	MaxBytes int64  // what the file may take at most; 0 is [Job.Bound]
	Progress func(done, total time.Duration)
}

// stuckAfter is how long ffmpeg may go without any progress.
const stuckAfter = 5 * time.Minute

// Bound is the size in bytes that a converted video cannot reasonably exceed.
func (j Job) Bound() int64 {
	const perSecond = 5 << 20 // 40 Mbit/s
	return max(2*j.Info.Size, int64(j.Info.Length.Seconds()+1)*perSecond) + 64<<20
}

// Make writes the file. On any error nothing is left at its path.
func (t Tools) Make(ctx context.Context, j Job) error {
	err := t.make(ctx, j, j.arguments(0, 0))
	if err != nil {
		_ = os.Remove(j.To)
	}
	return err
}

// arguments are those of ffmpeg for a stretch of the video, or for all of it
// where length is 0.
func (j Job) arguments(from, length time.Duration) []string {
	args := []string{"-nostdin", "-y", "-loglevel", "error", "-nostats", "-progress", "pipe:1"}
	if length > 0 {
		args = append(args, "-ss", seconds(from), "-t", seconds(length))
	}
	args = append(args, input(j.Address)...)
	args = append(args, "-map", "0:"+strconv.Itoa(j.Plan.picture), "-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn")
	args = append(args, pictureCodec(j.Plan.Picture)...)
	if j.Plan.sound >= 0 {
		args = append(args, "-map", "0:"+strconv.Itoa(j.Plan.sound))
		args = append(args, soundCodec(j.Plan.Sound)...)
	}
	if title := oneLine(j.Title); title != "" {
		args = append(args, "-metadata", "title="+title)
	}
	limit := j.MaxBytes
	if limit <= 0 {
		limit = j.Bound()
	}
	return append(args, "-fs", strconv.FormatInt(limit, 10), "-f", "mpegts", "file:"+j.To)
}

// pictureCodec encodes for every player, with a key picture every two seconds:
// segments are cut there.
func pictureCodec(a Action) []string {
	if a != Convert {
		return []string{"-c:v", "copy"}
	}
	return []string{
		"-c:v", "libx264", "-preset", "veryfast", "-crf", "21", "-pix_fmt", "yuv420p",
		"-vf", "scale=trunc(iw/2)*2:trunc(ih/2)*2", "-force_key_frames", "expr:gte(t,n_forced*2)",
	}
}

func soundCodec(a Action) []string {
	if a != Convert {
		return []string{"-c:a", "copy"}
	}
	return []string{"-c:a", "aac", "-b:a", "160k", "-ac", "2"}
}

func seconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', 3, 64) }

// oneLine keeps of a title what a line of text may hold.
func oneLine(title string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F {
			return ' '
		}
		return r
	}, title))
}

func (t Tools) make(ctx context.Context, j Job, args []string) error {
	if err := onThisComputer(j.Address); err != nil {
		return err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	stuck := time.AfterFunc(stuckAfter, func() { cancel(ErrStuck) })
	defer stuck.Stop()
	trace := &capped{most: mostTrace}
	cmd := exec.CommandContext(ctx, t.ffmpeg, args...)
	cmd.Stderr, cmd.WaitDelay = trace, 5*time.Second
	lines, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return fmt.Errorf("start ffmpeg: %w", err)
	}
	follow(lines, func(at time.Duration) {
		stuck.Reset(stuckAfter)
		if j.Progress != nil {
			j.Progress(min(at, j.Info.Length), j.Info.Length)
		}
	})
	err = cmd.Wait()
	switch {
	case errors.Is(context.Cause(ctx), ErrStuck):
		return fault.Say(ErrStuck, "Converting the video does not go on, so it was ended. Nothing was published; try again.")
	case ctx.Err() != nil:
		return fmt.Errorf("convert video: %w", context.Cause(ctx))
	case err != nil:
		return explainMake(fmt.Errorf("convert video: %w: %s", err, trace.String()))
	}
	return whole(j)
}

// follow reads what ffmpeg reports while it works.
func follow(lines io.Reader, at func(time.Duration)) {
	in := bufio.NewScanner(lines)
	last := time.Duration(-1)
	for in.Scan() {
		text, is := strings.CutPrefix(in.Text(), "out_time_us=")
		if !is {
			continue
		}
		if us, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64); err == nil && us >= 0 {
			if now := time.Duration(us) * time.Microsecond; now > last {
				last = now
				at(now)
			}
		}
	}
	_, _ = io.Copy(io.Discard, lines)
}

// whole makes sure that something was made, and that its limit did not cut it.
func whole(j Job) error {
	info, err := os.Stat(j.To)
	if err != nil {
		return fmt.Errorf("convert video: %w", err)
	}
	limit := j.MaxBytes
	if limit <= 0 {
		limit = j.Bound()
	}
	if info.Size() == 0 {
		return notVideo(errors.New("nothing came out"))
	}
	if info.Size() >= limit-limit/100 {
		return fault.Say(nil, "The converted video grew larger than it can reasonably be, so it was given up. Nothing was published.")
	}
	return nil
}

func explainMake(err error) error {
	if strings.Contains(err.Error(), "No space left") {
		return fault.Say(err, "The disk became full while the video was converted. Nothing was published; make room and try again.")
	}
	return notVideo(err)
}

// Estimate is what converting will take.
type Estimate struct {
	Bytes int64
	Time  time.Duration
}

// sampleLength is how much of a video is converted to see how fast that goes.
const sampleLength = 3 * time.Second

// Estimate converts a few seconds out of the middle, below dir, and tells from
// that what all of it will take. What is only repacked takes what it has.
func (t Tools) Estimate(ctx context.Context, j Job) (Estimate, error) {
	if j.Plan.Action != Convert {
		return Estimate{Bytes: j.Info.Size + j.Info.Size/20}, nil
	}
	length := min(sampleLength, j.Info.Length)
	began := time.Now()
	defer os.Remove(j.To)
	if err := t.make(ctx, Job{Address: j.Address, To: j.To, Info: j.Info, Plan: j.Plan}, j.arguments(j.Info.Length/3, length)); err != nil {
		return Estimate{}, err
	}
	took := time.Since(began)
	made, err := os.Stat(j.To)
	if err != nil {
		return Estimate{}, fmt.Errorf("convert a sample: %w", err)
	}
	times := j.Info.Length.Seconds() / length.Seconds()
	return Estimate{Bytes: int64(float64(made.Size())*times) + 1, Time: time.Duration(float64(took) * times)}, nil
}
