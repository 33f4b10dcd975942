package app

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/encoding/unicode"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/player/source"
)

// Limits of subtitles beside a video: the words of a long film are 200 KB.
const (
	maxSubtitles    = 10 << 20 // bytes
	mostSubtitles   = 20
	longestLanguage = 3 // letters, ISO 639
)

// wordsBeside are the subtitles of one video.
type wordsBeside struct {
	around
	video io.Closer

	mu     sync.Mutex
	items  []*source.Item
	closed bool
}

// AddSubtitles gives a player the subtitles that lie beside its video. p is a
// player that has the video loaded.
func (m *Media) AddSubtitles(ctx context.Context, p interface {
	AddSubtitles(address, title, language string, choose bool) error
},
) error {
	if m.Subtitles == nil {
		return nil
	}
	found, err := m.Subtitles(ctx)
	for _, s := range found {
		err = errors.Join(err, p.AddSubtitles(s.URL, s.Title, s.Language, s.Choose))
	}
	return err
}

// offerSubtitles lets a video that lies in a folder find its subtitles there.
func offerSubtitles(m *Media, place around) {
	w := &wordsBeside{around: place, video: m.Closer}
	m.Subtitles, m.Closer = w.find, w
}

// Close takes the addresses back, the video's too.
func (w *wordsBeside) Close() error {
	w.mu.Lock()
	w.closed = true
	items := w.items
	w.items = nil
	w.mu.Unlock()
	err := w.video.Close()
	for _, item := range items {
		err = errors.Join(err, item.Close())
	}
	return err
}

func (w *wordsBeside) find(ctx context.Context) (found []Subtitles, err error) {
	list, err := w.folder(ctx)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(list, func(a, b Entry) int { return cmp.Compare(a.Name, b.Name) })
	for _, e := range list {
		s, ok := subtitlesOf(path.Base(filepath.ToSlash(w.what)), e.Name)
		if !ok || e.Folder || e.Size > maxSubtitles || len(found) == mostSubtitles {
			continue
		}
		if s.URL, err = w.serve(ctx, e.Path); err != nil {
			return found, err
		}
		found = append(found, s)
	}
	return found, nil
}

// serve gives a file an address.
func (w *wordsBeside) serve(ctx context.Context, name string) (string, error) {
	raw, closer, err := w.open(ctx, name)
	if err != nil {
		return "", err
	}
	file, err := readable(ctx, raw, closer)
	if err != nil {
		return "", err
	}
	server, err := w.a.mediaServer()
	if err != nil {
		return "", err
	}
	item, err := server.AddFile(file)
	if err != nil {
		return "", err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return "", errors.Join(fault.Say(nil, "The video was closed."), item.Close())
	}
	w.items = append(w.items, item)
	return item.URL(), nil
}

// readable returns a file of subtitles as players read it. They find out about
// most codings, but some lose letters of UTF-16, so that is written anew.
func readable(ctx context.Context, f source.File, c io.Closer) (source.File, error) {
	mark := make([]byte, 2)
	n, err := f.ReadAt(ctx, mark, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, errors.Join(err, c.Close())
	}
	if little, big := []byte{0xff, 0xfe}, []byte{0xfe, 0xff}; n < 2 || !bytes.Equal(mark, little) && !bytes.Equal(mark, big) {
		return f, nil
	}
	coded := make([]byte, min(f.Size(), maxSubtitles))
	n, err = f.ReadAt(ctx, coded, 0)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	text, wrong := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(coded[:n])
	if err = errors.Join(err, wrong, c.Close()); err != nil {
		return nil, fault.Say(err, "The subtitles %s cannot be read.", f.Title())
	}
	return source.FromReaderAt(f.Title(), int64(len(text)), bytes.NewReader(text)), nil
}

// subtitlesOf reads the name of a file beside a video: "Film.srt" and
// "Film.en.forced.ass" belong to "Film.mkv".
func subtitlesOf(video, name string) (s Subtitles, ok bool) {
	switch strings.ToLower(path.Ext(name)) {
	case ".srt", ".ass", ".ssa", ".vtt":
	default:
		return s, false
	}
	stem, name := strings.TrimSuffix(video, path.Ext(video)), strings.TrimSuffix(name, path.Ext(name))
	if len(name) < len(stem) || !strings.EqualFold(name[:len(stem)], stem) {
		return s, false
	}
	rest := name[len(stem):]
	if rest == "" {
		return Subtitles{Choose: true}, true
	}
	if rest[0] != '.' {
		return s, false // another video, whose name is longer
	}
	var words []string
	for _, word := range strings.Split(rest[1:], ".") {
		if s.Language == "" && len(word) > 1 && len(word) <= longestLanguage {
			s.Language = strings.ToLower(word)
		} else if word != "" {
			words = append(words, word)
		}
	}
	s.Title = strings.Join(words, " ")
	return s, true
}
