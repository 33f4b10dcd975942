package fake

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

func account(index uint32, address, hex string) app.AccountInfo {
	return app.AccountInfo{Index: index, Address: address, Hex: hex, Name: fmt.Sprintf("Account %d", index+1)}
}

// Rent is the second account of the sample wallet, when it has one.
const (
	Rent    = "st1uldrhcd7vpjx6qgz2pr0znquqptz8u5869p9mj"
	RentHex = "0xE7Da3be1be60646d01025046F14c1c005623f287"
)

// WithAccounts gives a program a wallet of two accounts.
func WithAccounts(b *Backend) *Backend {
	b.Own = []app.AccountInfo{account(0, Address, Hex), {Index: 1, Address: Rent, Hex: RentHex, Name: "Rent"}}
	b.Own[0].Current = true
	return b
}

// Watch puts an address without a key to use.
func Watch(b *Backend) *Backend {
	w := app.WalletInfo{Address: Landlord, Hex: "0x11a1C52b7D94e60aB1E4f7c93D2586e0A7b91F4f", Name: "Cold storage", Watched: true, BackedUp: true, Single: true}
	w.Account = account(0, w.Address, w.Hex)
	b.Accounts = append([]app.WalletInfo{w}, b.Accounts...)
	b.Now = app.Status{Phase: app.PhaseOff, Watching: true}
	b.Money.StorageNoz, b.Money.PublishNoz = "", ""
	return b
}

// Watching tells whether the first wallet is only watched.
func (b *Backend) Watching() bool { return len(b.Accounts) > 0 && b.Accounts[0].Watched }

// WalletAccounts lists the accounts of the wallet in use.
func (b *Backend) WalletAccounts() ([]app.AccountInfo, error) {
	if len(b.Own) > 0 {
		return slices.Clone(b.Own), b.Err
	}
	only := account(0, Address, Hex)
	only.Current = true
	return []app.AccountInfo{only}, b.Err
}

// AddAccount adds the account Rent.
func (b *Backend) AddAccount(_ context.Context, name string) (app.AccountInfo, error) {
	b.note("add account " + name)
	if b.Err != nil {
		return app.AccountInfo{}, b.Err
	}
	WithAccounts(b)
	b.Own[1].Name = name
	return b.ChooseAccount(Rent)
}

// ChooseAccount puts an account to use.
func (b *Backend) ChooseAccount(address string) (chosen app.AccountInfo, err error) {
	b.note("use account " + address)
	for i := range b.Own {
		b.Own[i].Current = b.Own[i].Address == address
		if b.Own[i].Current {
			chosen = b.Own[i]
		}
	}
	return chosen, b.Err
}

// RenameAccount gives an account another name.
func (b *Backend) RenameAccount(address, name string) (renamed app.AccountInfo, err error) {
	for i := range b.Own {
		if b.Own[i].Address == address {
			b.Own[i].Name = name
			renamed = b.Own[i]
		}
	}
	return renamed, b.Err
}

// HideAccount takes one out.
func (b *Backend) HideAccount(address string) error {
	b.note("hide account " + address)
	b.Own = slices.DeleteFunc(b.Own, func(a app.AccountInfo) bool { return a.Address == address })
	return b.Err
}

// FindAccounts finds the account Rent.
func (b *Backend) FindAccounts(context.Context) ([]app.AccountInfo, error) {
	b.note("find accounts")
	if len(b.Own) > 1 || b.Err != nil {
		return nil, b.Err
	}
	WithAccounts(b)
	return b.Own[1:], nil
}

// BalanceOf is half of the sample money for the account Rent.
func (b *Backend) BalanceOf(_ context.Context, address string) (app.Balance, error) {
	if address != Rent {
		return b.Money, b.Err
	}
	money := app.Balance{}
	wei(&money.Total, "120.5")
	wei(&money.Spendable, "120.5")
	return money, b.Err
}

// HelpWords knows the words of NewWords.
func (b *Backend) HelpWords(text string) app.WordHelp {
	known, _ := (&Backend{}).NewWords(24)
	help, typed := app.WordHelp{}, strings.Fields(text)
	for i, word := range typed {
		last := i == len(typed)-1 && !strings.HasSuffix(text, " ")
		for _, k := range known {
			if last && strings.HasPrefix(k, word) && k != word {
				help.Next = append(help.Next, k)
			}
		}
		if !slices.Contains(known, word) && len(help.Next) == 0 && help.Wrong == 0 {
			help.Wrong, help.Instead = i+1, []string{"violin"}
		}
	}
	return help
}
