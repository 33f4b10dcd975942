package player

import (
	"context"
	"errors"
	"fmt"
	"os/exec"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// ErrNoPlayer means that a program was not found on this computer.
var ErrNoPlayer = errors.New("no such player")

// Other finds a player on this computer that plays addresses; empty where none
// of those that are known is installed.
func Other() string {
	for _, name := range others {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// In plays an address with another program, and returns when that has ended or
// ctx ends, which ends it. The error is [ErrNoPlayer] where there is no such
// program.
func In(ctx context.Context, program, address string) error {
	path, err := exec.LookPath(program)
	if err != nil {
		return fault.Wrong(fmt.Errorf("%w: %w", ErrNoPlayer, err), "The program %s was not found. Give the name of a player that is installed, as mpv or vlc.", program)
	}
	err = exec.CommandContext(ctx, path, address).Run()
	if ctx.Err() != nil {
		return nil
	}
	if err != nil {
		return fault.Say(fmt.Errorf("run player: %w", err), "The program %s could not play this.", program)
	}
	return nil
}
