package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/network/channel"
	"github.com/stratosdrive/stratosdrive/wallet/history"
)

// ChannelAbout is what a creator says of his channel.
type ChannelAbout struct {
	Title      string
	Text       string
	Poster     string // a picture of the drive or of this computer; empty: none
	KeepPoster bool   // leave the one that is there
	ByHand     bool   // let followers in only when the creator publishes, not whenever the wallet is unlocked
}

// ownPage is the page of the own channel as it was published, empty before
// that. A page that cannot be found for sure is an error: nothing may be
// published over it.
func (a *App) ownPage(ctx context.Context) (channelPage, ownChannel, error) {
	desk, err := a.channelDesk()
	if err != nil {
		return channelPage{}, ownChannel{}, err
	}
	info, err := a.current()
	if err != nil {
		return channelPage{}, desk.Own, err
	}
	page, err := a.loadPage(ctx, info.Address, desk.Own.Seen)
	if errors.Is(err, ErrNoChannel) {
		return channelPage{File: channel.File{Owner: info.Address.String()}}, desk.Own, nil
	}
	if err == nil && page.seen != desk.Own.Seen {
		err = a.changeOwn(func(o *ownChannel) { o.Seen = page.seen })
	}
	return page, desk.Own, err
}

// SetChannel makes the channel of the wallet in use, or says something else of
// it. Others see that once it is published.
func (a *App) SetChannel(ctx context.Context, about ChannelAbout) error {
	if _, err := a.withKey(); err != nil {
		return err
	}
	next := channel.About{Title: strings.TrimSpace(about.Title), Text: strings.TrimSpace(about.Text)}
	page, own, err := a.ownPage(ctx)
	if err != nil {
		return err
	}
	now, _ := page.With(own.Edits, time.Now())
	if next.Title == "" {
		return fault.Wrong(nil, "A channel needs a title. Nothing was changed.")
	}
	if about.KeepPoster {
		next.Poster = now.Poster
	} else if about.Poster != "" {
		if next.Poster, err = a.uploadPoster(ctx, about.Poster); err != nil {
			return err
		}
	}
	try := now
	try.Title, try.Text, try.Poster, try.Changed = next.Title, next.Text, next.Poster, time.Now().UTC()
	if _, err := try.Encode(); err != nil {
		return fault.Wrong(err, "The title can have 200 letters and the text 10,000. Nothing was changed.")
	}
	return a.changeOwn(func(o *ownChannel) { o.Edits.About, o.ByHand = &next, about.ByHand })
}

// channelLinks is how long links of a channel are asked to last: a page is read
// as long as its creator lets it.
const channelLinks = 10 * 365 * 24 * time.Hour

// uploadOpen brings a small file to the network as it is, with a link. What was
// uploaded is returned with an error too.
func uploadOpen(ctx context.Context, c *networkClient, name string, raw []byte) (held heldFile, err error) {
	up, err := c.Upload(ctx, name, strings.NewReader(string(raw)), int64(len(raw)), client.UploadOptions{})
	if held.FileID = up.ID; err != nil {
		return held, err
	}
	s, err := c.Share(ctx, up.ID, client.ShareOptions{Duration: channelLinks})
	held.ShareID, held.Link = s.ID, s.Link
	return held, err
}

// AddPeriod makes a time that followers can pay for. Without a start it begins
// now, without an end it lasts a month.
func (a *App) AddPeriod(ctx context.Context, start, end time.Time, price string) (ChannelPeriod, error) {
	amount, err := amountOf(price)
	if err != nil {
		return ChannelPeriod{}, err
	}
	if start.IsZero() {
		start = time.Now()
	}
	if end.IsZero() {
		end = start.AddDate(0, 1, 0)
	}
	start, end = start.UTC().Truncate(time.Second), end.UTC().Truncate(time.Second)
	if !start.Before(end) || !end.After(time.Now()) {
		return ChannelPeriod{}, fault.Wrong(nil, "A period ends after it begins, and in the future. Nothing was changed.")
	}
	if _, _, err := a.channelNow(ctx); err != nil {
		return ChannelPeriod{}, err
	}
	p := channel.Period{ID: channel.NewID(), From: start, To: end, Price: amount, Epoch: a.Epoch()}
	err = a.changeOwn(func(o *ownChannel) { o.Edits.Periods = append(o.Edits.Periods, p) })
	return ChannelPeriod{ID: p.ID, From: p.From, To: p.To, Price: p.Price, Now: runs(p, time.Now()), Draft: true}, err
}

func runs(p channel.Period, now time.Time) bool { return !now.Before(p.From) && now.Before(p.To) }

// channelNow is the own channel with what was not published yet.
func (a *App) channelNow(ctx context.Context) (channel.File, ownChannel, error) {
	_, now, own, err := a.channelBoth(ctx)
	return now, own, err
}

// channelBoth is the own channel as it was published, and with what was not yet.
func (a *App) channelBoth(ctx context.Context) (page channelPage, now channel.File, own ownChannel, err error) {
	if page, own, err = a.ownPage(ctx); err != nil {
		return page, now, own, err
	}
	now, _ = page.With(own.Edits, time.Now())
	if now.Title == "" {
		return page, now, own, fault.Say(ErrNoChannel, "You have no channel yet. Make one first: it needs a title.")
	}
	return page, now, own, nil
}

// MyChannel is the own channel with what was not published yet. There is none
// with ErrNoChannel.
func (a *App) MyChannel(ctx context.Context) (ChannelInfo, error) {
	desk, err := a.channelDesk()
	if err != nil {
		return ChannelInfo{}, err
	}
	info, err := a.current()
	if err != nil {
		return ChannelInfo{}, err
	}
	page, own, lacking := a.ownPage(ctx)
	if lacking != nil {
		if page, err = a.knownPage(ctx, info.Address, desk.Own.Seen); err != nil {
			return ChannelInfo{}, lacking
		}
		own = desk.Own
	}
	now, _ := page.With(own.Edits, time.Now())
	if now.Title == "" {
		return ChannelInfo{}, fault.Say(ErrNoChannel, "You have no channel yet. Make one first: it needs a title.")
	}
	c := channelInfo(now)
	c.Own, c.Published, c.ByHand, c.Changes = true, page.seen.Height > 0, own.ByHand, changesOf(own.Edits)
	if lacking != nil {
		c.Problem, c.Older = fault.Sentence(lacking), errors.Is(lacking, ErrOlderPage)
	}
	for i := range c.Items {
		_, published := page.Item(c.Items[i].ID)
		c.Items[i].Open, c.Items[i].Draft = true, !published
	}
	return c, a.countFollowers(ctx, &c, page, own)
}

func changesOf(e channel.Edits) int {
	n := len(e.Add) + len(e.Remove) + len(e.Periods)
	if e.About != nil {
		n++
	}
	return n
}

// countFollowers adds who paid, and what that earned.
func (a *App) countFollowers(ctx context.Context, c *ChannelInfo, page channelPage, own ownChannel) error {
	payments, problem, err := a.subscriptions(ctx, history.In)
	if err != nil {
		return err
	}
	if c.Problem == "" {
		c.Problem = problem
	}
	people := map[string]bool{}
	for i := range c.Periods {
		p := &c.Periods[i]
		of, published := page.Period(p.ID)
		p.Draft = !published
		paid := slices.DeleteFunc(paidFor(payments, p.ID), func(s subscription) bool { return s.Amount.Cmp(p.Price) < 0 })
		who := map[string]bool{}
		for _, s := range paid {
			who[s.Counterparty], people[s.Counterparty] = true, true
			p.Earned, c.Earned = p.Earned.Add(s.Amount), c.Earned.Add(s.Amount)
		}
		p.Payers = len(who)
		if len(paid) == 0 || !published {
			continue
		}
		more, err := a.letInto(ctx, page, of, own, payments)
		switch {
		case err != nil && c.Problem == "":
			c.Problem = fault.Sentence(err)
		case more != nil:
			c.Waiting += more.news
		}
	}
	c.Followers = len(people)
	return nil
}

// ChannelScheme begins links to channels; the address of the owner follows.
const ChannelScheme = "stos://channel/"

// ChannelLink is the link to the channel of an address.
func ChannelLink(owner string) string { return ChannelScheme + owner }

// IsChannelLink tells whether a text is a link to a channel, as far as can be
// seen.
func IsChannelLink(text string) bool {
	return strings.HasPrefix(strings.TrimSpace(text), ChannelScheme)
}

// channelOwner reads whose channel a person means: an address, a link to a
// channel, or a name of the address book.
func (a *App) channelOwner(text string) (stratos.Address, error) {
	text = strings.TrimSpace(text)
	if name, is := strings.CutPrefix(text, ChannelScheme); is {
		text = strings.TrimSuffix(name, "/")
	}
	owner, err := stratos.ParseAddress(text)
	if err == nil {
		return owner, nil
	}
	if owner, berr := a.payee(text); berr == nil {
		return owner, nil
	}
	return owner, fault.Wrong(err, "This is no address of a channel: those begin with st1 or with stos://channel/. Nothing was changed.")
}

// channelInfo is what a page says.
func channelInfo(f channel.File) ChannelInfo {
	c := ChannelInfo{
		Owner: f.Owner, Link: ChannelLink(f.Owner), Title: f.Title, Text: f.Text, Poster: f.Poster, Changed: f.Changed,
		Items: []ChannelItem{}, Periods: []ChannelPeriod{},
	}
	count := map[string]int{}
	for _, i := range f.Items {
		item := ChannelItem{
			ID: i.ID, Kind: i.Kind, Title: i.Title, Text: i.Text, Poster: i.Poster, At: i.At, Bytes: i.Bytes, Seconds: i.Seconds,
			Link: i.Link, Open: i.Link != "", Owner: f.Owner, Channel: f.Title,
		}
		for _, s := range i.Sealed {
			item.Periods = append(item.Periods, s.Period)
			count[s.Period]++
		}
		c.Items = append(c.Items, item)
	}
	for _, p := range f.Periods {
		c.Periods = append(c.Periods, ChannelPeriod{ID: p.ID, From: p.From, To: p.To, Price: p.Price, Now: runs(p, time.Now()), Items: count[p.ID]})
	}
	return c
}
