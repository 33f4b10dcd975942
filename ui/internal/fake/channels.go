package fake

import (
	"bytes"
	"context"
	"fmt"
	"image"
	_ "image/jpeg" // posters
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Artist is the address of a channel that the sample wallet follows.
const Artist = "st1jyvtwupfrzxgendxpuc94h5n9z9277cq3e742k"

func price(text string) stratos.Amount {
	amount, err := stratos.ParseDecimal(text, stratos.STOS)
	if err != nil {
		panic(err) // sample data
	}
	return amount
}

// SampleChannel is the own channel of a creator.
func SampleChannel() *app.ChannelInfo {
	item := func(id, kind, title string, day int, seconds int, bytes int64, periods ...string) app.ChannelItem {
		return app.ChannelItem{
			ID: id, Kind: kind, Title: title, At: at(day, 11, 0), Seconds: seconds, Bytes: bytes, Periods: periods, Open: true, Owner: Address, Channel: "Boats of Lisbon",
		}
	}
	draft := item("04", "file", "Harbour map", 22, 0, 22_000_000)
	draft.Draft = true
	return &app.ChannelInfo{
		Owner: Address, Link: app.ChannelLink(Address), Title: "Boats of Lisbon", Text: "Wooden boats, and the people who build them.", Own: true, Published: true,
		Changed: at(20, 11, 0), Changes: 1, Followers: 12, Earned: price("24"),
		Items: []app.ChannelItem{
			draft, item("03", "video", "Interview with a caulker", 20, 2460, 6_200_000_000, "a"), item("02", "music", "Sounds of the yard", 16, 185, 7_400_000),
			item("01", "video", "Lisbon harbour", 2, 720, 1_800_000_000),
		},
		Periods: []app.ChannelPeriod{{ID: "a", From: at(1, 0, 0), To: at(30, 0, 0), Price: price("2"), Now: true, Items: 1, Payers: 12, Earned: price("24")}},
	}
}

// SampleNews is what a follower of two channels sees.
func SampleNews() app.ChannelNews {
	item := func(id, kind, title string, day, seconds int) app.ChannelItem {
		return app.ChannelItem{ID: id, Kind: kind, Title: title, At: at(day, 9, 30), Seconds: seconds, Bytes: 3_100_000, Open: true, Owner: Artist, Channel: "Night trains"}
	}
	film, song := item("11", "video", "Over the Gotthard", 21, 1925), item("12", "music", "Platform 9, winter", 19, 251)
	film.New, film.Open, film.Periods = true, false, []string{"w"}
	song.New = true
	old := item("13", "file", "Timetable 1974", 3, 0)
	old.Owner, old.Channel = Storage, "Paper"
	return app.ChannelNews{
		New: 2, Items: []app.ChannelItem{film, song, old},
		Channels: []app.ChannelInfo{
			{
				Owner: Artist, Title: "Night trains", Items: []app.ChannelItem{film, song}, New: 2, Followed: true, Changed: at(21, 9, 30),
				Periods: []app.ChannelPeriod{{ID: "w", From: at(1, 0, 0), To: at(30, 0, 0), Price: price("3"), Now: true, State: app.NotSubscribed, Items: 1}},
			},
			{Owner: Storage, Title: "Paper", Items: []app.ChannelItem{old}, Followed: true, Changed: at(3, 9, 30)},
		},
	}
}

// MyChannel is Channel.
func (b *Backend) MyChannel(ctx context.Context) (app.ChannelInfo, error) {
	if err := b.wait(ctx); err != nil {
		return app.ChannelInfo{}, err
	}
	if b.Channel == nil {
		return app.ChannelInfo{}, fault.Say(app.ErrNoChannel, "You have no channel yet. Make one first: it needs a title.")
	}
	return *b.Channel, nil
}

// SetChannel makes Channel, or says something else of it.
func (b *Backend) SetChannel(ctx context.Context, about app.ChannelAbout) error {
	b.note("channel " + about.Title)
	if !about.KeepPoster {
		b.note("poster " + about.Poster)
	}
	if b.Channel == nil {
		b.Channel = &app.ChannelInfo{Owner: Address, Own: true}
	}
	b.Channel.Title, b.Channel.Text, b.Channel.ByHand = about.Title, about.Text, about.ByHand
	return b.wait(ctx)
}

// AddPeriod notes it.
func (b *Backend) AddPeriod(ctx context.Context, _, end time.Time, price string) (app.ChannelPeriod, error) {
	b.note(fmt.Sprintf("period until %s for %s", end.Format(time.DateOnly), price))
	return app.ChannelPeriod{}, b.wait(ctx)
}

// AddToChannel notes it.
func (b *Backend) AddToChannel(ctx context.Context, what string, o app.ChannelItemOptions) (app.ChannelItem, error) {
	b.note(fmt.Sprintf("add %s for %v", what, o.For))
	if o.Poster != "" {
		b.note("poster " + o.Poster)
	}
	return app.ChannelItem{}, b.wait(ctx)
}

// RemoveFromChannel notes it.
func (b *Backend) RemoveFromChannel(ctx context.Context, what string) (app.ChannelItem, error) {
	b.note("take off " + what)
	return app.ChannelItem{}, b.wait(ctx)
}

// PreviewChannel is a sample.
func (b *Backend) PreviewChannel(ctx context.Context) (app.ChannelPlan, error) {
	return app.ChannelPlan{TxPreview: app.TxPreview{
		Title: fault.Value("Publish your channel"), Lines: []app.PreviewLine{line("Items on the page", "4")}, Fee: price("0.0001"), Left: price("10"),
	}}, b.wait(ctx)
}

// PublishChannel notes it.
func (b *Backend) PublishChannel(ctx context.Context, fee string, password []byte) (app.ChannelPublished, error) {
	b.note("publish the channel " + fee + string(password))
	return app.ChannelPublished{}, b.wait(ctx)
}

// Channels is News.
func (b *Backend) Channels(ctx context.Context) (app.ChannelNews, error) { return b.News, b.wait(ctx) }

// FollowChannel notes it.
func (b *Backend) FollowChannel(ctx context.Context, text string) (app.ChannelInfo, error) {
	b.note("follow " + text)
	return app.ChannelInfo{}, b.wait(ctx)
}

// UnfollowChannel notes it.
func (b *Backend) UnfollowChannel(ctx context.Context, text string) error {
	b.note("unfollow " + text)
	return b.wait(ctx)
}

// NoteLooked notes it.
func (b *Backend) NoteLooked(_ context.Context, owner string, _ time.Time) error {
	b.note("looked at " + owner)
	return nil
}

// ChannelItemLink is a link that tells which item it is of.
func (b *Backend) ChannelItemLink(ctx context.Context, owner, what string) (string, app.ChannelItem, error) {
	return "sds://" + owner + "_" + what, app.ChannelItem{}, b.wait(ctx)
}

// PreviewSubscribe is a sample.
func (b *Backend) PreviewSubscribe(ctx context.Context, owner, period string) (app.TxPreview, error) {
	b.note("subscribe to " + period + " of " + owner)
	return app.TxPreview{Title: fault.Value("Subscribe for 3 STOS"), Lines: []app.PreviewLine{line("Amount", "3 STOS")}, Fee: price("0.0001"), Left: price("10")}, b.wait(ctx)
}

// SamplePlays is what came of two things that were published.
func SamplePlays() *app.Plays {
	var days []app.DayCount
	for i, plays := range []int64{2, 5, 3, 8, 13, 9, 21, 17} {
		days = append(days, app.DayCount{Day: at(14+i, 0, 0).UTC().Truncate(24 * time.Hour), PlayCount: app.PlayCount{Plays: plays, Ends: plays / 2, Bytes: plays * 300_000_000}})
	}
	film := app.ItemPlays{
		Name: "Lisbon harbour.mp4", Size: 1_800_000_000, Seconds: 720, Public: true, Created: at(2, 11, 0), PlayCount: app.PlayCount{Plays: 78, Ends: 37, Bytes: 23_400_000_000},
		Payers: 41, Money: money("31.25", "1.8", "29.45"), Days: days, Retention: []float64{1, 0.97, 0.95, 0.9, 0.52, 0.5, 0.49, 0.48, 0.48, 0.47}, Advice: app.AdviceMiddle, At: 0.3,
		Links: []app.LinkPlays{{ID: "a", Link: "sds://a", State: app.LinkActive, Plays: 70}, {ID: "b", Link: "sds://b", State: app.LinkStopped, Plays: 8}},
	}
	plan := app.ItemPlays{Name: "Plan of a boat.pdf", Size: 4_000_000, Created: at(12, 9, 0), Advice: app.AdviceShare, Money: money("0", "0.004", "-0.004"), Links: []app.LinkPlays{{ID: "c", State: app.LinkActive}}}
	return &app.Plays{
		Published: true, At: Now, Items: []app.ItemPlays{film, plan}, Total: film.PlayCount, Days: days, Money: money("31.25", "1.804", "29.446"),
		Forecast: &app.PlayForecast{Days: 30, Plays: app.PlayRange{Low: 240, Likely: 380, High: 520}, Bytes: app.PlayRange{Low: 72e9, Likely: 114e9, High: 156e9}},
	}
}

// money is what publishing brought and took, in STOS.
func money(earned, cost, net string) *app.PlaysMoney {
	m := &app.PlaysMoney{Earned: price(earned), Cost: price(cost), Net: "-" + price(strings.TrimPrefix(net, "-")).String()}
	if net[0] != '-' {
		m.Net = m.Net[1:]
	}
	return m
}

// Plays tells what is in Played; without it the network does not publish plays.
func (b *Backend) Plays(ctx context.Context) (app.Plays, error) {
	if err := b.wait(ctx); err != nil || b.Played == nil {
		return app.Plays{}, err
	}
	return *b.Played, nil
}

// CreatorRewards tells what is in Reward; without it the network pays nothing for
// content.
func (b *Backend) CreatorRewards(ctx context.Context) (app.CreatorRewards, error) {
	if err := b.wait(ctx); err != nil {
		return app.CreatorRewards{}, err
	}
	if b.Reward == nil {
		return app.CreatorRewards{}, fault.Say(app.ErrNoCreators, "This network pays nothing to creators.")
	}
	return *b.Reward, nil
}

// SampleReward is what that earned.
func SampleReward() *app.CreatorRewards {
	return &app.CreatorRewards{Share: "0.1", Earned: price("31.25"), Accounts: []app.CreatorAccount{{Account: "publish", Earned: price("31.25"), Maturing: price("4.5"), Mature: price("20")}}}
}

// ProveRewards proves a sample.
func (b *Backend) ProveRewards(ctx context.Context, _ int64) (app.RewardProof, error) {
	if err := b.wait(ctx); err != nil {
		return app.RewardProof{}, err
	}
	return *SampleProof(), nil
}

// SampleProof is a proof without a difference.
func SampleProof() *app.RewardProof {
	return &app.RewardProof{Epoch: 31, Difference: "0", Proved: true, Numbers: []app.ProvedValue{
		{Name: "traffic_worth", Own: "19.25", Difference: "0"},
		{Name: "creator_reward", Own: "1000000000000000000", Difference: "0"},
		{Name: "creator_reward", Own: "500000000000000000", Difference: "0"},
		{Name: "maturing", Own: "4500000000000000000", Difference: "0"},
		{Name: "mature", Own: "20000000000000000000", Difference: "0"},
		{Name: "content_reward", Own: "31250000000000000000", Difference: "0"},
	}}
}

// ChannelPoster decodes what Posters holds of a link.
func (b *Backend) ChannelPoster(ctx context.Context, link string) (image.Image, error) {
	b.note("poster of " + link)
	if err := b.wait(ctx); err != nil {
		return nil, err
	}
	m, _, err := image.Decode(bytes.NewReader(b.Posters[link]))
	return m, err
}
