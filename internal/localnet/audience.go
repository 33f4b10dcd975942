package localnet

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

const audiencePath = "/audience"

// withAudience answers GET /audience/OWNER, and everything else as next does.
func withAudience(m *meta.Meta, next http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", next)
	mux.HandleFunc("GET "+audiencePath+"/{owner}", func(w http.ResponseWriter, r *http.Request) {
		a, err := audienceOf(r.Context(), m, r.PathValue("owner"))
		if err != nil {
			http.Error(w, "The audience cannot be counted at the moment.", http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(a) // who asked may be gone
	})
	return mux
}

func audienceOf(ctx context.Context, m *meta.Meta, owner string) (network.Audience, error) {
	a := network.Audience{Version: network.AudienceVersion, At: time.Now(), Files: []network.AudienceFile{}}
	files, err := m.Audiences(ctx, owner)
	for _, hash := range slices.Sorted(maps.Keys(files)) {
		a.Files = append(a.Files, audienceFile(files[hash]))
	}
	return a, err
}

func audienceFile(a *meta.Audience) network.AudienceFile {
	f := network.AudienceFile{Hash: a.Hash, Payers: a.Payers, Stored: a.Stored, Days: []network.AudienceDay{}, Links: []network.AudienceLink{}}
	last := -1
	for part := range a.Parts {
		last = max(last, part)
	}
	f.Parts = make([]int64, last+1)
	for part, plays := range a.Parts {
		f.Parts[part] = plays
	}
	for day, d := range a.Days {
		f.Days = append(f.Days, network.AudienceDay{Day: meta.DayStart(day), Plays: d.Plays, Ends: d.Ends, Bytes: d.Bytes})
	}
	for share, s := range a.Shares {
		f.Links = append(f.Links, network.AudienceLink{Share: share, Plays: s.Plays, Bytes: s.Bytes})
	}
	slices.SortFunc(f.Days, func(a, b network.AudienceDay) int { return a.Day.Compare(b.Day) })
	slices.SortFunc(f.Links, func(a, b network.AudienceLink) int { return strings.Compare(a.Share, b.Share) })
	return f
}
