package main

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/localnet"
	"github.com/stratosdrive/stratosdrive/internal/localnet/control"
)

const jsonFlag = "json"

// errSaid wraps a failure whose JSON object is printed already.
var errSaid = errors.New("told")

// tell says what went wrong: one sentence, or one object where that was asked
// for.
func tell(root *cobra.Command, err error) {
	if err == nil {
		return
	}
	if !wantsJSON(root) {
		fmt.Fprintln(root.ErrOrStderr(), fault.Sentence(err))
		return
	}
	if !errors.Is(err, errSaid) {
		_ = show(root, map[string]any{"error": fault.Sentence(err), "exit_code": fault.ExitCode(err)})
	}
}

func wantsJSON(cmd *cobra.Command) bool {
	yes, err := cmd.Root().PersistentFlags().GetBool(jsonFlag)
	return err == nil && yes
}

// show prints one JSON object.
func show(cmd *cobra.Command, value any) error {
	raw, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return fmt.Errorf("print the result: %w", err)
	}
	_, err = fmt.Fprintln(cmd.OutOrStdout(), string(raw))
	return err
}

// withFleet lets do work with the nodes of the network in dir.
func withFleet(cmd *cobra.Command, dir string, do func(f control.Fleet) error) error {
	if dir == "" {
		return fault.Wrong(nil, "Which network? Give its folder with --dir.")
	}
	f, done, err := localnet.Manage(cmd.Context(), dir)
	if err != nil {
		return err
	}
	defer done()
	return do(f)
}

func addDir(cmd *cobra.Command, dir *string) {
	cmd.PersistentFlags().StringVar(dir, "dir", "", "folder of the network")
}

// oneName takes exactly one argument, the name of a node.
func oneName(cmd *cobra.Command, args []string) error {
	if len(args) != 1 {
		return fault.Wrong(nil, "Give the name of one storage node, as stosnet node list shows it: %s.", cmd.UseLine())
	}
	return nil
}
