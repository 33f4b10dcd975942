package app

import (
	"slices"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/sync/publish"
)

var playDay = time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)

func played(hash string, plays, ends, bytes int64, shares ...string) network.AudienceFile {
	f := network.AudienceFile{Hash: hash, Payers: 2, Parts: []int64{plays, ends}, Days: []network.AudienceDay{{Day: playDay, Plays: plays, Ends: ends, Bytes: bytes}}}
	for _, s := range shares {
		f.Links = append(f.Links, network.AudienceLink{Share: s, Plays: plays / int64(len(shares)), Bytes: bytes / int64(len(shares))})
	}
	return f
}

// TestPlaysOfAVideoWithTwoLinks: two links to one content are one thing.
func TestPlaysOfAVideoWithTwoLinks(t *testing.T) {
	links := []Link{
		{ID: "a", Name: "Old", Public: true, Created: linkNow.Add(-time.Hour), State: LinkStopped, Link: "sds://a"},
		{ID: "b", Name: "Sea", Public: true, Created: linkNow, State: LinkActive, Link: "sds://b", AppLink: "stos://b", Seconds: 60, Size: 9},
		{ID: "c", Name: "Quiet", Created: linkNow, State: LinkActive, Link: "sds://c"},
		{ID: "d", Name: "Begun", State: LinkUnfinished},
	}
	p := playsOf(links, nil, []network.AudienceFile{played("h", 20, 16, 1000, "a", "b"), played("stranger", 5, 5, 5, "x")}, linkNow)
	if len(p.Items) != 2 || p.Total != (PlayCount{20, 16, 1000}) || p.Forecast != nil && p.Forecast.Days != forecastDays {
		t.Fatalf("%+v", p)
	}
	it := p.Items[0]
	if it.Name != "Sea" || it.PlayCount != p.Total || it.Payers != 2 || it.Seconds != 60 || it.Advice != AdviceMore {
		t.Errorf("%+v", it)
	}
	if !slices.Equal(it.Retention, []float64{1, 0.8}) || len(it.Days) != 1 || !it.Days[0].Day.Equal(playDay) {
		t.Errorf("%+v", it)
	}
	want := []LinkPlays{{"a", "sds://a", LinkStopped, 10, 500}, {"b", "stos://b", LinkActive, 10, 500}}
	if !slices.Equal(it.Links, want) {
		t.Errorf("links %+v", it.Links)
	}
	if quiet := p.Items[1]; quiet.Plays != 0 || quiet.Advice != AdviceShare || quiet.Retention != nil {
		t.Errorf("%+v", quiet)
	}
}

// TestPlaysOfAPrivateFile: what is read of the files behind a link are bytes of
// it, but opening them is not one more play.
func TestPlaysOfAPrivateFile(t *testing.T) {
	links := []Link{{ID: "m", Name: "Film", State: LinkActive, Link: "stos://m"}}
	made := []madeLink{{Link: links[0], Published: &publish.Published{Parts: []publish.PartRef{{ShareID: "p1"}, {ShareID: "p2"}}}}}
	files := []network.AudienceFile{played("list", 10, 10, 30, "m"), played("one", 10, 9, 4000, "p1"), played("two", 5, 4, 2000, "p2")}
	p := playsOf(links, made, files, linkNow)
	it := p.Items[0]
	if it.PlayCount != (PlayCount{10, 4, 6030}) || !slices.Equal(it.Retention, []float64{1, 0.5}) {
		t.Errorf("%+v", it)
	}
	if it.Links[0].Plays != 10 || it.Links[0].Bytes != 6030 {
		t.Errorf("%+v", it.Links)
	}
	if files[0].Days[0].Ends != 10 || files[1].Days[0].Plays != 10 {
		t.Error("what the network told was changed")
	}
}

func TestForecastOfPlays(t *testing.T) {
	f := played("h", 0, 0, 0, "a")
	f.Days = nil
	for i := range 5 {
		f.Days = append(f.Days, network.AudienceDay{Day: playDay.AddDate(0, 0, -i), Plays: 2, Bytes: 100})
	}
	slices.Reverse(f.Days)
	p := playsOf([]Link{{ID: "a", State: LinkActive}}, nil, []network.AudienceFile{f}, playDay.AddDate(0, 0, 1))
	if p.Forecast == nil || p.Forecast.Plays != (PlayRange{60, 60, 60}) || p.Forecast.Bytes != (PlayRange{3000, 3000, 3000}) {
		t.Errorf("%+v", p.Forecast)
	}
}
