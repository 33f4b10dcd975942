package convert_test

import (
	"fmt"

	"github.com/stratosdrive/stratosdrive/player/convert"
)

// What a stream of the network can carry stays as it is; the rest is made fit.
func ExampleDecide() {
	for _, sound := range []convert.Track{{Index: 1, Kind: convert.Sound, Codec: "aac", Fits: true}, {Index: 1, Kind: convert.Sound, Codec: "flac"}} {
		p, err := convert.Decide(convert.Info{Tracks: []convert.Track{{Kind: convert.Picture, Codec: "h264", Width: 1920, Height: 1080, Fits: true}, sound}})
		fmt.Println(sound.Codec, p.Picture, p.Sound, err)
	}
	// Output:
	// aac as it is as it is <nil>
	// flac as it is convert <nil>
}
