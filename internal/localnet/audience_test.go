package localnet

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// TestAudienceIsTold: an owner is told what the meta node counted, and others
// nothing of it.
func TestAudienceIsTold(t *testing.T) {
	c := newCounted(t)
	for part := range 3 {
		c.meta.Watched(meta.View{Owner: "o", Hash: "h", Share: "s", Part: part, First: part == 0, Last: part == 2})
	}
	c.meta.Watched(meta.View{Owner: "o", Hash: "g", Share: "s", Part: 1, First: true})
	c.meta.Count(meta.Traffic{Wallet: "w", Owner: "o", Hash: "h", Node: "n", Kind: meta.Down}, 9)
	c.meta.SentBy("o", "h", "s", 9)
	passed := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })
	server := httptest.NewServer(withAudience(c.meta, passed))
	defer server.Close()
	ask := func(path string) (a network.Audience, status int) {
		answer, err := http.Get(server.URL + path)
		must(t, err)
		defer answer.Body.Close()
		if answer.StatusCode == http.StatusOK {
			must(t, json.NewDecoder(answer.Body).Decode(&a))
			must(t, a.Check())
		}
		return a, answer.StatusCode
	}
	if _, status := ask("/credit"); status != http.StatusTeapot {
		t.Errorf("other paths are answered with %d", status)
	}
	if a, _ := ask(audiencePath + "/somebody"); len(a.Files) != 0 {
		t.Errorf("somebody else is told %+v", a)
	}
	a, _ := ask(audiencePath + "/o")
	if len(a.Files) != 2 || a.Files[0].Hash != "g" || !slices.Equal(a.Files[0].Parts, []int64{0, 1}) {
		t.Fatalf("%+v", a)
	}
	f := a.Files[1]
	if f.Payers != 1 || !slices.Equal(f.Parts, []int64{1, 1, 1}) || len(f.Days) != 1 || f.Days[0].Plays != 1 || f.Days[0].Ends != 1 || f.Days[0].Bytes != 9 {
		t.Errorf("%+v", f)
	}
	if !slices.Equal(f.Links, []network.AudienceLink{{Share: "s", Plays: 1, Bytes: 9}}) {
		t.Errorf("links %+v", f.Links)
	}
}

// TestAudienceCannotBeCounted: trouble is told without its cause.
func TestAudienceCannotBeCounted(t *testing.T) {
	c := newCounted(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	w := httptest.NewRecorder()
	withAudience(c.meta, http.NotFoundHandler()).ServeHTTP(w, httptest.NewRequestWithContext(ctx, http.MethodGet, audiencePath+"/o", nil))
	if w.Code != http.StatusInternalServerError || w.Body.String() != "The audience cannot be counted at the moment.\n" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
