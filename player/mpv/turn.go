package mpv

import (
	"encoding/json"
)

// opened is where libmpv waits for us after it has opened a file, before
// anything of it is decoded ("on_preloaded" of mpv's manual).
const opened = "on_preloaded"

// hook is mpv_event_hook.
type hook struct {
	name *byte
	id   uint64
}

// turns are the filters that turn a picture by degrees with the clock.
var turns = map[int]string{
	90: "lavfi=[transpose=clock]", 180: "lavfi=[hflip,vflip]", 270: "lavfi=[transpose=cclock]",
}

// turn sets the picture upright, as phones ask for, and lets libmpv go on.
// libmpv itself must not do that (option video-rotate): its software renderer
// ends the process over a picture that it should turn. A filter does, so
// subtitles stay upright too.
func (p *Player) turn(h *hook) {
	degrees := parseTurn(p.property("track-list"))
	p.lib.setProperty(p.handle, "vf", turns[degrees])
	p.lib.hookContinue(p.handle, h.id)
}

// property asks libmpv and waits; empty where there is nothing.
func (p *Player) property(name string) string {
	c := p.lib.getProperty(p.handle, name)
	if c == nil {
		return ""
	}
	defer p.lib.free(c)
	return text((*byte)(c))
}

// parseTurn reads from the property track-list by how much the picture is
// turned, in degrees with the clock from 0 to 359.
func parseTurn(list string) int {
	var raw []struct {
		Type  string `json:"type"`
		Cover bool   `json:"albumart"`
		Turn  int    `json:"demux-rotation"`
	}
	if json.Unmarshal([]byte(list), &raw) != nil {
		return 0
	}
	for _, r := range raw {
		if r.Type == "video" && !r.Cover {
			return (r.Turn%360 + 360) % 360
		}
	}
	return 0
}
