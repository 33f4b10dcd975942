package session

import (
	"context"
	"os"
	"time"

	"github.com/godbus/dbus/v5"
)

// Who keeps the screen on, and how: the screen saver of the desktop, or logind,
// which sees to idle computers where there is no desktop.
const (
	saver     = "org.freedesktop.ScreenSaver"
	saverPath = "/org/freedesktop/ScreenSaver"

	logind     = "org.freedesktop.login1"
	logindPath = "/org/freedesktop/login1"
)

const (
	program = "Stratos Drive"
	reason  = "A video is playing"
)

// patience is how long one who does not answer is waited for.
const patience = 2 * time.Second

// wakeLock asks those who would turn the screen off not to. Both forget it by
// themselves when this process ends.
type wakeLock struct {
	session   *dbus.Conn // nil where there is none
	systemBus string

	held func() // gives it back; nil while nothing is held
}

func (w *wakeLock) hold() {
	if w.held != nil {
		return
	}
	for _, ask := range []func() func(){w.saver, w.logind} {
		if w.held = ask(); w.held != nil {
			return
		}
	}
	w.held = func() {} // nobody there: not asked again with every picture
}

func (w *wakeLock) release() {
	if w.held != nil {
		w.held()
		w.held = nil
	}
}

func (w *wakeLock) saver() (giveBack func()) {
	if w.session == nil {
		return nil
	}
	var cookie uint32
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	desk := w.session.Object(saver, saverPath)
	if desk.CallWithContext(ctx, saver+".Inhibit", 0, program, reason).Store(&cookie) != nil {
		return nil
	}
	return func() { desk.Go(saver+".UnInhibit", dbus.FlagNoReplyExpected, nil, cookie) } // one that is gone has forgotten it
}

func (w *wakeLock) logind() (giveBack func()) {
	conn := dial(w.systemBus)
	if conn == nil {
		return nil
	}
	defer conn.Close()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var held dbus.UnixFD
	err := conn.Object(logind, logindPath).CallWithContext(ctx, logind+".Manager.Inhibit", 0, "idle", program, reason, "block").Store(&held)
	if err != nil {
		return nil
	}
	file := os.NewFile(uintptr(held), "inhibitor")
	return func() { _ = file.Close() }
}
