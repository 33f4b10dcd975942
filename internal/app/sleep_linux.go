package app

import (
	"context"
	"os"

	"github.com/godbus/dbus/v5"
)

// What logind is called, and how it tells that the computer goes to sleep.
const (
	logind       = "org.freedesktop.login1"
	logindPath   = "/org/freedesktop/login1"
	logindAll    = logind + ".Manager"
	logindSleeps = "PrepareForSleep"
)

// beforeSleep calls lock before the computer sleeps, until ctx ends. Logind
// waits for it. Without a bus or without logind it does nothing: what happened
// is noticed when the computer wakes.
func beforeSleep(ctx context.Context, bus string, lock func()) {
	conn, err := dbus.Connect(bus, dbus.WithContext(ctx))
	if err != nil {
		return
	}
	defer conn.Close()
	signals := make(chan *dbus.Signal, 4)
	conn.Signal(signals)
	err = conn.AddMatchSignalContext(ctx, dbus.WithMatchSender(logind), dbus.WithMatchInterface(logindAll), dbus.WithMatchMember(logindSleeps))
	if err != nil {
		return
	}
	wait := delaySleep(ctx, conn)
	defer func() { wait() }()
	for {
		select {
		case <-ctx.Done():
			return
		case s, open := <-signals:
			if !open {
				return
			}
			if starts, told := sleepStarts(s); told && starts {
				lock()
				wait()
				wait = func() {}
			} else if told {
				wait = delaySleep(ctx, conn)
			}
		}
	}
}

// sleepStarts tells what a signal says: that the computer goes to sleep, or that
// it woke.
func sleepStarts(s *dbus.Signal) (starts, told bool) {
	if s.Name != logindAll+"."+logindSleeps || len(s.Body) != 1 {
		return false, false
	}
	starts, told = s.Body[0].(bool)
	return starts, told
}

// delaySleep makes logind wait, for some seconds at most, until go on is called.
func delaySleep(ctx context.Context, conn *dbus.Conn) (goOn func()) {
	var held dbus.UnixFD
	err := conn.Object(logind, logindPath).CallWithContext(ctx, logindAll+".Inhibit", 0,
		"sleep", "Stratos Drive", "The wallet is locked first", "delay").Store(&held)
	if err != nil {
		return func() {}
	}
	file := os.NewFile(uintptr(held), "inhibitor")
	return func() { _ = file.Close() }
}
