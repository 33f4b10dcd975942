// Command stratosdrive is the window of Stratos Drive: a synced folder, a
// wallet and a player.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"github.com/stratosdrive/stratosdrive/assets"
	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/desktop"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui"
	"github.com/stratosdrive/stratosdrive/ui/gallery"
	"github.com/stratosdrive/stratosdrive/ui/shell"
	"github.com/stratosdrive/stratosdrive/ui/tray"
	"github.com/stratosdrive/stratosdrive/ui/watch"
	"github.com/stratosdrive/stratosdrive/wallet/secret"
)

// version is set by the build.
var version = "dev"

// hiddenFlag starts the program without its window.
const hiddenFlag = "hidden"

// systemBus is where the system's message bus is on Linux.
const systemBus = "unix:path=/var/run/dbus/system_bus_socket"

// closeTime is how long ending the practice network may take.
const closeTime = 20 * time.Second

func main() {
	home := flag.String("home", os.Getenv("STOS_HOME"), "profile folder")
	network := flag.String("network", os.Getenv("STOS_NETWORK"), "local, mainnet, mesos, or a network.json file")
	hidden := flag.Bool(hiddenFlag, false, "start without showing the window, where it can be reached otherwise")
	showVersion := flag.Bool("version", false, "print the version")
	showGallery := flag.Bool("gallery", false, "show every widget in every state, for those who build them")
	printManual := flag.String("manual", "", "print the manual page (`man`), or what a shell completes (bash, zsh, fish)")
	flag.Parse()
	if *printManual != "" {
		if err := writeManual(os.Stdout, *printManual, flag.CommandLine); err != nil {
			fmt.Fprintln(os.Stderr, "stratosdrive:", err)
			os.Exit(int(fault.WrongUse))
		}
		return
	}
	if *showVersion {
		fmt.Println(version)
		return
	}
	if *showGallery {
		gallery.Run(fyneapp.NewWithID(ui.AppID))
		return
	}
	if updateSettled() {
		return
	}
	listenToToolkit()
	_ = secret.NoDumps() // where that is refused, secrets lie in pages that dumps leave out
	err := run(app.Options{
		Home: *home, Network: *network, Runtime: os.Getenv("XDG_RUNTIME_DIR"), Stosnet: os.Getenv("STOS_STOSNET"),
		Keyring:    app.SystemKeyring(os.Getenv("DBUS_SESSION_BUS_ADDRESS")),
		SystemBus:  cmp.Or(os.Getenv("DBUS_SYSTEM_BUS_ADDRESS"), systemBus),
		SessionBus: sessionBus(os.Getenv("DBUS_SESSION_BUS_ADDRESS"), os.Getenv("XDG_RUNTIME_DIR")),
		Desktop:    userDesktop(*home), Updates: updates(),
	}, *hidden, linkIn(flag.Arg(0)))
	giveUp(err)
	os.Exit(fault.ExitCode(err))
}

// sessionBus is where the message bus of the user's session is on Linux: where
// the environment says, or else where systemd puts it.
func sessionBus(told, runtime string) string {
	if told != "" || runtime == "" {
		return told
	}
	return "unix:path=" + filepath.Join(runtime, "bus")
}

// userDesktop is the desktop of the user, who may have named a profile; nil
// where the system has no place for such things.
func userDesktop(profile string) *desktop.Desktop {
	program, perr := os.Executable()
	home, herr := os.UserHomeDir()
	config, cerr := os.UserConfigDir()
	if errors.Join(perr, herr, cerr) != nil {
		return nil
	}
	d := &desktop.Desktop{
		Program: desktop.Program{
			ID: ui.AppID, Name: "Stratos Drive", Path: cmp.Or(ownAppImage(program), program), Icon: assets.AppIcon,
		},
		Places: desktop.Places{
			Home: home, Config: config, Data: cmp.Or(os.Getenv("XDG_DATA_HOME"), filepath.Join(home, ".local", "share")),
			Shared: filepath.SplitList(cmp.Or(os.Getenv("XDG_DATA_DIRS"), "/usr/local/share:/usr/share")),
		},
	}
	if abs, err := filepath.Abs(profile); profile != "" && err == nil {
		d.Program.Args = []string{"--home", abs}
	}
	return d
}

// run shows the window until it is closed, and ends what it started. link is
// what the program was started with.
func run(o app.Options, hidden bool, link string) error {
	a, err := app.Open(o)
	if err != nil {
		return err
	}
	bell := &doorbell{}
	if only, err := a.OnlyWindow(link, bell.ring); err != nil || !only {
		return errors.Join(err, a.Close(context.Background()))
	}
	if err := useSystemProxy(o.SessionBus, proxyWait); err != nil {
		return errors.Join(err, a.Close(context.Background()))
	}
	a.GuardNodes(app.NodeGuard{}) // until the profile is closed; the window tells what it hears
	toolkit, side, rest := newToolkit(os.Getenv(checkName) != ""), &frame{}, newIdler()
	window := ui.New(context.Background(), toolkit, a, ui.Options{
		NewPlayer: player(a), NewThumbnails: thumbnails(a), Screen: screen, Zoom: zoom(os.Getenv(scaleName)), Version: version, Hidden: hidden,
		NewTray: newTray(rest.Do), Frame: side, Do: rest.Do,
	})
	ask, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	quit := func() { rest.Do(toolkit.Quit) }
	context.AfterFunc(ask, quit)
	a.OnDesktop(func() { window.Raise("") }, quit)
	complain(a.TellDesktop())
	a.WatchUpdates()
	window.Shell().Offer(link)
	bell.answer(window.Raise)
	toolkit.Lifecycle().SetOnStarted(func() {
		side.Follow(window.Shell().Back, window.Shell().Forward)
		go rest.run(window.Playing, window.Typing)
		go func() { complain(a.ConfirmUpdate()) }()
	})
	window.Run()
	ctx, cancel := context.WithTimeout(context.Background(), closeTime)
	defer cancel()
	return errors.Join(a.Close(ctx), lastDeed(a))
}

// checkName is the environment that lets the toolkit tell of calls which do not
// come from the UI goroutine; for tests.
const checkName = "STOS_CHECK_THREADS"

// newToolkit starts the toolkit. Looking for each object that changes which
// goroutine changed it takes a seventh of the time to scroll.
func newToolkit(check bool) fyne.App {
	fyneapp.SetMetadata(fyne.AppMetadata{
		ID: ui.AppID, Name: "Stratos Drive", Version: version, Migrations: map[string]bool{"fyneDo": !check},
	})
	return fyneapp.NewWithID(ui.AppID)
}

// scaleName is where the toolkit finds the size of everything it draws.
const scaleName = "FYNE_SCALE"

// zoom changes the size of everything, from what the environment asked for.
func zoom(told string) func(percent int) {
	from, err := strconv.ParseFloat(told, 64)
	if err != nil || from <= 0 {
		from = 1
	}
	return func(percent int) {
		_ = os.Setenv(scaleName, strconv.FormatFloat(from*float64(percent)/100, 'f', 2, 64)) // fails for names with a NUL only
	}
}

// newTray puts the icon of the program into the tray of the desktop. do runs a
// function on the UI goroutine.
func newTray(do func(func())) shell.NewTray {
	return func(tapped func()) shell.Tray {
		return tray.New("Stratos Drive", assets.TrayIcon, tapped, do)
	}
}

// player lets the window start libmpv without knowing it.
func player(a *app.App) watch.NewPlayer {
	return func(onFrame, onChange func()) (watch.Player, error) {
		p, err := a.NewPlayer(onFrame, onChange)
		if err != nil {
			return nil, err
		}
		return p, nil
	}
}

// thumbnails lets the window make small pictures of a video.
func thumbnails(a *app.App) watch.NewThumbnails {
	return func(address string, ready func()) (watch.Thumbnails, error) {
		t, err := a.NewThumbnails(address, ready)
		if err != nil {
			return nil, err
		}
		return t, nil
	}
}
