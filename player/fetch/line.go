package fetch

import "time"

// line measures how fast bytes come while something is fetched, the waiting for
// the first of them included.
type line struct {
	rate    int64         // bytes per second, smoothed; 0 = not measured yet
	best    int64         // the highest rate of late
	latency time.Duration // from the order to the first byte, smoothed

	open  int           // fetches that run
	since time.Duration // up to when time was counted
	time  time.Duration // in which something ran, of this sample
	bytes int64         // of this sample
}

const (
	sample      = 500 * time.Millisecond
	mostLatency = 2 * time.Second
)

func (l *line) began(d time.Duration) { l.latency += (min(d, mostLatency) - l.latency) / 4 }

func (l *line) came(n int64) { l.bytes += n }

// busy notes how many fetches run from now on.
func (l *line) busy(now time.Duration, open int) {
	l.tick(now)
	l.open = open
}

func (l *line) tick(now time.Duration) {
	if l.open > 0 {
		l.time += now - l.since
	}
	l.since = now
	if l.time < sample {
		return
	}
	rate := int64(float64(l.bytes) / l.time.Seconds())
	if l.rate == 0 {
		l.rate = rate
	}
	// A long sample counts as the several short ones that it stands for.
	weight := min(l.time.Seconds()/2, 1)
	l.rate += int64(float64(rate-l.rate) * weight)
	l.rate = max(l.rate, 1)
	l.best = max(l.rate, l.best-l.best/32)
	l.time, l.bytes = 0, 0
}

// pipe is how many bytes come until a new fetch begins to; before anything was
// measured the line is taken to be as fast as the video needs.
func (l *line) pipe(need int64) int64 {
	rate := l.rate
	if rate == 0 {
		rate = need
	}
	return int64(float64(rate) * (l.latency + 100*time.Millisecond).Seconds())
}
