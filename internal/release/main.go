// Command release makes and signs the index of a release (docs/updates.md). It
// is for those who publish the program, and is in no package.
//
//	go run ./internal/release key FILE
//	go run ./internal/release index --dir dist --version v1.2.0 --key FILE
//	go run ./internal/release cosign --dir dist --key FILE
//	go run ./internal/release verify --dir dist --keys 1:BASE64
//
// A key is read from a file that nobody else can read; it is never an argument.
package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"
)

// indexName is what the index is called beside the packages.
const indexName = "index.json"

func main() {
	if err := command(os.Stdout, time.Now).Execute(); err != nil {
		os.Exit(1)
	}
}

// command is the whole command line; now tells the time.
func command(out io.Writer, now func() time.Time) *cobra.Command {
	root := &cobra.Command{Use: "release", Short: "Make and sign the index of a release", SilenceUsage: true}
	root.SetOut(out)
	root.AddCommand(keyCommand(), indexCommand(now), cosignCommand(), verifyCommand())
	return root
}

func keyCommand() *cobra.Command {
	return &cobra.Command{
		Use: "key FILE", Short: "Make a key, and print what is built into the program", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			public, err := newKey(args[0])
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s\n", public)
			return err
		},
	}
}

func indexCommand(now func() time.Time) *cobra.Command {
	var m maker
	var key, keys string
	cmd := &cobra.Command{
		Use: "index", Short: "Make the index of the packages in a folder, and sign it", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			private, err := readKey(key)
			if err != nil {
				return err
			}
			m.now = now()
			skipped, err := m.publish(private)
			for _, name := range skipped {
				fmt.Fprintf(cmd.OutOrStdout(), "left out: %s\n", name)
			}
			if err != nil {
				return err
			}
			return prove(cmd.OutOrStdout(), m.dir, keys, private)
		},
	}
	f := cmd.Flags()
	f.StringVar(&m.dir, "dir", "dist", "folder of the packages, which gets the index")
	f.StringVar(&m.version, "version", "", "version of the release, such as v1.2.0")
	f.StringVar(&m.date, "date", "", "when the release came out, such as 2027-03-01T12:00:00Z; empty: now; for signing it anew")
	f.StringVar(&m.notes, "notes", "", "file that says what is new, in plain text")
	f.StringVar(&m.base, "base", "", "address of the packages; empty: beside the index")
	f.IntVar(&m.days, "days", 60, "days for which the index is believed; it is signed again before")
	f.StringVar(&key, "key", "", "file with the key to sign with")
	f.StringVar(&keys, "keys", "", "keys of the build to prove the index with; empty: the one that signed")
	return cmd
}

func cosignCommand() *cobra.Command {
	var dir, key string
	cmd := &cobra.Command{
		Use: "cosign", Short: "Add the signature of another key, after comparing the packages", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			private, err := readKey(key)
			if err != nil {
				return err
			}
			return cosign(cmd.OutOrStdout(), dir, private)
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "dist", "folder of the packages and the index")
	cmd.Flags().StringVar(&key, "key", "", "file with the key to sign with")
	return cmd
}

func verifyCommand() *cobra.Command {
	var dir, keys string
	cmd := &cobra.Command{
		Use: "verify", Short: "Prove an index and the packages beside it with the keys of a build", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return prove(cmd.OutOrStdout(), dir, keys, nil) },
	}
	cmd.Flags().StringVar(&dir, "dir", "dist", "folder of the packages and the index")
	cmd.Flags().StringVar(&keys, "keys", "", "keys of the build, such as 2:BASE64,BASE64,BASE64")
	return cmd
}
