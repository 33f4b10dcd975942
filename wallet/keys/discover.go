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
	var list []Account
	err := eachAccount(words, passphrase, first, func(a Account) (bool, error) {
		list = append(list, a)
		return uint32(len(list)) < count, nil
	})
	return list, err
}

// Discover returns the accounts of words that were used, the first one in any
// case. It asks used about one account after the other and stops after gap
// unused ones in a row. An error of used ends it; what was found until then is
// returned with it.
func Discover(ctx context.Context, words, passphrase []byte, gap int, used func(context.Context, stratos.Address) (bool, error)) ([]Account, error) {
	var list []Account
	unused := 0
	err := eachAccount(words, passphrase, 0, func(a Account) (bool, error) {
		if err := ctx.Err(); err != nil {
			return false, fmt.Errorf("look for accounts: %w", err)
		}
		yes, err := used(ctx, a.Address)
		if err != nil {
			return false, fmt.Errorf("look for account %d: %w", a.Index, err)
		}
		if yes {
			unused = 0
		} else {
			unused++
		}
		if yes || a.Index == 0 {
			list = append(list, a)
		}
		return unused < gap, nil
	})
	return list, err
}

// eachAccount derives one account after the other while more says so.
func eachAccount(words, passphrase []byte, first uint32, more func(Account) (bool, error)) error {
	clean, err := ParseWords(words)
	if err != nil {
		return err
	}
	defer Wipe(clean)
	seed := Seed(clean, passphrase)
	defer Wipe(seed)
	for index := first; ; index++ {
		key, err := FromSeed(seed, index)
		if err != nil {
			return err
		}
		a := Account{Index: index, Address: key.Address(), Public: key.Public()}
		key.Wipe()
		if on, err := more(a); !on || err != nil {
			return err
		}
	}
}
