package main

import (
	"context"
	"flag"
	"os"

	"github.com/stratosdrive/stratosdrive/internal/app"
)

// Where newer versions come from, and whose signatures are believed; set by the
// build. Without them the program does not look.
var updateAddress, updateKeys string

// updates say where newer versions of this program come from.
func updates() app.UpdateOptions {
	program, _ := os.Executable() // without it nobody can tell how it was installed
	return app.UpdateOptions{Address: updateAddress, Keys: updateKeys, Version: version, Program: program, AppImage: ownAppImage(program)}
}

// ownAppImage is the AppImage that this program was started from, if it was.
func ownAppImage(program string) string {
	return app.OwnAppImage(os.Getenv("APPIMAGE"), os.Getenv("APPDIR"), program)
}

// updateSettled ends what became of a new version that was cut off or did not start.
// over means that the old one was started in place of this one.
func updateSettled() (over bool) {
	over, err := app.SettleUpdate(updates(), os.Args[1:]...)
	complain(err)
	return over
}

// lastDeed brings in a new version when the window is gone, if there is one.
func lastDeed(a *app.App) error {
	if last := a.AfterQuit(); last != nil {
		return last(context.Background(), sameProfile(flag.CommandLine)...)
	}
	return nil
}

// sameProfile are the arguments that start the program again as it was started,
// but with its window, and without the link that was opened then.
func sameProfile(started *flag.FlagSet) (args []string) {
	started.Visit(func(f *flag.Flag) {
		if f.Name != hiddenFlag {
			args = append(args, "--"+f.Name+"="+f.Value.String())
		}
	})
	return args
}
