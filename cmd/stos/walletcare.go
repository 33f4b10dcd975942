package main

import (
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// onWallet is a command that does something with the current wallet and needs
// it unlocked.
func (s *session) onWallet(use, short string, args cobra.PositionalArgs, do func(a *app.App, cmd *cobra.Command, args []string) error) *cobra.Command {
	return &cobra.Command{Use: use, Short: short, Args: args, RunE: func(cmd *cobra.Command, args []string) error {
		a, err := s.unlocked(cmd.Context())
		if err != nil {
			return err
		}
		return do(a, cmd, args)
	}}
}

// withPassword opens the profile and asks for a password, which is wiped when
// do is done. It is for what wants the password itself, not an unlocked wallet.
func (s *session) withPassword(prompt string, do func(a *app.App, password []byte) error) error {
	a, err := s.open()
	if err == nil {
		err = a.NeedKey()
	}
	if err != nil {
		return err
	}
	return s.passwordFor(a, prompt, do)
}

// passwordFor asks for a password, which is wiped when do is done.
func (s *session) passwordFor(a *app.App, prompt string, do func(a *app.App, password []byte) error) error {
	password, err := s.password(prompt)
	if err != nil {
		return err
	}
	defer clear(password)
	return do(a, password)
}

func (s *session) walletUse() *cobra.Command {
	return &cobra.Command{
		Use: "use ADDR", Short: "Use another wallet of this profile from now on, an account of one, or a watched address", Args: exactly(1, "an address"),
		RunE: func(_ *cobra.Command, args []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			if err := a.ChooseWallet(args[0]); err != nil {
				return err
			}
			w, err := a.CurrentWallet()
			if err != nil {
				return err
			}
			if w.Watched {
				return s.print(w, "Looking at "+w.Address+". It is only watched: nothing can be sent or signed.")
			}
			return s.print(w, "Using "+w.Account.Address+".")
		},
	}
}

func (s *session) walletWatch() *cobra.Command {
	var name string
	cmd := &cobra.Command{
		Use: "watch ADDR", Short: "Watch an address whose key is elsewhere", Args: exactly(1, "an address"),
		RunE: func(_ *cobra.Command, args []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			w, err := a.WatchAddress(name, args[0])
			if err != nil {
				return err
			}
			return s.print(w, "Watching "+w.Address+".")
		},
	}
	cmd.Flags().StringVar(&name, "name", "Watched address", "what to call it")
	return cmd
}

func (s *session) walletRename() *cobra.Command {
	return &cobra.Command{Use: "rename NAME", Short: "Call the wallet something else", Args: exactly(1, "a name"), RunE: func(cmd *cobra.Command, args []string) error {
		a, err := s.open()
		if err == nil && !a.Watching() { // the name of a wallet is locked in its file
			a, err = s.unlocked(cmd.Context())
		}
		if err != nil {
			return err
		}
		w, err := a.CurrentWallet()
		if err != nil {
			return err
		}
		if err := a.RenameWallet(w.Address, args[0]); err != nil {
			return err
		}
		if w, err = a.CurrentWallet(); err != nil {
			return err
		}
		return s.print(w, "Renamed to "+w.Name+".")
	}}
}

func (s *session) walletRemove() *cobra.Command {
	var sure bool
	cmd := &cobra.Command{
		Use: "rm ADDR", Short: "Take a wallet off this computer; only its words lead to its money then. A watched address is only forgotten", Args: exactly(1, "an address"),
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := s.open()
			if err != nil {
				return err
			}
			watched := a.Watches(args[0])
			if !sure && !watched {
				return fault.Wrong(nil, "Nothing was removed. If you have the words of this wallet, say so with --i-have-the-words.")
			}
			remove := func(a *app.App, password []byte) error {
				if err := a.RemoveWallet(cmd.Context(), args[0], password); err != nil {
					return err
				}
				return s.print(map[string]string{"removed": args[0]}, "Removed "+args[0]+" from this computer.")
			}
			if watched {
				return remove(a, nil)
			}
			return s.passwordFor(a, "Password of that wallet: ", remove)
		},
	}
	cmd.Flags().BoolVar(&sure, "i-have-the-words", false, "confirm that the words of the wallet are kept elsewhere")
	return cmd
}

func (s *session) walletWords() *cobra.Command {
	return &cobra.Command{
		Use: "words", Short: "Print the words of the wallet; whoever reads them owns it", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return s.withPassword("Password: ", func(a *app.App, password []byte) error {
				words, err := a.ShowWords(cmd.Context(), password)
				if err != nil {
					return err
				}
				text := strings.Join(words, " ")
				return s.print(map[string]string{"words": text}, text)
			})
		},
	}
}

func (s *session) walletExport() *cobra.Command {
	var to string
	cmd := &cobra.Command{
		Use: "export", Short: "Write a key file that resource nodes read; its own password is read from standard input", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return s.withPassword("Password of the wallet: ", func(a *app.App, password []byte) error {
				own, err := s.secret("Password for the file: ")
				if err != nil {
					return err
				}
				defer clear(own)
				name, file, err := a.ExportKeyFile(cmd.Context(), password, own)
				if err != nil {
					return err
				}
				defer clear(file)
				if to == "" {
					to = name
				}
				if err := writeNew(to, func(w io.Writer) error { _, err := w.Write(file); return err }); err != nil {
					return err
				}
				return s.print(map[string]string{"path": to}, "Wrote "+to+". Whoever has it and its password owns the wallet.")
			})
		},
	}
	cmd.Flags().StringVarP(&to, "output", "o", "", "where to write it; the name that nodes expect if not given")
	return cmd
}

func (s *session) walletPassword() *cobra.Command {
	return &cobra.Command{
		Use: "password", Short: "Change the password; the new one is read from standard input", Args: exactly(0, "no arguments"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return s.withPassword("Present password: ", func(a *app.App, old []byte) error {
				fresh, err := s.secret("New password: ")
				if err != nil {
					return err
				}
				defer clear(fresh)
				if err := a.ChangePassword(cmd.Context(), old, fresh); err != nil {
					return err
				}
				return s.print(map[string]bool{"changed": true}, "The password was changed.")
			})
		},
	}
}

func (s *session) walletReset() *cobra.Command {
	var protected bool
	cmd := &cobra.Command{
		Use: "reset", Short: "Give the wallet in use a new password by its words, for who has forgotten the old one",
		Long: "Reads the words or the private key of the wallet in use from standard input, and gives it a new password. The same mends a\n" +
			"wallet whose file is damaged. With --protected the passphrase of the words is read from the next line.",
		Args: exactly(0, "no arguments; the words are read from standard input"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			words, err := s.importContent("")
			if err != nil {
				return err
			}
			defer clear(words)
			var passphrase []byte
			if protected {
				if passphrase, err = s.secret("Passphrase of the words: "); err != nil {
					return err
				}
				defer clear(passphrase)
			}
			a, err := s.open()
			if err != nil {
				return err
			}
			password, err := s.newPassword()
			if err != nil {
				return err
			}
			defer clear(password)
			if err := a.ResetPassword(cmd.Context(), words, passphrase, password); err != nil {
				return err
			}
			return s.print(map[string]bool{"changed": true}, "The password was changed.")
		},
	}
	cmd.Flags().BoolVar(&protected, "protected", false, "the words have a passphrase")
	return cmd
}

func (s *session) walletKeyring() *cobra.Command {
	return &cobra.Command{
		Use: "keyring on|off", Short: "Let the system's keyring open the wallet, or no longer", Args: exactly(1, "on or off"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if args[0] != "on" && args[0] != "off" {
				return fault.Wrong(nil, "Write on or off. Nothing was changed.")
			}
			return s.withPassword("Password: ", func(a *app.App, password []byte) error {
				if err := a.SetKeyringUnlock(cmd.Context(), args[0] == "on", password); err != nil {
					return err
				}
				return s.print(map[string]bool{"keyring": a.KeyringUnlock()}, "The keyring is "+args[0]+" for this wallet.")
			})
		},
	}
}
