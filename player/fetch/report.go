package fetch

// Report is what fetching has come to.
type Report struct {
	Fetched int64 // bytes that came
	Wasted  int64 // of them, those that no player got
	Rate    int64 // bytes per second while something is fetched; 0 = not measured yet
	Need    int64 // bytes per second that the video takes
	Window  int64 // bytes that are fetched ahead now
	Hedged  int   // parts that were asked for twice because the first answer did not come
	Moved   int   // times that another gateway took over
	Running int   // fetches that run
	Waiting int   // readers that wait
}

// Report returns what fetching has come to.
func (s *Scheduler) Report() Report {
	used := int64(0)
	for _, p := range s.came {
		n := p.To - p.From
		for _, gap := range s.served.Gaps(p.From, n) {
			n -= gap.To - gap.From
		}
		used += n
	}
	r := Report{
		Fetched: s.fetched, Wasted: s.fetched - used, Rate: s.line.rate, Need: s.o.Need,
		Hedged: s.hedged, Moved: s.moved, Running: len(s.running), Waiting: len(s.waits),
	}
	r.Window = s.window()
	return r
}

// Each calls each with every stretch of bytes that is here, in order.
func (s *Scheduler) Each(each func(extent int, from, to int64)) {
	for i, e := range s.layout.Extents {
		if n := e.usable(s.parts[e.Part].here); n > 0 {
			each(i, e.Off, e.Off+n)
		}
	}
}

// Part returns the part that holds a byte of the video; ok is false behind the
// end and between segments.
func (s *Scheduler) Part(off int64) (n int, ok bool) {
	i := s.layout.find(off)
	if i == len(s.layout.Extents) || s.layout.Extents[i].Off > off {
		return 0, false
	}
	return s.layout.Extents[i].Part, true
}

// Usable tells whether a byte of the video can be read.
func (s *Scheduler) Usable(off int64) bool {
	i := s.layout.find(off)
	if i == len(s.layout.Extents) {
		return false
	}
	e := s.layout.Extents[i]
	return off >= e.Off && off < e.Off+e.usable(s.parts[e.Part].here)
}

// Here is how much of a part is here, from its start on.
func (s *Scheduler) Here(part int) int64 { return s.parts[part].here }
