// Package playback holds the plain values that describe a playing video. The
// player fills them and the window shows them; neither has to know the other.
package playback

// State is one moment of a player. It is a value: whoever gets one may keep
// it, and nothing in it changes afterwards.
type State struct {
	Open     bool // the video is there: its length and its tracks are known
	Shown    bool // the first picture (or sound) was played
	Paused   bool // by the user
	Waiting  bool // stands still because bytes are missing
	Seeking  bool // a jump was asked for and its picture is not there yet
	Ended    bool // the end was reached
	Seekable bool

	Position float64 // seconds
	Duration float64 // seconds, 0 = unknown
	Volume   float64 // percent, 0 to 130; over 100 is amplified
	Muted    bool
	Speed    float64 // 1 = as recorded

	Buffered []Range // what could be played without fetching, in order
	Tracks   []Track
	Chapters []Chapter // in order; empty where the video has none
	Chapter  int       // index of the one that plays, -1 = none
	Loop     Loop
	Tags     Tags

	SoundDelay    float64 // seconds that the sound comes later than recorded
	SubtitleDelay float64 // seconds that subtitles come later than written

	Width, Height int     // picture in square pixels, 0 = no picture
	Rate          float64 // pictures a second as the file says, 0 = unknown
	Cover         bool    // the picture is the cover of something to hear
	Decoder       string  // of the hardware that decodes the picture; empty = the processor does

	Stalls  int     // times that the picture stood still for want of bytes
	Dropped int     // pictures that came too late to be drawn
	Offset  float64 // seconds by which the newest picture was handed over after its sound; negative = before

	Problem error // why nothing plays, with a sentence for people; nil = none
}

// Range is a stretch of a video in seconds.
type Range struct{ From, To float64 }

// Kind tells what a track holds.
type Kind string

// The kinds of tracks.
const (
	Picture   Kind = "video"
	Sound     Kind = "audio"
	Subtitles Kind = "sub"
)

// Track is one of the streams of a video that a person can choose.
type Track struct {
	Kind     Kind
	ID       int    // counts from 1 within its kind
	Title    string // may be empty
	Language string // as the file says: "en", "por"; may be empty
	Codec    string
	Chosen   bool
	Cover    bool // a still picture that belongs to something to hear
}

// Of returns the tracks of one kind.
func (s State) Of(kind Kind) []Track {
	var found []Track
	for _, t := range s.Tracks {
		if t.Kind == kind {
			found = append(found, t)
		}
	}
	return found
}

// Chapter is a named place of a video.
type Chapter struct {
	Title string  // may be empty
	At    float64 // seconds
}

// Loop says what is played again and again; the zero value plays on.
type Loop struct {
	Whole    bool    // at its end the video begins again
	Begun    bool    // From is set: a stretch has a beginning
	From, To float64 // seconds; the stretch is played again and again once To is set (over From)
}

// Active tells whether something is played again and again.
func (l Loop) Active() bool { return l.Whole || l.Begun && l.To > l.From }

// Tags are what a file says about itself. Each may be empty.
type Tags struct{ Title, Artist, Album string }
