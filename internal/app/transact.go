package app

import (
	"context"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

// everything stands for all that can be spent, less the fee.
const everything = "max"

// order is a transaction as a user wants it, before it is simulated.
type order struct {
	title    func(p chain.Preview) fault.Words
	lines    func(p chain.Preview) []PreviewLine
	warnings []fault.Words
	message  message.Message
	memo     string

	all func(stratos.Amount) message.Message // instead of message: spends everything
}

// preview simulates an order. Nothing is signed or sent.
func (a *App) preview(ctx context.Context, o order) (TxPreview, error) {
	c, info, err := a.payer()
	if err != nil {
		return TxPreview{}, err
	}
	return previewBy(ctx, c, info.PublicKey, o)
}

// previewBy is preview for any account.
func previewBy(ctx context.Context, c *chain.Client, public stratos.PublicKey, o order) (TxPreview, error) {
	var p chain.Preview
	var err error
	if o.all != nil {
		p, err = c.PreviewAll(ctx, public, o.all, o.memo)
	} else {
		p, err = c.Preview(ctx, public, o.message, o.memo)
	}
	if err != nil {
		return TxPreview{}, err
	}
	shown := TxPreview{Title: o.title(p), Fee: p.Fee, Left: p.Left, Warnings: o.warnings, preview: p}
	if o.lines != nil {
		shown.Lines = o.lines(p)
	}
	for _, f := range p.Fees {
		shown.Fees = append(shown.Fees, FeeChoice{Name: string(f.Level), Fee: f.Amount})
	}
	return shown, nil
}

// Confirm signs and sends what was previewed, with the fee of that name or the
// normal one when it is empty, and waits until it is in a block. The password
// is asked for every transaction.
func (a *App) Confirm(ctx context.Context, p TxPreview, fee string, password []byte) (TxResult, error) {
	chosen, err := p.at(fee)
	if err != nil {
		return TxResult{}, err
	}
	return a.signedBy(ctx, password, func(key chain.Signer) (TxResult, error) { return a.transact(ctx, key, chosen) })
}

// ConfirmUnlocked is [App.Confirm] for an unlocked wallet.
func (a *App) ConfirmUnlocked(ctx context.Context, p TxPreview, fee string) (TxResult, error) {
	chosen, err := p.at(fee)
	if err != nil {
		return TxResult{}, err
	}
	return a.withWallet(func(key chain.Signer) (TxResult, error) { return a.transact(ctx, key, chosen) })
}

// WithFee returns the same transaction as it would be with another fee.
func (p TxPreview) WithFee(name string) (TxPreview, error) {
	chosen, err := p.at(name)
	if err != nil {
		return TxPreview{}, err
	}
	p.preview, p.Fee, p.Left = chosen, chosen.Fee, chosen.Left
	return p, nil
}

func (p TxPreview) at(fee string) (chain.Preview, error) {
	if fee == "" || p.preview.Message == nil {
		return p.preview, nil
	}
	return p.preview.With(chain.FeeLevel(fee))
}

// isEverything tells whether a person typed the word for all of it.
func isEverything(amount string) bool {
	amount = strings.ToLower(strings.TrimSpace(amount))
	return amount == everything || amount == "all"
}

// stos writes an amount as people read it.
func stos(a stratos.Amount) fault.STOS { return fault.STOS{Amount: a} }

// coins is an amount alone, as the value of a fact.
func coins(a stratos.Amount) fault.Words { return fault.Value(stos(a)) }

// recipient reads the address of somebody who is to be paid.
func recipient(text string) (stratos.Address, error) {
	to, err := stratos.ParseAddress(strings.TrimSpace(text))
	if err != nil {
		return to, fault.Wrong(err, "%s Nothing was sent.", stratos.ExplainAddress(strings.TrimSpace(text)))
	}
	return to, nil
}

// PreviewPay simulates a payment of an amount such as "12.5", "10 gwei" or
// "max". Nothing is signed or sent.
func (a *App) PreviewPay(ctx context.Context, to, amount, memo string) (TxPreview, error) {
	payee, err := a.payee(to)
	if err != nil {
		return TxPreview{}, err
	}
	_, info, err := a.payer()
	if err != nil {
		return TxPreview{}, err
	}
	o := order{memo: memo}
	pay := func(value stratos.Amount) message.Message {
		return message.Transfer{From: info.Address, To: payee, Amount: value}
	}
	if isEverything(amount) {
		o.all = pay
	} else {
		value, err := amountOf(amount)
		if err != nil {
			return TxPreview{}, err
		}
		o.message = pay(value)
	}
	if o.warnings, err = a.payWarnings(ctx, payee, memo); err != nil {
		return TxPreview{}, err
	}
	o.title = func(p chain.Preview) fault.Words { return fault.Tell("Send %s", stos(p.Message.Spends())) }
	o.lines = func(p chain.Preview) []PreviewLine { return payLines(payee, p, memo) }
	return a.preview(ctx, o)
}

func payLines(to stratos.Address, p chain.Preview, memo string) []PreviewLine {
	lines := []PreviewLine{{"To", fault.Value(to.String())}, {"Amount", coins(p.Message.Spends())}}
	if memo != "" {
		lines = append(lines, PreviewLine{"Note that everybody can read", fault.Value(memo)})
	}
	return lines
}
