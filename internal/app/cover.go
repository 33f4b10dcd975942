package app

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"
)

// maxCover is the most bytes of a cover: scans of whole booklets are no
// covers, and it may have to come from the network.
const maxCover = 16 << 20

// covers are the names that programs which copy or sell music give to the cover
// of an album, the likeliest first. A picture with the name of the song itself
// comes before them.
var covers = []string{"cover", "folder", "front", "album", "albumart", "albumartlarge", "artwork", "thumb"}

// coverEndings are the kinds of pictures that covers have, the likeliest first.
var coverEndings = []string{".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp"}

// offerCover lets something to hear that lies in a folder find its cover there.
func offerCover(m *Media, place around) {
	if IsSound(place.name()) {
		m.Cover = place.cover
	}
}

func (r around) cover(ctx context.Context) (picture []byte, err error) {
	list, err := r.folder(ctx)
	if err != nil {
		return nil, err
	}
	e, found := coverAmong(r.name(), list)
	if !found {
		return nil, nil
	}
	f, closer, err := r.open(ctx, e.Path)
	if err != nil {
		return nil, err
	}
	defer func() { err = firstError(err, closer.Close()) }()
	picture = make([]byte, min(f.Size(), maxCover))
	done, err := 0, error(nil)
	for done < len(picture) && err == nil {
		var n int
		n, err = f.ReadAt(ctx, picture[done:], int64(done))
		done += n
	}
	if done < len(picture) {
		return nil, fmt.Errorf("read a cover: %w", err)
	}
	return picture, nil
}

// coverAmong chooses the cover of a song among what lies beside it.
func coverAmong(song string, list []Entry) (best Entry, found bool) {
	stem, least := stemOf(song), 0
	for _, e := range list {
		ending := slices.Index(coverEndings, strings.ToLower(path.Ext(e.Name)))
		if e.Folder || ending < 0 || e.Size <= 0 || e.Size > maxCover {
			continue
		}
		name := slices.Index(append([]string{stem}, covers...), stemOf(e.Name))
		if rank := name*len(coverEndings) + ending; name >= 0 && (!found || rank < least) {
			best, found, least = e, true, rank
		}
	}
	return best, found
}

// stemOf is a name without its ending, as names are compared.
func stemOf(name string) string { return strings.ToLower(strings.TrimSuffix(name, path.Ext(name))) }
