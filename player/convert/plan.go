package convert

import "github.com/stratosdrive/stratosdrive/internal/fault"

// Action is what has to be done with a video before it can be a stream.
type Action string

// The actions, from nothing to most.
const (
	AsItIs  Action = "as it is" // nothing
	Repack  Action = "repack"   // tracks that do not fit are left out; picture and sound stay what they are
	Convert Action = "convert"  // picture or sound is encoded anew
)

// Plan says what becomes of a video.
type Plan struct {
	Action         Action
	Picture, Sound Action   // Convert or AsItIs; "" where there is none
	Left           []Track  // what a stream leaves out
	picture, sound int      // indexes of the tracks that are taken; -1 for none
	codecs         []string // of what is encoded anew
}

// Codecs names what is encoded anew.
func (p Plan) Codecs() []string { return p.codecs }

// Decide says what has to be done with a video. A stream has one picture track
// and at most one of sound; files without a moving picture are no videos.
func Decide(info Info) (Plan, error) {
	p := Plan{Action: AsItIs, sound: -1}
	picture, moving := info.first(Picture)
	if !moving {
		return Plan{}, fault.Wrong(ErrNotVideo, "This file has no moving picture, so it cannot be published as a video. Share it instead.")
	}
	p.picture = picture.Index
	p.Picture = p.take(picture)
	if sound, heard := info.first(Sound); heard {
		p.sound = sound.Index
		p.Sound = p.take(sound)
	}
	for _, t := range info.Tracks {
		if t.Index != p.picture && t.Index != p.sound {
			p.Left = append(p.Left, t)
		}
	}
	switch {
	case len(p.codecs) > 0:
		p.Action = Convert
	case len(p.Left) > 0:
		p.Action = Repack
	}
	return p, nil
}

func (p *Plan) take(t Track) Action {
	if t.Fits {
		return AsItIs
	}
	p.codecs = append(p.codecs, t.Codec)
	return Convert
}
