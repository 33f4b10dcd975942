package session

import (
	"io"
	"os"
	"testing"

	"github.com/godbus/dbus/v5"
)

// keeper stands for the screen saver and for logind.
type keeper struct {
	held     chan string
	released chan uint32
	pipe     [2]*os.File // what logind gave away: the other side, and itself
}

func (k *keeper) Inhibit(_, reason string) (uint32, *dbus.Error) {
	k.held <- reason
	return 7, nil
}

func (k *keeper) UnInhibit(cookie uint32) *dbus.Error {
	k.released <- cookie
	return nil
}

func (d *desktop) offer(k any, name string, path dbus.ObjectPath, face string) {
	d.t.Helper()
	if err := d.conn.Export(k, path, face); err != nil {
		d.t.Fatal(err)
	}
	if got, err := d.conn.RequestName(name, dbus.NameFlagDoNotQueue); err != nil || got != dbus.RequestNameReplyPrimaryOwner {
		d.t.Fatal(got, err)
	}
}

func TestScreenStaysOnWhileAPictureMoves(t *testing.T) {
	d := newDesktop(t)
	k := &keeper{held: make(chan string, 9), released: make(chan uint32, 9)}
	d.offer(k, saver, saverPath, saver)
	s := d.open()
	paused, sound := film, film
	paused.Playing, sound.Picture = false, false
	for _, rest := range []Now{paused, sound, {}} {
		s.Show(film)
		if got := <-k.held; got != reason {
			t.Errorf("the reason is %q", got)
		}
		s.Show(rest)
		if cookie := <-k.released; cookie != 7 {
			t.Errorf("cookie %d was given back", cookie)
		}
	}
	s.Show(film)
	<-k.held
	s.Close()
	<-k.released
	if len(k.held) > 0 {
		t.Error("it was asked for more than once")
	}
}

// lock is logind's side.
type lock struct{ *keeper }

func (l lock) Inhibit(what, _, _, mode string) (dbus.UnixFD, *dbus.Error) {
	ours, theirs, err := os.Pipe()
	if err != nil {
		return 0, dbus.MakeFailedError(err)
	}
	l.pipe = [2]*os.File{ours, theirs}
	fd := dbus.UnixFD(theirs.Fd())
	l.held <- what + " " + mode
	return fd, nil
}

// TestWithoutAScreenSaver: logind is asked, and sees that the file is closed.
func TestWithoutAScreenSaver(t *testing.T) {
	d := newDesktop(t)
	k := &keeper{held: make(chan string, 9), released: make(chan uint32, 9)}
	d.offer(lock{k}, logind, logindPath, logind+".Manager")
	s := Open(Options{SystemBus: d.address})
	s.Show(film)
	if got := <-k.held; got != "idle block" {
		t.Errorf("asked for %q", got)
	}
	s.Close()
	_ = k.pipe[1].Close() // as logind does once it was sent
	if _, err := io.ReadAll(k.pipe[0]); err != nil {
		t.Error(err)
	}
	_ = k.pipe[0].Close()
}
