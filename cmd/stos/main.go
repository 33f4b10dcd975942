// Command stos is Stratos Drive without a window: the same wallet, drive and
// player, for terminals and scripts. docs/cli.md describes every command.
package main

import (
	"context"
	"io"
	"log"
	"os"
	"os/signal"
	"syscall"

	"github.com/stratosdrive/stratosdrive/wallet/secret"
)

// version is set by the build.
var version = "dev"

func main() {
	_ = secret.NoDumps()      // where that is refused, secrets lie in pages that dumps leave out
	log.SetOutput(io.Discard) // net/http repeats there what a server says out of turn
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], stdio{in: os.Stdin, out: os.Stdout, err: os.Stderr, env: os.Getenv})
	stop()
	os.Exit(code)
}
