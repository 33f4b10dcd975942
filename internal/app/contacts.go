package app

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/book"
	"github.com/stratosdrive/stratosdrive/wallet/history"
	"github.com/stratosdrive/stratosdrive/wallet/qr"
	"github.com/stratosdrive/stratosdrive/wallet/sign"
)

func (a *App) book() *book.Book { return book.Open(a.profile.book()) }

// Contacts lists the address book by name.
func (a *App) Contacts() ([]Contact, error) {
	entries, err := a.book().List()
	if err != nil {
		return nil, err
	}
	list := make([]Contact, len(entries))
	for i, e := range entries {
		list[i] = Contact{
			Name: e.Name, Address: e.Address.String(), Hex: e.Address.Hex(), Memo: e.Memo, Exchange: e.Exchange, Used: e.Used,
		}
	}
	return list, nil
}

// SaveContact adds an entry to the address book, or replaces the one of the
// same address.
func (a *App) SaveContact(c Contact) error {
	address, err := stratos.ParseAddress(strings.TrimSpace(c.Address))
	if err != nil {
		return fault.Wrong(err, "%s Nothing was saved.", stratos.ExplainAddress(strings.TrimSpace(c.Address)))
	}
	old, _, err := a.book().Find(address)
	if err != nil {
		return err
	}
	return a.book().Put(book.Entry{Address: address, Name: c.Name, Memo: c.Memo, Exchange: c.Exchange, Used: old.Used})
}

// RemoveContact takes an address out of the address book.
func (a *App) RemoveContact(address string) error {
	parsed, err := stratos.ParseAddress(strings.TrimSpace(address))
	if err != nil {
		return fault.Wrong(err, "This is not a Stratos address. Nothing was changed.")
	}
	return a.book().Remove(parsed)
}

// payee reads whom a person wants to pay: an address, or a name of the address
// book.
func (a *App) payee(text string) (stratos.Address, error) {
	to, err := recipient(text)
	if err == nil {
		return to, nil
	}
	entry, found, berr := a.book().Named(strings.TrimSpace(text))
	if berr != nil {
		return to, berr
	}
	if found {
		return entry.Address, nil
	}
	return to, err
}

// compared is how many of the newest entries of the history a recipient is
// compared with.
const compared = 5000

// payWarnings are what a person should know before paying somebody.
func (a *App) payWarnings(ctx context.Context, payee stratos.Address, memo string) ([]fault.Words, error) {
	known, err := a.knownAddresses(ctx)
	if err != nil {
		return nil, err
	}
	entry, named, err := a.book().Find(payee)
	if err != nil {
		return nil, err
	}
	var warnings []fault.Words
	report := book.NewChecker(known...).Check(payee)
	if alike := report.Sentence(); !alike.Empty() {
		warnings = append(warnings, alike)
	} else if report.FirstTime {
		warnings = append(warnings, fault.Tell("You have never sent anything to this address. Check it letter by letter: a payment cannot be taken back."))
	}
	if payee.IsWeb3Cosmos() {
		warnings = append(warnings, fault.Tell("This address belongs to the chain itself: what is sent there is taken for an order and is lost."))
	}
	var inBook *book.Entry
	if named {
		inBook = &entry
	}
	if advice := book.AdviseMemo(inBook, memo).Sentence(); !advice.Empty() {
		warnings = append(warnings, advice)
	}
	return warnings, nil
}

// knownAddresses are those that a recipient may be mistaken for.
func (a *App) knownAddresses(ctx context.Context) ([]book.Known, error) {
	var known []book.Known
	add := func(text, name string, source book.Source) {
		if address, err := stratos.ParseAddress(text); err == nil {
			known = append(known, book.Known{Address: address, Name: name, Source: source})
		}
	}
	wallets, err := a.Wallets()
	if err != nil {
		return nil, err
	}
	for _, w := range wallets {
		for _, own := range []string{w.Address, w.Storage, w.Publish} {
			add(own, w.Name, book.Own)
		}
		for _, account := range a.settings.get().wallet(w.Address).Accounts {
			add(account.Address, w.Name, book.Own)
		}
	}
	contacts, err := a.Contacts()
	if err != nil {
		return nil, err
	}
	for _, c := range contacts {
		add(c.Address, c.Name, book.InBook)
	}
	log, c, info, err := a.books()
	if err != nil {
		return nil, err
	}
	entries, err := log.List(ctx, c.ChainID(), info.Address, compared, 0)
	for _, e := range entries {
		switch e.Kind {
		case history.Sent:
			add(e.Counterparty, "", book.Paid)
		case history.Received:
			add(e.Counterparty, "", book.Sender)
		}
	}
	return known, err
}

// noteContact notes that somebody of the address book was paid.
func (a *App) noteContact(to stratos.Address) {
	_ = a.book().Paid(to, time.Now()) // the payment is done; the date is a convenience
}

// maxPicture is more than any photo of a QR code has.
const maxPicture = 32 << 20

// ReadQR reads what a QR code in an image file asks for. The amount is in STOS,
// empty when the payer decides.
func (a *App) ReadQR(_ context.Context, path string) (to, amount, memo string, err error) {
	info, err := os.Stat(path)
	if err != nil || info.Size() > maxPicture {
		return "", "", "", fault.Wrong(err, "%s cannot be read as an image.", filepath.Base(path))
	}
	file, err := os.ReadFile(path)
	if err != nil {
		return "", "", "", fault.Wrong(err, "%s cannot be read.", filepath.Base(path))
	}
	text, err := qr.ReadImage(file)
	if err != nil {
		return "", "", "", err
	}
	request, err := qr.Parse(text)
	if err != nil {
		return "", "", "", err
	}
	if !request.Amount.IsZero() {
		amount = request.Amount.Format(stratos.STOS)
	}
	return request.Address.String(), amount, request.Memo, nil
}

// PaymentCode draws the address in use as a QR code for terminals, with an
// amount and a memo where they are not empty, and returns what it says.
func (a *App) PaymentCode(amount, memo string) (text, drawing string, err error) {
	info, err := a.current()
	if err != nil {
		return "", "", err
	}
	request := qr.Request{Address: info.Address, Memo: memo}
	if amount != "" {
		if request.Amount, err = amountOf(amount); err != nil {
			return "", "", err
		}
	}
	text = request.Text()
	if _, err := qr.Parse(text); err != nil { // what nobody could read is not shown
		return "", "", err
	}
	drawing, err = qr.Terminal(text)
	return text, drawing, err
}

// SignText signs a text with the key of the account in use, so that others can see that the
// owner of the wallet wrote it. No signed text can be used as a payment.
func (a *App) SignText(_ context.Context, text string, password []byte) (signature string, err error) {
	key, err := a.openKey(password)
	if err != nil {
		return "", err
	}
	defer key.Wipe()
	err = key.Use(func(k stratos.PrivateKey) error {
		signature, err = sign.Text(k, text)
		return err
	})
	return signature, err
}

// VerifyText tells whether the owner of an address signed a text; the error
// says so when not.
func (a *App) VerifyText(address, text, signature string) error {
	right, err := sign.Verify(strings.TrimSpace(address), text, strings.TrimSpace(signature))
	if err == nil && !right {
		err = fault.Say(nil, "This signature is not by the owner of that address, or the text is another one.")
	}
	return err
}
