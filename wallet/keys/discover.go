package keys

import (
	"context"
	"fmt"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// GapLimit is how many unused accounts in a row end a [Discover], as wallets
// agree on since BIP-44.
const GapLimit = 20

// Account is one account of a wallet's words.
type Account struct {
	Index   uint32
	Address stratos.Address
	Public  stratos.PublicKey
}

// Accounts lists count accounts of words from index first on.
func Accounts(words, passphrase []byte, first, count uint32) ([]Account, error) {
	clean, err := ParseWords(words)
	if err != nil {
		return nil, err
	}
	defer Wipe(clean)
	seed := Seed(clean, passphrase)
	defer Wipe(seed)
	var list []Account
	for index := first; index-first < count; index++ {
		key, err := FromSeed(seed, index)
		if err != nil {
			return list, err
		}
		list = append(list, Account{Index: index, Address: key.Address(), Public: key.Public()})
		key.Wipe()
	}
	return list, nil
}

// Discover returns the accounts of words that were used, the first one in any
// case; see [Search].
func Discover(ctx context.Context, words, passphrase []byte, gap int, used func(context.Context, stratos.Address) (bool, error)) ([]Account, error) {
	derive := func(first, count uint32) ([]Account, error) { return Accounts(words, passphrase, first, count) }
	return Search(ctx, derive, gap, used)
}

// Search returns the accounts that were used, the first one in any case.
// Derive makes count of them from index first on, or fewer when there are no
// more. Used is asked about one after the other, until gap unused ones came in
// a row. An error ends it; what was found until then is returned with it.
func Search(ctx context.Context, derive func(first, count uint32) ([]Account, error), gap int, used func(context.Context, stratos.Address) (bool, error)) ([]Account, error) {
	var list []Account
	for next, unused := uint32(0), 0; unused < gap; {
		count := uint32(gap - unused) // no fewer will be asked about
		batch, err := derive(next, count)
		if err != nil {
			return list, err
		}
		for _, a := range batch {
			yes, err := ask(ctx, a, used)
			if err != nil {
				return list, err
			}
			if unused++; yes {
				unused = 0
			}
			if yes || a.Index == 0 {
				list = append(list, a)
			}
		}
		if next += count; uint32(len(batch)) < count {
			break
		}
	}
	return list, nil
}

func ask(ctx context.Context, a Account, used func(context.Context, stratos.Address) (bool, error)) (bool, error) {
	err := ctx.Err()
	yes := false
	if err == nil {
		yes, err = used(ctx, a.Address)
	}
	if err != nil {
		return false, fmt.Errorf("look for account %d: %w", a.Index, err)
	}
	return yes, nil
}
