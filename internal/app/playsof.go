package app

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	views "github.com/stratosdrive/stratosdrive/network/audience"
)

// playsOf brings together what links lead to and what came of it.
func playsOf(links []Link, made []madeLink, files []network.AudienceFile, now time.Time) Plays {
	byShare := map[string]network.AudienceFile{}
	for _, f := range files {
		for _, l := range f.Links {
			byShare[l.Share] = f
		}
	}
	parts := map[string][]string{} // the shares of the files behind a private link, in their order
	for _, m := range made {
		if m.Published != nil {
			for _, p := range m.Published.Parts {
				parts[m.ID] = append(parts[m.ID], p.ShareID)
			}
		}
	}
	cards := map[string]string{} // the shares of what shows title and poster
	for _, m := range made {
		cards[m.ID] = m.CardShare
	}
	byContent := map[string][]Link{} // several links may lead to one thing
	for _, l := range links {
		if l.State != LinkUnfinished {
			content := cmp.Or(byShare[l.ID].Hash, l.ID)
			byContent[content] = append(byContent[content], l)
		}
	}
	p := Plays{At: now, Items: []ItemPlays{}}
	for _, content := range slices.Sorted(maps.Keys(byContent)) {
		it := playedItem(byContent[content], parts, byShare, now)
		it.hashes = hashesOf(byContent[content], parts, cards, byShare)
		p.Items = append(p.Items, it)
	}
	slices.SortStableFunc(p.Items, func(a, b ItemPlays) int {
		return cmp.Or(cmp.Compare(b.Plays, a.Plays), b.Created.Compare(a.Created))
	})
	p.sum(now)
	return p
}

// playedItem is what came of one thing. What lies behind a private link is in several
// files; the link itself leads to a list of them.
func playedItem(links []Link, parts map[string][]string, byShare map[string]network.AudienceFile, now time.Time) ItemPlays {
	newest := slices.MaxFunc(links, func(a, b Link) int { return a.Created.Compare(b.Created) })
	main := byShare[newest.ID]
	behind := []network.AudienceFile{}
	for _, l := range links {
		for _, share := range parts[l.ID] {
			behind = append(behind, byShare[share])
		}
	}
	it := ItemPlays{
		Name: newest.Name, Size: newest.Size, Seconds: newest.Seconds, Public: newest.Public, Created: newest.Created, Payers: main.Payers,
		Links: []LinkPlays{},
	}
	for _, l := range links {
		it.Links = append(it.Links, linkPlays(l, parts[l.ID], byShare))
	}
	days, given := views.Days(main), main.Parts
	if len(behind) > 0 {
		days, given = behindDays(main, behind), beginnings(behind)
	}
	it.Retention, it.Days = views.Retention(given), dayCounts(days)
	it.PlayCount = PlayCount(views.Sum(days))
	it.Advice, it.At = views.Advise(days, it.Retention, now)
	return it
}

// hashesOf are the files behind links.
func hashesOf(links []Link, parts map[string][]string, cards map[string]string, byShare map[string]network.AudienceFile) map[string]bool {
	hashes := map[string]bool{}
	for _, l := range links {
		for _, share := range append([]string{l.ID, cards[l.ID]}, parts[l.ID]...) {
			if f, known := byShare[share]; known {
				hashes[f.Hash] = true
			}
		}
	}
	return hashes
}

// behindDays are the plays of a list of files, the ends of the last one, and the
// bytes of all.
func behindDays(list network.AudienceFile, files []network.AudienceFile) []views.Day {
	all := []network.AudienceFile{counting(list, true, false)}
	for i, f := range files {
		all = append(all, counting(f, false, i == len(files)-1))
	}
	return views.Days(all...)
}

// counting is the audience of a file of which only some counts.
func counting(f network.AudienceFile, plays, ends bool) network.AudienceFile {
	f.Days = slices.Clone(f.Days)
	for i := range f.Days {
		if !plays {
			f.Days[i].Plays = 0
		}
		if !ends {
			f.Days[i].Ends = 0
		}
	}
	return f
}

// beginnings are the plays of each of several files.
func beginnings(files []network.AudienceFile) []int64 {
	counts := make([]int64, len(files))
	for i, f := range files {
		counts[i] = views.Sum(views.Days(f)).Plays
	}
	return counts
}

func linkPlays(l Link, parts []string, byShare map[string]network.AudienceFile) LinkPlays {
	out := LinkPlays{ID: l.ID, Link: cmp.Or(l.AppLink, l.Link), State: l.State}
	for i, share := range append([]string{l.ID}, parts...) {
		for _, each := range byShare[share].Links {
			if each.Share != share {
				continue
			}
			out.Bytes += each.Bytes
			if i == 0 {
				out.Plays = each.Plays
			}
		}
	}
	return out
}

// sum adds up the items.
func (p *Plays) sum(now time.Time) {
	days := map[time.Time]views.Count{}
	for _, it := range p.Items {
		for _, d := range it.Days {
			c := days[d.Day]
			days[d.Day] = views.Count{Plays: c.Plays + d.Plays, Ends: c.Ends + d.Ends, Bytes: c.Bytes + d.Bytes}
		}
	}
	var all []views.Day
	for _, at := range slices.SortedFunc(maps.Keys(days), time.Time.Compare) {
		all = append(all, views.Day{At: at, Count: days[at]})
	}
	p.Days, p.Total = dayCounts(all), PlayCount(views.Sum(all))
	plays, known := views.Forecast(all, now, forecastDays, func(c views.Count) int64 { return c.Plays })
	bytes, _ := views.Forecast(all, now, forecastDays, func(c views.Count) int64 { return c.Bytes })
	if known {
		p.Forecast = &PlayForecast{forecastDays, playRange(plays), playRange(bytes)}
	}
}

func playRange(r views.Range) PlayRange {
	return PlayRange{int64(math.Round(r.Low)), int64(math.Round(r.Likely)), int64(math.Round(r.High))}
}

func dayCounts(days []views.Day) []DayCount {
	out := make([]DayCount, len(days))
	for i, d := range days {
		out[i] = DayCount{d.At, PlayCount(d.Count)}
	}
	return out
}
