package network

import (
	"errors"
	"time"
)

// AudienceVersion is the format version of [Audience].
const AudienceVersion = 1

// Audience is how often the files of an owner were played by others, as a
// storage network tells it at [Network.Audience] followed by a slash and the
// owner's address; documented in docs/network.md. It has counts only: who the
// others were is not told.
type Audience struct {
	Version int            `json:"version"`
	At      time.Time      `json:"at"`
	Files   []AudienceFile `json:"files"` // that have a link or were ever asked for, by hash
}

// AudienceFile is the audience of one file.
type AudienceFile struct {
	Hash   string         `json:"hash"`
	Payers int64          `json:"payers"` // different wallets that paid for some of it
	Days   []AudienceDay  `json:"days"`   // with anything in them, oldest first
	Parts  []int64        `json:"parts"`  // plays that were given each part, in the order of playing
	Links  []AudienceLink `json:"links"`  // by id
	Stored int64          `json:"stored"` // noz that its owner paid to store it
}

// AudienceDay is the audience of one day.
type AudienceDay struct {
	Day   time.Time `json:"day"`   // its start, UTC
	Plays int64     `json:"plays"` // began
	Ends  int64     `json:"ends"`  // came to the last part
	Bytes int64     `json:"bytes"` // that others paid for
}

// AudienceLink is the audience that came by one share.
type AudienceLink struct {
	Share string `json:"share"` // its id, as in the link
	Plays int64  `json:"plays"`
	Bytes int64  `json:"bytes"`
}

// ErrAudience is wrapped where an audience makes no sense.
var ErrAudience = errors.New("this is no audience of a file")

// mostParts is more than any file has.
const mostParts = 1 << 20

// Check refuses counts that nothing can have, since they come from outside. The
// error wraps [ErrAudience].
func (a Audience) Check() error {
	if a.Version != AudienceVersion {
		return errors.Join(ErrAudience, errors.New("unknown version"))
	}
	for _, f := range a.Files {
		if len(f.Parts) > mostParts {
			return errors.Join(ErrAudience, errors.New("too many parts"))
		}
		counts := append([]int64{f.Payers, f.Stored}, f.Parts...)
		for _, d := range f.Days {
			counts = append(counts, d.Plays, d.Ends, d.Bytes)
		}
		for _, l := range f.Links {
			counts = append(counts, l.Plays, l.Bytes)
		}
		for _, c := range counts {
			if c < 0 || c > 1<<60 {
				return errors.Join(ErrAudience, errors.New("a count is negative or beyond all measure"))
			}
		}
	}
	return nil
}
