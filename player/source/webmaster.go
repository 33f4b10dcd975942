package source

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// variant is one of several streams of a video, as a master playlist names them
// (RFC 8216 4.3.4.2).
type variant struct {
	address *url.URL
	bits    int64 // a second, at its peak
	apart   bool  // its sound comes as a stream of its own
}

const (
	mostVariants = 64
	// ample is how many times a variant's rate the line has to carry.
	ample = 1.3
	// What is fetched to see how fast a server is: no more than that, in no more
	// time than that.
	trialBytes = 512 << 10
	trialTime  = 600 * time.Millisecond
)

// parseMaster reads a master playlist, the best variant first; nil for a
// playlist that is none.
func parseMaster(data []byte, base *url.URL) ([]variant, error) {
	var all []variant
	apart := map[string]bool{} // groups of sound with addresses of their own
	groups := []string{}
	next := map[string]string{}
	for line := range strings.Lines(string(bytes.TrimPrefix(data, []byte("\ufeff")))) {
		line = strings.TrimSpace(line)
		switch tag, value, _ := strings.Cut(line, ":"); {
		case tag == "#EXT-X-STREAM-INF":
			next = attributes(value)
		case tag == "#EXT-X-MEDIA":
			if a := attributes(value); a["TYPE"] == "AUDIO" && a["URI"] != "" {
				apart[a["GROUP-ID"]] = true
			}
		case line == "" || line[0] == '#' || next["BANDWIDTH"] == "":
		case len(all) == mostVariants:
			return nil, fmt.Errorf("%w: too many variants", ErrPlaylist)
		default:
			at, err := base.Parse(line)
			bits, err2 := strconv.ParseInt(next["BANDWIDTH"], 10, 64)
			if err != nil || err2 != nil || bits < 0 {
				return nil, fmt.Errorf("%w: variant", ErrPlaylist)
			}
			all, groups = append(all, variant{address: at, bits: bits}), append(groups, next["AUDIO"])
			next = map[string]string{}
		}
	}
	for i, group := range groups {
		all[i].apart = group != "" && apart[group]
	}
	slices.SortStableFunc(all, func(a, b variant) int { return cmp.Compare(b.bits, a.bits) })
	return all, nil
}

// attributes reads a list of them (RFC 8216 4.2): NAME=value, with quotes
// around what may hold commas.
func attributes(list string) map[string]string {
	all := map[string]string{}
	for list != "" {
		name, rest, found := strings.Cut(list, "=")
		if !found {
			break
		}
		var value string
		if quoted, isQuoted := strings.CutPrefix(rest, `"`); isQuoted {
			value, rest, _ = strings.Cut(quoted, `"`)
			_, list, _ = strings.Cut(rest, ",")
		} else {
			value, list, _ = strings.Cut(rest, ",")
		}
		all[strings.TrimSpace(name)] = strings.TrimSpace(value)
	}
	return all
}

// choose takes the best variant that the line carries, and returns the playlist
// of it with its address. How fast the line is shows the first piece of the best
// one that there is; it is not switched later.
func (s *webSegments) choose(ctx context.Context, all []variant) (at *url.URL, raw []byte, err error) {
	all = slices.DeleteFunc(all, func(v variant) bool { return v.apart })
	if len(all) == 0 {
		return nil, nil, fault.Say(fmt.Errorf("%w: %w: sound apart", ErrRefused, ErrPlaylist), "The sound of this stream comes apart from its picture, and such streams cannot be played here.")
	}
	rate := 0.0 // bytes a second; 0 = not known
	for i, v := range all {
		last, need := i == len(all)-1, ample*float64(v.bits)/8
		if rate > 0 && rate < need && !last {
			continue
		}
		at, raw, err = s.read(ctx, v.address)
		if err == nil && rate == 0 && !last {
			if rate, err = s.measure(ctx, at, raw); err == nil && rate < need {
				continue
			}
		}
		if err == nil {
			return at, raw, nil
		}
	}
	return nil, nil, err
}

// measure fetches the start of a playlist's first segment and returns the bytes
// a second at which it came.
func (s *webSegments) measure(ctx context.Context, at *url.URL, raw []byte) (float64, error) {
	list, err := s.parse(at, raw)
	if err != nil {
		return 0, err
	}
	body, _, _, err := s.Segment(ctx, list.Segments[0].Name)
	if err != nil {
		return 0, err
	}
	defer body.Close()
	ctx, cancel := context.WithTimeout(ctx, trialTime)
	defer cancel()
	defer context.AfterFunc(ctx, func() { body.Close() })()
	began := time.Now()
	n, _ := io.CopyN(io.Discard, body, trialBytes) // what came until then counts
	return float64(max(n, 1)) / max(time.Since(began), time.Millisecond).Seconds(), nil
}
