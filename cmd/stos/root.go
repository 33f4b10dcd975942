package main

import (
	"cmp"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// stdio is what a command may touch of the process around it.
type stdio struct {
	in       io.Reader
	out, err io.Writer
	env      func(string) string
}

// session is one run of the command line.
type session struct {
	io    stdio
	flags struct {
		home, network, passwordFile, wallet string
		json                                bool
	}
	app *app.App // opened on first use
}

// run executes one command line and returns the exit code.
func run(ctx context.Context, args []string, std stdio) int {
	s := &session{io: std}
	root := s.root()
	root.SetArgs(args)
	root.SetOut(std.out)
	root.SetErr(std.err)
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) { _ = s.help(cmd) })
	err := root.ExecuteContext(ctx)
	if closeErr := s.close(); err == nil {
		err = closeErr
	}
	if err = interrupted(ctx, err); err != nil {
		s.flags.json = s.flags.json || slices.Contains(args, "--json") // a wrong flag before it hides it
		s.printError(err)
	}
	return fault.ExitCode(err)
}

func (s *session) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "stos",
		Short:         "Stratos Drive on the command line",
		Long:          "Stratos Drive on the command line: a STOS wallet, a folder that is the same on all of your machines, and a player for videos on the Stratos network.",
		Version:       version,
		Args:          cobra.ArbitraryArgs,
		RunE:          s.helpOrUnknown,
		SilenceErrors: true,
		SilenceUsage:  true,
		// Flags before a command belong to it alone: ls has a --network of its own.
		TraverseChildren: true,
	}
	root.SetFlagErrorFunc(wrongFlag)
	root.SetHelpCommand(s.helpCommand(root))
	f := root.PersistentFlags()
	f.StringVar(&s.flags.home, "home", s.io.env("STOS_HOME"), "profile folder")
	f.StringVar(&s.flags.network, "network", s.io.env("STOS_NETWORK"), "local, mainnet, mesos, a network of your own, or a network.json file")
	f.StringVar(&s.flags.wallet, "wallet", "", "address of the wallet or account to use, when there are several")
	f.StringVar(&s.flags.passwordFile, "password-file", "", "file whose first line is the wallet's password")
	f.BoolVar(&s.flags.json, "json", false, "print one JSON object")
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(
		s.netCommand(), s.networkCommand(), s.gatewayCommand(), s.currencyCommand(), s.walletCommand(), s.balanceCommand(), s.faucetCommand(), s.sendCommand(), s.ozoneCommand(), s.statsCommand(), s.explorerCommand(), s.stakeCommand(), s.govCommand(), s.nodeCommand(), s.creatorCommand(),
		s.historyCommand(), s.bookCommand(), s.signCommand(), s.verifyCommand(),
		s.putCommand(), s.getCommand(), s.lsCommand(), s.rmCommand(), s.shareCommand(), s.publishCommand(), s.linksCommand(), s.channelCommand(),
		s.syncCommand(), s.driveCommand(), s.playCommand(), s.cacheCommand(), s.diagnosticsCommand(), s.updateCommand(), s.demoCommand(), s.manualCommand(),
	)
	return root
}

// wrongFlag explains a flag that does not exist, or a value it cannot have.
func wrongFlag(_ *cobra.Command, err error) error {
	text := err.Error()
	if _, value := errors.AsType[interface {
		error
		GetValue() string
	}](err); value {
		text, _, _ = strings.Cut(text, ": ") // what follows is for programmers
	}
	return fault.Wrong(err, "%s. See stos --help.", sentenceCase(text))
}

// interrupted explains the failure of a command that was told to end. Wrong
// use stays that, and an outcome that nobody knows stays unknown.
func interrupted(ctx context.Context, err error) error {
	if ctx.Err() == nil || fault.ExitCode(err) != int(fault.Failed) {
		return err
	}
	return fault.Say(err, "This was stopped before it was done. What was finished is safe; run it again to go on.")
}

// commandGroup is a command that only holds others: alone it shows its help.
func (s *session) commandGroup(use, short string, commands ...*cobra.Command) *cobra.Command {
	cmd := &cobra.Command{Use: use, Short: short, Args: cobra.ArbitraryArgs, RunE: s.helpOrUnknown}
	cmd.AddCommand(commands...)
	return cmd
}

func (s *session) helpOrUnknown(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fault.Wrong(nil, "There is no command %q. See %s --help.", args[0], cmd.CommandPath())
	}
	return s.help(cmd)
}

func (s *session) helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use: "help [COMMAND]", Short: "Tell what a command does", Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			cmd, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return fault.Wrong(err, "There is no command %q. See stos --help.", strings.Join(args, " "))
			}
			return s.help(cmd)
		},
	}
}

// help prints what a command does: it is the result of asking for it.
func (s *session) help(cmd *cobra.Command) error {
	text := cmd.UsageString()
	if long := cmp.Or(cmd.Long, cmd.Short); long != "" {
		text = long + "\n\n" + text
	}
	return s.print(map[string]string{"help": text}, strings.TrimRight(text, "\n"))
}

// open opens the profile once.
func (s *session) open() (*app.App, error) {
	if s.app != nil {
		return s.app, nil
	}
	a, err := app.Open(app.Options{
		Home: s.flags.home, Runtime: s.io.env("XDG_RUNTIME_DIR"),
		Network: s.flags.network, Wallet: s.flags.wallet, Stosnet: s.io.env("STOS_STOSNET"),
		Keyring: app.SystemKeyring(s.io.env("DBUS_SESSION_BUS_ADDRESS")), Updates: s.updates(),
	})
	if err != nil {
		return nil, err
	}
	s.app = a
	return a, nil
}

// unlocked opens the profile and unlocks its wallet.
func (s *session) unlocked(ctx context.Context) (*app.App, error) {
	a, err := s.open()
	if err != nil {
		return nil, err
	}
	if err := a.NeedKey(); err != nil {
		return nil, err // before anybody is asked for a password
	}
	if s.flags.passwordFile == "" && s.io.env("STOS_PASSWORD") == "" {
		if opened, err := a.UnlockByKeyring(ctx); opened && err == nil {
			return a, nil
		} // else the password opens it
	}
	password, err := s.password("Password: ")
	if err != nil {
		return nil, err
	}
	defer clear(password)
	return a, a.Unlock(ctx, password)
}

func (s *session) close() error {
	if s.app == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	return s.app.Close(ctx)
}

// exactly is cobra.ExactArgs with a sentence for people.
func exactly(n int, what string) cobra.PositionalArgs { return between(n, n, what) }

func between(least, most int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if least <= len(args) && len(args) <= most {
			return nil
		}
		return fault.Wrong(errors.New("wrong number of arguments"), "This command needs %s: %s", what, cmd.UseLine())
	}
}
