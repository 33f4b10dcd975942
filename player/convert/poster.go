package convert

import (
	"context"
	"errors"
	"strconv"
	"time"
)

const (
	posterLimit = time.Minute
	posterWide  = 960
	// MaxPoster is the largest poster frame in bytes.
	MaxPoster = 256 << 10
)

// PosterAt is where a poster frame is taken if nobody chose another place:
// behind the titles, before anything is given away.
func PosterAt(length time.Duration) time.Duration { return min(length/10, time.Minute) }

// Poster takes a frame of the video at an address of this computer, as JPEG of
// at most MaxPoster bytes and 960 pixels across. With choose the most telling
// of the frames that follow is taken, so that it is not a black one.
func (t Tools) Poster(ctx context.Context, address string, at time.Duration, choose bool) ([]byte, error) {
	for _, quality := range []int{4, 12, 24} {
		raw, err := run(ctx, posterLimit, t.ffmpeg, address, posterArguments(address, at, choose, quality))
		if err != nil || len(raw) == 0 {
			return nil, errors.Join(err, notVideo(errors.New("no frame")))
		}
		if len(raw) <= MaxPoster {
			return raw, nil
		}
	}
	return nil, notVideo(errors.New("frame too large"))
}

func posterArguments(address string, at time.Duration, choose bool, quality int) []string {
	filter := "scale='min(" + strconv.Itoa(posterWide) + ",iw)':-2"
	if choose {
		filter = "thumbnail=50," + filter
	}
	args := append([]string{"-nostdin", "-loglevel", "error", "-ss", seconds(at)}, input(address)...)
	return append(args, "-map", "0:v:0", "-an", "-sn", "-dn", "-frames:v", "1", "-vf", filter, "-pix_fmt", "yuvj420p",
		"-c:v", "mjpeg", "-q:v", strconv.Itoa(quality), "-f", "image2pipe", "pipe:1")
}
