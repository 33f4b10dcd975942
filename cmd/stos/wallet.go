package main

import (
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

func (s *session) walletCommand() *cobra.Command {
	return s.commandGroup("wallet", "Make, import and list wallets and their accounts",
		s.walletCreate(), s.walletImport(), s.walletWatch(), s.walletList(), s.walletShow(), s.walletUse(), s.walletRename(),
		s.walletRemove(), s.walletWords(), s.walletExport(), s.walletPassword(), s.walletReset(), s.walletKeyring(), s.accountCommand())
}

// created is the result of wallet create: the only one that holds the words.
type created struct {
	app.WalletInfo
	Words string `json:"words"`
}

func (s *session) walletCreate() *cobra.Command {
	var name string
	var count int
	cmd := &cobra.Command{
		Use: "create", Short: "Make a wallet and print its words once", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			words, err := a.NewWords(count)
			if err != nil {
				return err
			}
			text := strings.Join(words, " ")
			info, err := s.addWallet(cmd, a, name, text)
			if err != nil {
				return err
			}
			return s.print(created{info, text}, "Your wallet is "+info.Address+".",
				"Write these words down and keep them safe. Whoever has them has your STOS and your files:", "", text)
		},
	}
	cmd.Flags().StringVar(&name, "name", "Main account", "name of the wallet")
	cmd.Flags().IntVar(&count, "words", 24, "number of words, 12 or 24")
	return cmd
}

func (s *session) walletImport() *cobra.Command {
	var name, file string
	var protected bool
	cmd := &cobra.Command{
		Use: "import", Short: "Bring in a wallet by its words, its private key or a key file",
		Long: "Brings in a wallet. Words or a private key are read from one line of standard input, a key file of a node, an\n" +
			"Ethereum wallet, the chain's command line or the JavaScript library from --file. With --protected the passphrase of\n" +
			"the words, or the password of the file, is read from the next line.",
		Args: exactly(0, "no arguments; the words are read from standard input"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			content, err := s.importContent(file)
			if err != nil {
				return err
			}
			defer clear(content)
			var secret []byte
			if protected {
				if secret, err = s.secret("Passphrase of the words, or password of the file: "); err != nil {
					return err
				}
				defer clear(secret)
			}
			a, err := s.open()
			if err != nil {
				return err
			}
			if err := a.CheckImport(content, secret); err != nil {
				return err
			}
			password, err := s.newPassword()
			if err != nil {
				return err
			}
			defer clear(password)
			info, err := a.ImportText(cmd.Context(), name, content, secret, password)
			if err != nil {
				return err
			}
			return s.print(info, "Your wallet is "+info.Address+".", "If you used several of its accounts, list them with: stos wallet account find")
		},
	}
	cmd.Flags().StringVar(&name, "name", "Main account", "name of the wallet")
	cmd.Flags().StringVar(&file, "file", "", "key file to read")
	cmd.Flags().BoolVar(&protected, "protected", false, "the words have a passphrase, or the file a password")
	return cmd
}

func (s *session) importContent(file string) ([]byte, error) {
	if file == "" {
		words, err := s.secret("Words: ")
		if err != nil {
			return nil, fault.Wrong(err, "No words were given. Type or pipe them into this command.")
		}
		return words, nil
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, fault.Wrong(err, "The key file %s cannot be read. Nothing was imported.", file)
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, maxKeyFile))
	if err != nil {
		return nil, fault.Wrong(err, "The key file %s cannot be read. Nothing was imported.", file)
	}
	return content, nil
}

// maxKeyFile is more than any key file has.
const maxKeyFile = 1 << 20

func (s *session) addWallet(cmd *cobra.Command, a *app.App, name, words string) (app.WalletInfo, error) {
	password, err := s.newPassword()
	if err != nil {
		return app.WalletInfo{}, err
	}
	defer clear(password)
	return a.AddWallet(cmd.Context(), name, words, password)
}

func (s *session) walletList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the wallets of this profile", Args: exactly(0, "no arguments"),
		RunE: func(*cobra.Command, []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			wallets, err := a.Wallets()
			if err != nil {
				return err
			}
			var text []string
			for _, w := range wallets {
				text = append(text, w.Address+"  "+w.Name+walletMark(w))
			}
			return s.print(map[string]any{"wallets": nonNil(wallets)}, text...)
		},
	}
}

func walletMark(w app.WalletInfo) string {
	switch {
	case w.Current && w.Watched:
		return "  (in use, watched)"
	case w.Current:
		return "  (in use)"
	case w.Watched:
		return "  (watched)"
	}
	return ""
}

func (s *session) walletShow() *cobra.Command {
	var code bool
	var amount, memo string
	cmd := &cobra.Command{
		Use: "show", Short: "Show the wallet in use and its accounts, or its address as a QR code", Args: exactly(0, "no arguments"),
		RunE: func(*cobra.Command, []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			w, err := a.CurrentWallet()
			if err != nil {
				return err
			}
			if code || amount != "" || memo != "" {
				return s.showCode(a, w, amount, memo)
			}
			accounts, err := a.WalletAccounts()
			if err != nil {
				return err
			}
			return s.print(w, walletLines(w, accounts)...)
		},
	}
	cmd.Flags().BoolVar(&code, "qr", false, "draw the address as a QR code, for a phone to read")
	cmd.Flags().StringVar(&amount, "amount", "", "with --qr: ask for an amount, for example 1.5stos")
	cmd.Flags().StringVar(&memo, "memo", "", "with --qr: ask for a note")
	return cmd
}

func walletLines(w app.WalletInfo, accounts []app.AccountInfo) []string {
	text := []string{"Name       " + w.Name + walletMark(w), "Address    " + w.Account.Address, "           " + w.Account.Hex}
	if w.Watched {
		return append(text, "It is only watched: nothing can be sent or signed.")
	}
	text = append(text, "Files      "+w.Storage, "Published  "+w.Publish)
	if len(accounts) > 1 {
		text = append(text, "Accounts")
		for _, line := range accountLines(accounts) {
			text = append(text, "  "+line)
		}
	}
	return text
}

// showCode draws what a wallet on a phone reads.
func (s *session) showCode(a *app.App, w app.WalletInfo, amount, memo string) error {
	request, drawing, err := a.PaymentCode(amount, memo)
	if err != nil {
		return err
	}
	return s.print(map[string]string{"address": w.Account.Address, "hex": w.Account.Hex, "request": request},
		strings.TrimRight(drawing, "\n"), request, w.Account.Hex)
}

// nonNil makes an empty list print as [] in JSON.
func nonNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
