package source

import "github.com/stratosdrive/stratosdrive/internal/playback"

// enough is how many times the rate of the video the network has to bring not
// to be called slow when a reader waits.
const enough = 1.1

// Supply tells how the bytes of the video come. size is the number of its bytes
// and duration its seconds; 0 where they are not known.
func (p *Played) Supply(duration float64) playback.Supply {
	s := p.Session
	s.mu.Lock()
	defer s.mu.Unlock()
	if duration > 0 {
		s.s.Need(int64(float64(p.size) / duration))
	}
	supply := s.supply()
	s.s.Each(func(_ int, from, to int64) {
		supply.Here = join(supply.Here, secondOf(from, p.size, duration), secondOf(to, p.size, duration))
	})
	return supply
}

// secondOf is about where a byte of a file is played.
func secondOf(off, size int64, duration float64) float64 {
	if size <= 0 {
		return 0
	}
	return float64(off) / float64(size) * duration
}

// join adds a stretch behind others.
func join(list []playback.Range, from, to float64) []playback.Range {
	const gap = 0.01 // seconds
	switch last := len(list) - 1; {
	case to <= from:
	case last >= 0 && from-list[last].To < gap:
		list[last].To = to
	default:
		list = append(list, playback.Range{From: from, To: to})
	}
	return list
}

// supply is what is known without the length of the video. s.mu is held.
func (s *Session) supply() playback.Supply {
	r := s.s.Report()
	slow := r.Rate > 0 && float64(r.Rate) < enough*float64(r.Need) && r.Waiting > 0
	return playback.Supply{
		Fetched: r.Fetched, Wasted: r.Wasted, Noz: s.noz, Rate: r.Rate, Need: r.Need, Slow: slow,
		Hedged: r.Hedged, Moved: r.Moved,
	}
}

// Supply tells how the bytes of the stream come. Its length stands in the
// playlist.
func (s *Stream) Supply(float64) playback.Supply {
	s.mu.Lock()
	list, session, bytes := s.list, s.session, s.bytes
	s.mu.Unlock()
	if session == nil {
		return playback.Supply{Fetched: bytes}
	}
	supply := session.stream(list)
	supply.Fetched += bytes
	return supply
}

func (s *Session) stream(list *Playlist) playback.Supply {
	s.mu.Lock()
	defer s.mu.Unlock()
	starts := make([]float64, len(list.Segments)+1)
	known, length := int64(0), 0.0
	for i, segment := range list.Segments {
		starts[i+1] = starts[i] + segment.Seconds
		if s.s.Here(i) > 0 {
			known, length = known+s.sizes[i], length+segment.Seconds
		}
	}
	if length > 0 {
		s.s.Need(int64(float64(known) / length))
	}
	supply := s.supply()
	s.s.Each(func(i int, from, to int64) {
		begin, whole := int64(i)<<slotShift, s.sizes[i]
		length := list.Segments[i].Seconds
		supply.Here = join(supply.Here, starts[i]+secondOf(from-begin, whole, length), starts[i]+secondOf(to-begin, whole, length))
	})
	return supply
}
