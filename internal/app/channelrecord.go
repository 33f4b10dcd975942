package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/network/channel"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

// What keeps a channel from being read.
var (
	// ErrNoChannel is wrapped where an address has no channel.
	ErrNoChannel = errors.New("no channel of this address")
	// ErrOlderPage is wrapped where a newer page was seen before.
	ErrOlderPage = errors.New("an older page is shown")
)

// searchPage is how many transactions are asked for at a time, which is as many
// as nodes give; mostSearched is how many are looked through for a record.
const (
	searchPage   = 100
	mostSearched = 20_000
)

// newestRecord finds the newest record of a channel by a search for what its
// owner sent. One older than was seen before is ErrOlderPage; a node that cannot
// search says so.
func newestRecord(ctx context.Context, c *chain.Client, owner stratos.Address, seen seenPage) (seenPage, channel.Record, error) {
	for page := 1; (page-1)*searchPage < mostSearched; page++ {
		found, err := c.Search(ctx, chain.BySender, owner, page, searchPage)
		if errors.Is(err, chain.ErrNoIndex) {
			return seenPage{}, channel.Record{}, fault.Say(err, "This network address keeps no list of transactions, so it cannot be used to follow channels. Please choose another address in the settings.")
		}
		if err != nil {
			return seenPage{}, channel.Record{}, err
		}
		for _, tx := range found.Txs {
			if tx.Height < seen.Height {
				return seenPage{}, channel.Record{}, olderPage()
			}
			if r, is := recordIn(tx, owner); is {
				return seenPage{Height: tx.Height, Memo: tx.Memo, Tx: tx.Hash, At: tx.Time}, r, nil
			}
		}
		if len(found.Txs) < searchPage {
			break
		}
	}
	if seen.Height > 0 {
		return seenPage{}, channel.Record{}, olderPage()
	}
	return seenPage{}, channel.Record{}, fault.Say(ErrNoChannel, "This address has no channel.")
}

func olderPage() error {
	return fault.Say(ErrOlderPage, "This network address shows an older page of the channel than was seen before. Ask again later, or choose another address in the settings.")
}

// recordIn reads the record of a channel in a transaction: its owner pays
// himself.
func recordIn(tx *chain.Tx, owner stratos.Address) (channel.Record, bool) {
	r, err := channel.ParseRecord(tx.Memo)
	own := slices.ContainsFunc(tx.Transfers(), func(p message.Transfer) bool { return p.From == owner && p.To == owner })
	return r, err == nil && own
}

// channelPage is a channel as it was published.
type channelPage struct {
	channel.File
	seen seenPage
}

// loadPage gets the newest page of a channel.
func (a *App) loadPage(ctx context.Context, owner stratos.Address, seen seenPage) (channelPage, error) {
	c, err := a.chain()
	if err != nil {
		return channelPage{}, err
	}
	found, r, err := newestRecord(ctx, c, owner, seen)
	if err != nil {
		return channelPage{}, err
	}
	return a.readPage(ctx, owner, found, r)
}

// knownPage is the page that was seen last, from this disk where it is still
// there.
func (a *App) knownPage(ctx context.Context, owner stratos.Address, seen seenPage) (channelPage, error) {
	r, err := channel.ParseRecord(seen.Memo)
	if err != nil {
		return channelPage{}, fault.Say(ErrNoChannel, "This address has no channel.")
	}
	return a.readPage(ctx, owner, seen, r)
}

func (a *App) readPage(ctx context.Context, owner stratos.Address, seen seenPage, r channel.Record) (page channelPage, err error) {
	page.seen = seen
	err = a.fetchOpen(ctx, r.Link, channel.MaxFile, func(raw []byte) (err error) {
		page.File, err = channel.Decode(raw, r, owner)
		return err
	})
	return page, channelFault(err)
}

// loadGrants gets the keys of a period; one that nobody was let into yet has
// none.
func (a *App) loadGrants(ctx context.Context, owner stratos.Address, period, link string) (g channel.Grants, err error) {
	if link == "" {
		return channel.Grants{Owner: owner.String(), Period: period}, nil
	}
	err = a.fetchOpen(ctx, link, channel.MaxGrantFile, func(raw []byte) (err error) {
		g, err = channel.DecodeGrants(raw, owner, period)
		return err
	})
	return g, channelFault(err)
}

// channelFault says what is wrong with a file of a channel.
func channelFault(err error) error {
	switch {
	case errors.Is(err, channel.ErrVersion):
		return fault.Say(err, "This channel was made with a newer version of Stratos Drive. Please update.")
	case errors.Is(err, channel.ErrHash), errors.Is(err, channel.ErrFile):
		return fault.Say(err, "The page that the network gives for this channel is not the one that its creator published. Nothing of it is shown; try again later.")
	case errors.Is(err, client.ErrNotFound), errors.Is(err, client.ErrExpired):
		return fault.Say(err, "The page of this channel is not on the network now. Its creator may be publishing a new one; try again in a minute.")
	}
	return err
}

// fetchOpen gets a small file behind a public link, which never changes: one
// that lies in the cache costs nothing. What use refuses is fetched once more.
func (a *App) fetchOpen(ctx context.Context, link string, limit int64, use func([]byte) error) error {
	name := a.openFile(link)
	if raw, err := os.ReadFile(name); err == nil && use(raw) == nil {
		now := time.Now()
		_ = os.Chtimes(name, now, now) // what is read stays
		return nil
	}
	c, err := a.client(PublishAccount)
	if err != nil {
		return err
	}
	var body memory
	_, err = c.DownloadShared(ctx, link, func(f client.SharedFile) (io.WriterAt, error) {
		if f.Size > limit {
			return nil, fmt.Errorf("%w: %d bytes", channel.ErrFile, f.Size)
		}
		body = make(memory, f.Size)
		return body, nil
	}, nil)
	if err != nil {
		return fmt.Errorf("fetch a file of a channel: %w", err)
	}
	if err := use(body); err != nil {
		return err
	}
	a.keepOpen(link, body)
	return nil
}

// openFile is where a small public file lies in the cache.
func (a *App) openFile(link string) string {
	sum := sha256.Sum256([]byte(link))
	return filepath.Join(a.cacheDir("channels"), hex.EncodeToString(sum[:16]))
}

// keepOpen keeps a small public file in the cache, if it can.
func (a *App) keepOpen(link string, raw []byte) {
	name := a.openFile(link)
	if os.MkdirAll(filepath.Dir(name), 0o700) == nil && os.WriteFile(name+".part", raw, 0o600) == nil {
		_ = os.Rename(name+".part", name)
		boundFolder(filepath.Dir(name), mostOpen)
	}
}

// mostOpen is how many bytes of small public files the cache holds.
const mostOpen = 256 << 20

// boundFolder deletes the files of a folder that were used longest ago until the
// rest has no more than limit bytes. What cannot be deleted stays.
func boundFolder(dir string, limit int64) {
	entries, _ := os.ReadDir(dir)
	var files []os.FileInfo
	var total int64
	for _, e := range entries {
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() {
			files, total = append(files, info), total+info.Size()
		}
	}
	if total <= limit {
		return
	}
	slices.SortFunc(files, func(x, y os.FileInfo) int { return x.ModTime().Compare(y.ModTime()) })
	for _, f := range files {
		if total <= limit {
			return
		}
		if os.Remove(filepath.Join(dir, f.Name())) == nil {
			total -= f.Size()
		}
	}
}
