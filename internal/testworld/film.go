package testworld

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/big"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/internal/testvideo"
	"github.com/stratosdrive/stratosdrive/network/figures"
)

// film is a video of the first creator, and how it was watched.
type film struct {
	link     string
	segments int     // that it has
	seen     []int64 // plays that were given each segment
	ends     int64
	payers   map[string]bool
}

// director is who publishes the film.
func (w *world) director() *person { return w.people[viewers] }

// publishFilm makes a video of several segments and a link to it.
func (w *world) publishFilm(ctx context.Context) error {
	path := filepath.Join(w.Temp, "film.mp4")
	o := testvideo.Options{Seconds: 40, Width: 160, Height: 90, Rate: 5, BitsPerSecond: 40_000}
	if err := testvideo.Make(ctx, path, o); err != nil {
		return err
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("publish the film: %w", err)
	}
	up, err := w.director().sds.Upload(ctx, "film.mp4", bytes.NewReader(data), int64(len(data)), client.UploadOptions{Kind: wire.Video})
	if err != nil {
		return fmt.Errorf("publish the film: %w", err)
	}
	link, err := w.director().sds.Share(ctx, up.ID, client.ShareOptions{})
	if err != nil {
		return fmt.Errorf("publish the film: %w", err)
	}
	w.film = film{link: link.Link, payers: map[string]bool{}}
	return nil
}

// screen lets a viewer watch the film for a while, or to its end.
func (w *world) screen(ctx context.Context, n int) error {
	random := rand.New(rand.NewPCG(w.Seed, uint64(n)))
	p := w.people[random.IntN(firstCheat)]
	v, err := p.sds.OpenSharedVideo(ctx, w.film.link)
	if err != nil {
		return fmt.Errorf("watch the film: %w", err)
	}
	list, err := readSegment(ctx, v, v.Playlist)
	if err != nil {
		return err
	}
	names := segmentNames(list)
	w.film.segments = len(names)
	if len(w.film.seen) == 0 {
		w.film.seen = make([]int64, len(names))
	}
	until := 1 + random.IntN(len(names))
	for i, name := range names[:until] {
		if _, err := readSegment(ctx, v, name); err != nil {
			return err
		}
		w.film.seen[i]++
	}
	if until == len(names) {
		w.film.ends++
	}
	w.film.payers[p.wallet] = true
	w.Views++
	return nil
}

func segmentNames(playlist string) (names []string) {
	for line := range strings.Lines(playlist) {
		if name := strings.TrimSpace(line); name != "" && !strings.HasPrefix(name, "#") {
			names = append(names, name)
		}
	}
	return names
}

func readSegment(ctx context.Context, v *client.Video, name string) (string, error) {
	body, _, _, err := v.Segment(ctx, name)
	if err != nil {
		return "", fmt.Errorf("watch the film: %w", err)
	}
	defer body.Close()
	data, err := io.ReadAll(body)
	if err != nil {
		return "", fmt.Errorf("watch the film: %w", err)
	}
	return string(data), nil
}

// checkAudience holds what the network tells of the film against how it was
// watched: plays, ends, who stayed until when, and how many paid.
func (w *world) checkAudience(ctx context.Context) error {
	told, err := figures.ReadAudience(ctx, http.DefaultClient, w.Network.Audience, w.director().wallet)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(told.Files, func(f network.AudienceFile) bool {
		return slices.ContainsFunc(f.Links, func(l network.AudienceLink) bool { return strings.Contains(w.film.link, l.Share) })
	})
	if i < 0 || w.film.segments < 3 {
		w.faultf("the network tells nothing of the film, which has %d segments", w.film.segments)
		return nil
	}
	var plays, ends int64
	for _, d := range told.Files[i].Days {
		plays, ends = plays+d.Plays, ends+d.Ends
	}
	seen := slices.Clone(w.film.seen) // segments that nobody saw are not told
	for len(seen) > 0 && seen[len(seen)-1] == 0 {
		seen = seen[:len(seen)-1]
	}
	w.same(0, "plays of the film", big.NewInt(w.film.seen[0]), big.NewInt(plays))
	w.same(0, "plays to its end", big.NewInt(w.film.ends), big.NewInt(ends))
	w.same(0, "wallets that paid for it", big.NewInt(int64(len(w.film.payers))), big.NewInt(told.Files[i].Payers))
	w.check.Numbers += len(seen)
	if !slices.Equal(seen, told.Files[i].Parts) {
		w.faultf("segments of the film were given to %v plays, told %v", seen, told.Files[i].Parts)
	}
	return nil
}
