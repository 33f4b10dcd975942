package testworld

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"math/big"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/client"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

// poll is how often a transaction that was sent is looked for: blocks come as
// fast as they can.
const poll = 3 * time.Millisecond

// person is a real wallet with a real account on the storage network.
type person struct {
	key    stratos.PrivateKey
	wallet string // st1...
	chain  *chain.Client
	sds    *client.Client
	links  []string // of the files that were published, in their order

	paid, bought *big.Int // for ozone, in wei, and what it brought, in noz
	fees         *big.Int // wei
	taken        *big.Int // rewards that were taken out, wei
}

// newKey makes a key that follows from a seed and a name.
func newKey(seed uint64, name string) (stratos.PrivateKey, error) {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %s", seed, name))
	return stratos.NewPrivateKey(sum[:])
}

func (o Options) newPerson(name string) (*person, error) {
	key, err := newKey(o.Seed, name)
	if err != nil {
		return nil, err
	}
	p := &person{key: key, wallet: key.Address().String(), paid: new(big.Int), bought: new(big.Int), fees: new(big.Int), taken: new(big.Int)}
	if p.chain, err = chain.New(chain.Options{Network: o.Network, Poll: poll}); err != nil {
		return nil, err
	}
	p.sds, err = client.New(client.Options{Gateways: o.Network.Gateways, Signer: wire.NewSigner(key), TempDir: o.Temp})
	return p, err
}

// send makes a transaction and waits until it is in a block.
func (p *person) send(ctx context.Context, m chain.Message) (chain.Receipt, error) {
	preview, err := p.chain.Preview(ctx, p.key.Public(), m, "")
	if err != nil {
		return chain.Receipt{}, err
	}
	receipt, err := p.chain.Send(ctx, preview, p.key, nil)
	if err == nil {
		p.fees.Add(p.fees, receipt.Fee.Wei())
	}
	return receipt, err
}

// buy buys ozone and waits until the network knows of it.
func (p *person) buy(ctx context.Context, amount stratos.Amount) error {
	receipt, err := p.send(ctx, message.Prepay{Sender: p.key.Address(), Beneficiary: p.key.Address(), Amount: amount})
	if err != nil {
		return fmt.Errorf("buy ozone: %w", err)
	}
	before := new(big.Int).Set(p.bought)
	p.paid.Add(p.paid, amount.Wei())
	p.bought.Add(p.bought, receipt.Noz)
	for {
		o, err := p.sds.Ozone(ctx)
		if err == nil && (o.Noz.Cmp(receipt.Noz) >= 0 || before.Sign() > 0) {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for ozone: %w", ctx.Err())
		case <-time.After(poll):
		}
	}
}

// publish stores a file and makes a link to it.
func (p *person) publish(ctx context.Context, name string, data []byte) error {
	up, err := p.sds.Upload(ctx, name, bytes.NewReader(data), int64(len(data)), client.UploadOptions{})
	if err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	link, err := p.sds.Share(ctx, up.ID, client.ShareOptions{})
	if err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	p.links = append(p.links, link.Link)
	return nil
}

// watch reads all that lies behind a link, and pays for it.
func (p *person) watch(ctx context.Context, link string, want []byte) error {
	got := &sink{}
	_, err := p.sds.DownloadShared(ctx, link, func(f client.SharedFile) (io.WriterAt, error) {
		got.data = make([]byte, f.Size)
		return got, nil
	}, nil)
	if err == nil && !bytes.Equal(got.data, want) {
		err = fmt.Errorf("%s has other content", link)
	}
	if err != nil {
		return fmt.Errorf("watch: %w", err)
	}
	return nil
}

// sink keeps a download in memory.
type sink struct {
	data []byte
}

// WriteAt implements [io.WriterAt].
func (s *sink) WriteAt(p []byte, at int64) (int, error) { return copy(s.data[at:], p), nil }

// ReadAt implements [io.ReaderAt].
func (s *sink) ReadAt(p []byte, at int64) (int, error) { return copy(p, s.data[at:]), nil }

// withdraw takes out all that is mature, if there is any.
func (p *person) withdraw(ctx context.Context, mature *big.Int) error {
	amount, err := stratos.ParseWei(mature.String())
	if err != nil || amount.IsZero() {
		return err
	}
	_, err = p.send(ctx, message.Withdraw{Wallet: p.key.Address(), Target: p.key.Address(), Amount: amount})
	if err != nil {
		return fmt.Errorf("take rewards out: %w", err)
	}
	p.taken.Add(p.taken, mature)
	return nil
}

// purse is what the person's coins, and all that they were spent on, come to
// less rewards, in wei: what was given at first.
func (p *person) purse(ctx context.Context) (*big.Int, error) {
	held, err := p.chain.Balance(ctx, p.key.Address())
	if err != nil {
		return nil, err
	}
	sum := held.Total.Wei()
	sum.Add(sum, p.paid).Add(sum, p.fees)
	return sum.Sub(sum, p.taken), nil
}
