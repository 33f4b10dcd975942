package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/testnet"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// channelWorld is a network with a creator on it.
type channelWorld struct {
	*testing.T
	net     *testnet.Process
	creator *App
	owner   string
}

func newChannelWorld(t *testing.T) *channelWorld {
	w := &channelWorld{T: t, net: testnet.StartIn(t, t.TempDir(), "--replicas", "1")}
	w.creator = w.person(testWords)
	w.owner = w.wallet(w.creator).Address
	folder := t.TempDir()
	for name, text := range map[string]string{"open.txt": "for everybody", "closed.txt": "for subscribers", "later.txt": "for later ones"} {
		w.must(os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600))
	}
	_, err := w.creator.Sync(t.Context(), folder, SyncOptions{Once: true})
	w.must(err)
	return w
}

func (w *channelWorld) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// device opens a profile with a wallet on the network.
func (w *channelWorld) device(words string) *App {
	w.Helper()
	a, err := Open(Options{Home: w.TempDir(), Runtime: w.TempDir(), VaultCost: cheap, Network: filepath.Join(w.net.Dir, "network.json")})
	w.must(err)
	w.Cleanup(func() { _ = a.Close(context.Background()) })
	_, err = a.AddWallet(w.Context(), "Mine", words, []byte("secret"))
	w.must(err)
	return a
}

// person is a device of somebody who has STOS and ozone.
func (w *channelWorld) person(words string) *App {
	w.Helper()
	a := w.device(words)
	_, err := a.Credit(w.Context())
	w.must(err)
	q, err := a.QuoteOzone(w.Context(), "10")
	w.must(err)
	_, err = a.BuyOzoneUnlocked(w.Context(), q)
	w.must(err)
	return a
}

func (w *channelWorld) stranger() *App {
	w.Helper()
	words, err := w.creator.NewWords(12)
	w.must(err)
	return w.person(strings.Join(words, " "))
}

func (w *channelWorld) wallet(a *App) WalletInfo {
	w.Helper()
	info, err := a.CurrentWallet()
	w.must(err)
	return info
}

func (w *channelWorld) add(path string, periods ...string) ChannelItem {
	w.Helper()
	item, err := w.creator.AddToChannel(w.Context(), path, ChannelItemOptions{For: periods})
	w.must(err)
	return item
}

func (w *channelWorld) period() string {
	w.Helper()
	p, err := w.creator.AddPeriod(w.Context(), time.Time{}, time.Time{}, "2")
	w.must(err)
	return p.ID
}

func (w *channelWorld) publish() ChannelPublished {
	w.Helper()
	p, err := w.creator.PublishChannelUnlocked(w.Context(), "")
	w.must(err)
	return p
}

func (w *channelWorld) subscribe(a *App, period string) {
	w.Helper()
	p, err := a.PreviewSubscribe(w.Context(), w.owner, period)
	w.must(err)
	if len(p.Warnings) < 3 {
		w.Errorf("a follower is told only %q before he pays", p.Warnings)
	}
	_, err = a.ConfirmUnlocked(w.Context(), p, "")
	w.must(err)
}

// opens tells what an item holds for somebody.
func (w *channelWorld) opens(a *App, item string) (string, error) {
	w.Helper()
	link, _, err := a.ChannelItemLink(w.Context(), w.owner, item)
	if err != nil {
		return "", err
	}
	to := filepath.Join(w.TempDir(), "got")
	if _, err := a.Get(w.Context(), link, GetOptions{To: to}); err != nil {
		return "", err
	}
	raw, err := os.ReadFile(to)
	return string(raw), err
}

// noKey signs nothing: as if the program ended just before it signs.
type noKey struct{ chain.Signer }

func (noKey) Sign([]byte) []byte { return nil }

// A subscriber opens what a stranger cannot, after the period new items stay
// closed, and a follower waits until the creator's program was there.
func TestChannelLife(t *testing.T) {
	w := newChannelWorld(t)
	w.must(w.creator.SetChannel(t.Context(), ChannelAbout{Title: "Boats"}))
	first := w.period()
	open, closed := w.add("open.txt"), w.add("closed.txt", first)
	if p := w.publish(); p.Items != 2 || p.Nothing {
		t.Fatalf("published %+v", p)
	}
	fan, stranger := w.stranger(), w.stranger()
	c, err := fan.FollowChannel(t.Context(), ChannelLink(w.owner))
	if err != nil || c.Title != "Boats" || c.New != 0 || len(c.Items) != 2 {
		t.Fatalf("follows %+v: %v", c, err)
	}
	for _, who := range []*App{fan, stranger} {
		if text, err := w.opens(who, open.ID); err != nil || text != "for everybody" {
			t.Fatalf("%q: %v", text, err)
		}
		if _, err := w.opens(who, closed.ID); !errors.Is(err, ErrNotSubscribed) {
			t.Fatalf("opens without paying: %v", err)
		}
	}
	w.subscribe(fan, first)
	if _, err := w.opens(fan, closed.ID); !errors.Is(err, ErrAwaitsCreator) {
		t.Fatalf("opens before the creator was there: %v", err)
	}
	w.letsIn(1)
	if text, err := w.opens(fan, closed.ID); err != nil || text != "for subscribers" {
		t.Fatalf("%q: %v", text, err)
	}
	second := w.period()
	later := w.add("later.txt", second)
	w.publish()
	news, err := fan.Channels(t.Context())
	if err != nil || news.New != 1 || news.Items[0].ID != later.ID || news.Items[0].Open {
		t.Fatalf("news %+v: %v", news, err)
	}
	if _, err := w.opens(fan, later.ID); !errors.Is(err, ErrNotSubscribed) {
		t.Fatalf("opens what was published after the period: %v", err)
	}
	if _, err := w.opens(stranger, closed.ID); !errors.Is(err, ErrNotSubscribed) {
		t.Fatalf("a stranger opens it: %v", err)
	}
	w.findsAgain(closed.ID)
	w.findsNoSecret(fan)
	w.noticesOlder(fan)
}

// letsIn checks that followers are let in by the creator's program: with the key
// of an unlocked wallet only, and once.
func (w *channelWorld) letsIn(followers int) {
	w.Helper()
	w.creator.Lock()
	if p, err := w.creator.LetFollowersIn(w.Context()); err != nil || !p.Nothing {
		w.Fatalf("lets in with a locked wallet: %+v, %v", p, err)
	}
	c, err := w.creator.MyChannel(w.Context())
	if err != nil || c.Waiting != followers || c.Followers != followers || c.Earned.IsZero() {
		w.Fatalf("%d of %d wait: %v", c.Waiting, c.Followers, err)
	}
	w.must(w.creator.Unlock(w.Context(), []byte("secret")))
	for _, want := range []int{followers, 0} {
		if p, err := w.creator.LetFollowersIn(w.Context()); err != nil || p.LetIn != want {
			w.Fatalf("lets in %d instead of %d: %v", p.LetIn, want, err)
		}
	}
}

// findsAgain checks that the words alone bring the channel back, with all that
// it takes to go on.
func (w *channelWorld) findsAgain(closed string) {
	w.Helper()
	other := w.device(testWords)
	c, err := other.MyChannel(w.Context())
	if err != nil || c.Title != "Boats" || len(c.Items) != 3 || c.Followers != 1 || c.Waiting != 0 {
		w.Fatalf("found again: %+v, %v", c, err)
	}
	link, _, err := other.ChannelItemLink(w.Context(), w.owner, closed)
	if mine, _, merr := w.creator.ChannelItemLink(w.Context(), w.owner, closed); err != nil || merr != nil || link != mine {
		w.Fatalf("the item leads elsewhere: %v, %v", err, merr)
	}
	draft, err := w.creator.draftPage(w.Context(), true)
	if err != nil || w.creator.stillNewest(w.Context(), draft) != nil {
		w.Fatalf("the page is not the newest: %v", err)
	}
	w.must(other.SetChannel(w.Context(), ChannelAbout{Title: "Ships"}))
	if p, err := other.PublishChannelUnlocked(w.Context(), ""); err != nil || p.Items != 3 {
		w.Fatalf("published %+v: %v", p, err)
	}
	if w.creator.stillNewest(w.Context(), draft) == nil {
		w.Error("publishes over the page of another device")
	}
	if c, err := w.creator.MyChannel(w.Context()); err != nil || c.Title != "Ships" {
		w.Fatalf("the other device sees %+v: %v", c, err)
	}
}

// noticesOlder checks that a follower who has seen a newer page is told.
func (w *channelWorld) noticesOlder(fan *App) {
	w.Helper()
	news, err := fan.Channels(w.Context())
	if err != nil || news.Channels[0].Title != "Ships" || news.Channels[0].Problem != "" {
		w.Fatalf("sees %+v: %v", news.Channels, err)
	}
	w.must(fan.changeDesk(func(d *channelDesk) { d.Follows[0].Seen.Height += 1_000_000 }))
	news, err = fan.Channels(w.Context())
	if c := news.Channels[0]; err != nil || !c.Older || c.Title != "Ships" {
		w.Fatalf("does not notice an older page: %+v, %v", c, err)
	}
	if _, err := fan.PreviewSubscribe(w.Context(), w.owner, news.Channels[0].Periods[1].ID); err == nil {
		w.Error("pays on a page that may be old")
	}
}
