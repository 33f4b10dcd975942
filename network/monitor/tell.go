package monitor

import (
	"time"
)

// tell passes a notice on, after the samples that were missed. Traffic that was
// read by a question before the notice came counts once.
func (f *follower) tell(n notice, missed []trafficInfo) {
	if n.Traffic == f.seen {
		n.Traffic = trafficInfo{}
	}
	samples := append(f.late(missed, n), Sample{
		At: f.now(), In: n.Traffic.In, Out: n.Traffic.Out, Online: n.Online.Online, Disk: n.Disk.Bytes,
		Stamp: n.Traffic.Time,
	})
	if n.Online.Online && n.Online.Since > 0 {
		samples[len(samples)-1].Since = time.Unix(n.Online.Since, 0)
	}
	if n.Traffic.Time != "" {
		f.seen = n.Traffic
	}
	f.sink.Sampled(samples)
}

// late are samples that were missed, at the times that lie as long before now
// as they lie before the newest one for the node.
func (f *follower) late(missed []trafficInfo, newest notice) []Sample {
	end, ok := newest.Traffic.stamp()
	var list []Sample
	for _, m := range missed {
		at, fine := m.stamp()
		if ok && fine {
			list = append(list, Sample{At: f.now().Add(at.Sub(end)), In: m.In, Out: m.Out, Missed: true, Stamp: m.Time})
		}
	}
	return list
}
