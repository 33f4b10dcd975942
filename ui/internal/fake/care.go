package fake

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// Care is how the wallet of a sample program is looked after.
type Care struct {
	BackedUp  bool
	Keyring   bool // there is one
	OnKeyring bool // it opens the wallet
	After     time.Duration
}

// Exchange is the address of the sample exchange, Ana that of a friend.
const (
	Landlord = "st1n0e5a8m2rk3h2p6dxs4uvt9fgj9x80pc74wqyh7z"
	Exchange = "st1k9wq0000000000000000000000000000000004q2m"
	Ana      = "st1c74k3h2p6dxs4uvtwqyh7zn0e5a8m2r9fgj9x80p"
	AnaHex   = "0x33a1C52b7D94e60aB1E4f7c93D2586e0A7b91F4f"

	Savings    = "st1s4uvt9fgj9x80pc74wqyh7zn0e5a8m2rk3h2p6dx"
	SavingsHex = "0x22a1C52b7D94e60aB1E4f7c93D2586e0A7b91F4f"
)

// fillCare gives a program people and a second wallet.
func fillCare(b *Backend) {
	b.People = []app.Contact{
		{Name: "Ana", Address: Ana, Hex: AnaHex, Used: at(1, 12, 0)},
		{Name: "Gate", Address: Exchange, Hex: "0x00a1C52b7D94e60aB1E4f7c93D2586e0A7b91F4f", Memo: "718 204", Exchange: true, Used: at(20, 9, 0)},
		{Name: "Landlord", Address: Landlord, Hex: "0x11a1C52b7D94e60aB1E4f7c93D2586e0A7b91F4f"},
	}
	b.Accounts = []app.WalletInfo{
		{Address: Address, Hex: Hex, Name: "Main account", Storage: Storage, Created: day(time.January, 4), Account: account(0, Address, Hex)},
		{Address: Savings, Hex: SavingsHex, Name: "Savings", Created: day(time.May, 9), Account: account(0, Savings, SavingsHex)},
	}
	b.Kept = Care{BackedUp: true, Keyring: true, After: 15 * time.Minute}
}

// PreviewPay accepts addresses that begin with "st1" or "0x".
func (b *Backend) PreviewPay(_ context.Context, to, amount, memo string) (app.TxPreview, error) {
	b.note(strings.TrimSpace("preview pay " + amount + " to " + to + " " + memo))
	if b.Err != nil {
		return app.TxPreview{}, b.Err
	}
	if !strings.HasPrefix(to, "st1") && !strings.HasPrefix(to, "0x") {
		return app.TxPreview{}, fault.Wrong(nil, "This is not a Stratos address. Check it letter by letter.")
	}
	p := b.preview("Send "+strings.ReplaceAll(amount, "max", "934.33181")+" STOS", line("To", to), line("Amount", strings.ReplaceAll(amount, "max", "934.33181")+" STOS"))
	if memo != "" {
		p.Lines = append(p.Lines, line("Note that everybody can read", memo))
	}
	if !slices.ContainsFunc(b.People, func(c app.Contact) bool { return c.Address == to }) {
		p.Warnings = append(p.Warnings, fault.Value("You have never sent to this address before."))
	}
	if strings.HasSuffix(to, "4q2n") {
		p.Warnings = append([]fault.Words{fault.Value("This address looks like Gate in your address book and is another one. Someone may want you to mix them up.")}, p.Warnings...)
	}
	return p, nil
}

// Contacts are the sample people.
func (b *Backend) Contacts() ([]app.Contact, error) { return slices.Clone(b.People), b.Err }

// SaveContact adds or replaces one.
func (b *Backend) SaveContact(c app.Contact) error {
	b.note("save " + c.Name + " " + c.Address)
	if c.Name == "Ana" && c.Address != Ana {
		return fault.Wrong(nil, "There is another Ana in the address book. Choose another name.")
	}
	b.People = append(slices.DeleteFunc(b.People, func(o app.Contact) bool { return o.Address == c.Address }), c)
	return b.Err
}

// RemoveContact removes one.
func (b *Backend) RemoveContact(address string) error {
	b.note("forget " + address)
	b.People = slices.DeleteFunc(b.People, func(o app.Contact) bool { return o.Address == address })
	return b.Err
}

// ReadQR finds a code in every file but "empty.png".
func (b *Backend) ReadQR(_ context.Context, path string) (to, amount, memo string, err error) {
	b.note("read " + path)
	if strings.HasSuffix(path, "empty.png") {
		return "", "", "", fault.Wrong(nil, "There is no code in this picture.")
	}
	return Exchange, "4.5", "718 204", b.Err
}

// SearchHistory finds entries by kind and by words in them.
func (b *Backend) SearchHistory(_ context.Context, q app.HistoryQuery) (app.HistoryPage, error) {
	b.note(fmt.Sprintf("history %q %q from %d", q.Text, q.Kind, q.Offset))
	var found []app.HistoryEntry
	for _, h := range b.Past {
		words := strings.ToLower(h.Words + " " + h.With + " " + h.Memo + " " + h.Amount.Format("stos"))
		if (q.Kind == "" || h.Kind == q.Kind) && strings.Contains(words, strings.ToLower(q.Text)) {
			found = append(found, h)
		}
	}
	p := app.HistoryPage{Total: len(found), Complete: true}
	from := min(q.Offset, len(found))
	p.Entries = found[from:min(from+max(q.Limit, 1), len(found))]
	return p, b.Err
}

// ExportHistory writes a line.
func (b *Backend) ExportHistory(_ context.Context, q app.HistoryQuery, format string, w io.Writer) error {
	b.note(strings.TrimSpace("export " + format + " " + q.Text + " " + q.Kind))
	if b.Err != nil {
		return b.Err
	}
	_, err := io.WriteString(w, "time,kind,amount\n")
	return err
}

// BackedUp tells whether the words were checked.
func (b *Backend) BackedUp() bool { return b.Kept.BackedUp }

// BackupQuestion asks for three words.
func (b *Backend) BackupQuestion() ([]int, error) { return []int{2, 7, 11}, b.Err }

// AnswerBackup accepts the right words of NewWords.
func (b *Backend) AnswerBackup(_ context.Context, words []string, _ []byte) error {
	if strings.Join(words, " ") != "violin saddle canyon" {
		return fault.Wrong(nil, "These are not the words of this wallet. Look at your notes again.")
	}
	b.Kept.BackedUp = true
	return nil
}

func check(password []byte) error {
	if string(password) != Password {
		return fault.Wrong(nil, "This password does not open the wallet.")
	}
	return nil
}

// ShowWords accepts Password only.
func (b *Backend) ShowWords(_ context.Context, password []byte) ([]string, error) {
	if err := check(password); err != nil {
		return nil, err
	}
	return b.NewWords(12)
}

// ExportKeyFile accepts Password only.
func (b *Backend) ExportKeyFile(_ context.Context, password, _ []byte) (name string, file []byte, err error) {
	return Address + ".json", []byte("{}"), check(password)
}

// ChangePassword accepts Password only.
func (b *Backend) ChangePassword(_ context.Context, old, _ []byte) error {
	b.note("change password")
	return check(old)
}

// ResetPassword accepts the sample words only, and unlocks.
func (b *Backend) ResetPassword(_ context.Context, words, _, _ []byte) error {
	b.note("reset password")
	if err := b.CheckWords(string(words)); err != nil {
		return err
	}
	b.IsLocked = b.IsLocked && b.Err != nil
	return b.Err
}

// KeyringAvailable tells whether there is a keyring.
func (b *Backend) KeyringAvailable() bool { return b.Kept.Keyring }

// KeyringUnlock tells whether it opens the wallet.
func (b *Backend) KeyringUnlock() bool { return b.Kept.OnKeyring }

// SetKeyringUnlock accepts Password only.
func (b *Backend) SetKeyringUnlock(_ context.Context, on bool, password []byte) error {
	if err := check(password); err != nil {
		return err
	}
	b.Kept.OnKeyring = on
	return b.Err
}

// AutoLock is the time after which the wallet is locked.
func (b *Backend) AutoLock() time.Duration { return b.Kept.After }

// SetAutoLock sets it.
func (b *Backend) SetAutoLock(d time.Duration) error { b.Kept.After = d; return b.Err }

// SignText signs anything.
func (b *Backend) SignText(_ context.Context, text string, password []byte) (string, error) {
	b.note("sign " + text)
	return "0x4a1fd09c7be2238875c1f1e0ab", check(password)
}

// VerifyText accepts the signature of SignText.
func (b *Backend) VerifyText(address, text, signature string) error {
	b.note("verify " + address + " " + text)
	if signature != "0x4a1fd09c7be2238875c1f1e0ab" {
		return fault.Wrong(nil, "This signature does not belong to this text and address.")
	}
	return nil
}

// ImportText adds a wallet.
func (b *Backend) ImportText(_ context.Context, name string, content, secret, _ []byte) (app.WalletInfo, error) {
	b.note(fmt.Sprintf("import %s %s %s", name, content, secret))
	if b.Err != nil {
		return app.WalletInfo{}, b.Err
	}
	w := app.WalletInfo{Name: name, Address: "st1imported0000000000000000000000000000000a"}
	b.Accounts = append([]app.WalletInfo{w}, b.Accounts...)
	return w, nil
}

// WatchAddress adds an address without a key.
func (b *Backend) WatchAddress(name, address string) (app.WalletInfo, error) {
	b.note("watch " + name + " " + address)
	w := app.WalletInfo{Name: name, Address: address, Watched: true, Account: account(0, address, "")}
	b.Accounts = append(b.Accounts, w)
	return w, b.Err
}

// ChooseWallet makes a wallet the current one.
func (b *Backend) ChooseWallet(address string) error {
	b.note("choose " + address)
	i := slices.IndexFunc(b.Accounts, func(w app.WalletInfo) bool { return w.Address == address })
	if i < 0 {
		return fault.Wrong(nil, "There is no such wallet.")
	}
	w := b.Accounts[i]
	b.Accounts = append([]app.WalletInfo{w}, slices.Delete(b.Accounts, i, i+1)...)
	return b.Err
}

// RemoveWallet accepts Password only, and nothing for an address that is
// watched.
func (b *Backend) RemoveWallet(_ context.Context, address string, password []byte) error {
	watched := slices.ContainsFunc(b.Accounts, func(w app.WalletInfo) bool { return w.Address == address && w.Watched })
	if err := check(password); !watched && err != nil {
		return err
	}
	b.note("remove wallet " + address)
	b.Accounts = slices.DeleteFunc(b.Accounts, func(w app.WalletInfo) bool { return w.Address == address })
	return b.Err
}

// RenameWallet gives a wallet another name.
func (b *Backend) RenameWallet(address, name string) error {
	b.note("rename " + address + " " + name)
	for i, w := range b.Accounts {
		if w.Address == address {
			b.Accounts[i].Name = name
		}
	}
	return b.Err
}
