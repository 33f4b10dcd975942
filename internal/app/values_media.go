package app

import (
	"context"
	"io"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/playback"
	"github.com/stratosdrive/stratosdrive/sync/publish"
)

// Media is something that can be played: an address on this computer that any
// player understands.
type Media struct {
	Title  string
	Detail string // "Shared, plays from the network"
	URL    string // loopback address with an unguessable path
	Size   int64  // bytes, 0 = unknown
	// Ready is the part of the time to open it that went into opening the drive;
	// 0 where that stood already, as in the window.
	Ready time.Duration
	io.Closer
	Used    func() MediaUse
	Problem func() error // what went wrong at the source, in a sentence; nil if nothing
	Readers func() int   // players that read from URL right now
	Given   func() int64 // bytes that players were given so far

	// Card gives, some time after opening, what the publisher says of a shared
	// video; nil where nothing is said, and as long as it is not known.
	Card func() *publish.Card

	// Preview is an address like URL that gives only what lies on this computer
	// already: a byte that would have to be fetched breaks the answer off. Empty
	// where there is no such address.
	Preview string
	// Supply tells how the bytes come, for a video of so many seconds (0 = not
	// known yet). It may be asked as often as pictures are painted.
	Supply func(duration float64) playback.Supply
	// Subtitles looks for files of subtitles that lie beside the video and are
	// called as it is. Their addresses are good until the media is closed, and
	// their bytes come when they are opened. nil where nothing can lie beside it.
	Subtitles func(ctx context.Context) ([]Subtitles, error)
	// Cover looks for a picture that lies beside something to hear and returns
	// the file's bytes; nil where there is none. It is asked for when the file
	// itself holds no picture, and comes from the network like any file. What is
	// in it is not checked. nil where nothing can lie beside it, and for videos.
	Cover func(ctx context.Context) ([]byte, error)
}

// Subtitles is a file of subtitles beside a video.
type Subtitles struct {
	URL      string // address on this computer
	Title    string // what its name says besides the video's: "forced"; may be empty
	Language string // as its name says: "en", "por"; may be empty
	Choose   bool   // shown without being asked for: the name is exactly that of the video
}

// MediaUse is what playing has taken from the network so far.
type MediaUse struct {
	Fetched int64 // bytes
	Wasted  int64 // of them, bytes that no player was given
	Noz     int64 // estimated ozone in noz
}
