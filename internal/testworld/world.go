package testworld

import (
	"context"
	"fmt"
	"io"
	"math/big"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// Flags are those that stosnet up needs for a world: blocks as fast as they
// come, and no epoch that ends by itself.
var Flags = []string{"--block-rest", "1ms", "--epoch", "24h", "--nodes", fmt.Sprint(nodes)}

// Options say which world it is.
type Options struct {
	Network network.Network // a new one, started with [Flags]
	Dir     string          // its folder
	Temp    string          // for pieces of downloads
	Seed    uint64          // what people do follows from it
	Epochs  int             // 10 at least
	Log     io.Writer       // what happens, a line each
}

// Result is what a world came to.
type Result struct {
	Closed   int           // epochs that were paid for
	Views    int           // that were paid for
	Checks   []*Check      // what was compared
	Off      *big.Int      // sum of all differences, in 10^-18 wei or noz; 0 is the goal
	Faults   []string      // what does not hold; none is the goal
	Cheats   []Cheat       // every way of cheating that was tried
	PerEpoch time.Duration // on average
	Closing  time.Duration // of that: until the chain had paid
}

// Check is a part of what was compared.
type Check struct {
	Name    string
	Numbers int // that were compared
	Wrong   int // of them; 0 is the goal
}

// Numbers is how many numbers were compared in all.
func (r *Result) Numbers() (sum int) {
	for _, c := range r.Checks {
		sum += c.Numbers
	}
	return sum
}

// world is a world that goes on.
type world struct {
	Options
	Result
	people  []*person // viewers, then creators
	owners  []owner   // of nodes, in the order of these
	film    film
	files   map[view][]byte
	ledger  *ledger
	control control
	earns   map[string]string // wallets by node
	owed    map[[2]string]int64
	told    []account            // by epoch: what must have been told
	counted []map[traffic]int64  // by epoch
	rewards []map[string]rewards // by epoch: what the chain said while it was immature
	spare   *person              // gives people their first coins
	check   *Check               // what is being compared
}

// Run lets a world live for all its epochs and holds everything against
// everything. The error says why it could not go on; what does not hold is in
// the result.
func Run(ctx context.Context, o Options) (*Result, error) {
	w := &world{Options: o, files: map[view][]byte{}, owed: map[[2]string]int64{}}
	w.Off = new(big.Int)
	w.compare("cheats") // lies are tried on the way
	if err := w.begin(ctx); err != nil {
		return nil, fmt.Errorf("begin the world of seed %d: %w", o.Seed, err)
	}
	defer w.end()
	begun := time.Now()
	for n, d := range o.plan() {
		if n == 0 {
			continue
		}
		if err := w.live(ctx, n, d); err != nil {
			return nil, fmt.Errorf("epoch %d of the world of seed %d: %w", n, o.Seed, err)
		}
	}
	w.PerEpoch = time.Since(begun) / time.Duration(o.Epochs)
	w.Closing /= time.Duration(o.Epochs)
	w.Closed = o.Epochs
	if err := w.checkAll(ctx); err != nil {
		return nil, fmt.Errorf("check the world of seed %d: %w", o.Seed, err)
	}
	return &w.Result, nil
}

func (w *world) logf(format string, values ...any) { fmt.Fprintf(w.Log, format+"\n", values...) }

// live lets an epoch pass.
func (w *world) live(ctx context.Context, n int, d day) error {
	for _, who := range d.uploads {
		p, number := w.people[who], len(w.people[who].links)
		name, data := w.content(who, number)
		if err := p.publish(ctx, name, data); err != nil {
			return err
		}
		w.files[view{owner: who, file: number}] = data
	}
	if err := w.special(ctx, n); err != nil {
		return err
	}
	if d.screens {
		if err := w.screen(ctx, n); err != nil {
			return err
		}
	}
	if err := w.watchAll(ctx, d.views); err != nil {
		return err
	}
	for _, who := range d.buyers {
		if err := w.people[who].buy(ctx, stos(1)); err != nil {
			return err
		}
	}
	for _, who := range d.withdraws {
		if err := w.withdraw(ctx, w.people[who]); err != nil {
			return err
		}
	}
	if n%withdrawEvery == 0 {
		if err := w.withdraw(ctx, w.owners[n/withdrawEvery%nodes].person); err != nil {
			return err
		}
	}
	return w.close(ctx, n)
}

// watchAll lets several people watch at the same time, each one thing after the
// other.
func (w *world) watchAll(ctx context.Context, views []view) error {
	by := map[int][]view{}
	for _, v := range views {
		by[v.viewer] = append(by[v.viewer], v)
	}
	var all errgroup.Group
	all.SetLimit(4)
	for viewer, list := range by {
		all.Go(func() error {
			for _, v := range list {
				err := w.people[viewer].watch(ctx, w.people[v.owner].links[v.file], w.files[view{owner: v.owner, file: v.file}])
				if err != nil {
					return err
				}
			}
			return nil
		})
	}
	w.Views += len(views)
	return all.Wait()
}

func (w *world) withdraw(ctx context.Context, p *person) error {
	var reply struct {
		Rewards struct {
			Mature []coin `json:"mature_total_reward"`
		} `json:"rewards"`
	}
	if err := p.chain.Get(ctx, "/stratos/pot/v1/rewards/wallet/"+p.wallet, nil, &reply); err != nil {
		return err
	}
	return p.withdraw(ctx, sum(reply.Rewards.Mature))
}

// close ends an epoch and notes what was counted, and what the chain says that
// everybody earned.
func (w *world) close(ctx context.Context, n int) error {
	begun := time.Now()
	closed, err := w.control.closeEpoch(ctx)
	if err != nil {
		return err
	}
	w.Closing += time.Since(begun)
	if closed != int64(n) {
		return fmt.Errorf("the network closed epoch %d", closed)
	}
	if w.earns, err = w.ledger.owners(ctx); err != nil {
		return err
	}
	counted, err := w.ledger.since(ctx)
	if err != nil {
		return err
	}
	w.counted = append(w.counted, counted)
	w.told = append(w.told, books(counted, w.earns, w.owed))
	r, err := readRewards(ctx, w.spare.chain, n)
	w.rewards = append(w.rewards, r)
	return err
}

// coin is an amount as the chain writes it.
type coin struct {
	Amount string `json:"amount"`
}

func sum(list []coin) *big.Int {
	total := new(big.Int)
	for _, c := range list {
		if n, ok := new(big.Int).SetString(c.Amount, 10); ok {
			total.Add(total, n)
		}
	}
	return total
}
