package video

import "github.com/stratosdrive/stratosdrive/ui/video/rules"

// later is a jump that waits until the video is open.
type later struct {
	second float64
	set    bool
}

// PlayFrom loads an address and asks whether to go on at a second of it. Until
// the answer the picture of that place stands still.
func (v *Video) PlayFrom(address string, second float64) {
	v.Play(address)
	if v.player == nil || v.failure() != nil {
		return
	}
	v.player.Pause(true)
	v.jump = later{second, true}
	v.ask.show(sayLeft(second),
		answer{sayResume(second), func() { v.player.Pause(false) }},
		answer{sayFromStart(), v.fromStart})
	v.sync()
}

// fromStart plays from the beginning after all.
func (v *Video) fromStart() {
	if v.jump.set {
		v.jump.set = false // nobody has jumped yet
	} else {
		v.player.Seek(0)
	}
	v.player.Pause(false)
}

// jumpOnce makes the jump that waited for the video to be open.
func (v *Video) jumpOnce() {
	if v.jump.set && v.state.Open && v.state.Duration > 0 {
		v.jump.set = false
		v.player.Seek(min(v.jump.second, rules.SecondAt(1, v.state.Duration)))
	}
}

// offerNext offers at the end what comes next, or goes on with it.
func (v *Video) offerNext() {
	switch {
	case !v.state.Ended || v.failure() != nil:
		if v.offered {
			v.offered = false
			v.goOn.stop()
			v.ask.close()
		}
	case !v.offered && v.hooks.Next != nil && v.chrome.after != "":
		v.offered = true
		next := func() { v.goOn.stop(); v.hooks.Next() }
		v.ask.show(sayOffer(v.chrome.after, v.playOn), answer{sayPlayNext(), next}, answer{sayStay(), v.goOn.stop})
		if v.playOn {
			v.goOn.in(rules.BeforeNext, func() { v.ask.close(); next() })
		}
	}
}
