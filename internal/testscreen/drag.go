package testscreen

import (
	"fmt"
	"image"
	"io"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// client is a program on a screen that hands things to other programs, or takes
// them.
type client struct {
	t      testing.TB
	x      *xgb.Conn
	root   xproto.Window
	window xproto.Window // never shown
	atoms  map[string]xproto.Atom
}

// newClient connects with the screen for as long as waiting makes sense.
func newClient(t testing.TB, display string) *client {
	t.Helper()
	xgb.Logger.SetOutput(io.Discard) // it tells of a missing password, which is none
	x, err := xgb.NewConnDisplay(display)
	if err != nil {
		t.Fatal(err)
	}
	c := &client{t: t, x: x, root: xproto.Setup(x).DefaultScreen(x).Root, atoms: map[string]xproto.Atom{}}
	impatient := time.AfterFunc(patience, x.Close)
	t.Cleanup(func() {
		if impatient.Stop() {
			x.Close()
		}
	})
	if c.window, err = xproto.NewWindowId(x); err != nil {
		t.Fatal(err)
	}
	c.check(xproto.CreateWindowChecked(x, 0, c.window, c.root, 0, 0, 1, 1, 0, xproto.WindowClassInputOutput, 0, 0, nil).Check())
	return c
}

func (c *client) check(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

// atom is the number of a name.
func (c *client) atom(name string) xproto.Atom {
	c.t.Helper()
	if a, ok := c.atoms[name]; ok {
		return a
	}
	reply, err := xproto.InternAtom(c.x, false, uint16(len(name)), name).Reply()
	c.check(err)
	c.atoms[name] = reply.Atom
	return reply.Atom
}

// next is the next event.
func (c *client) next(what string) xgb.Event {
	c.t.Helper()
	event, failed := c.x.WaitForEvent()
	if event == nil {
		c.t.Fatalf("wait for %s: %v", what, failed)
	}
	return event
}

// takes finds a window that files can be dropped on.
func (c *client) takes(window xproto.Window) (xproto.Window, bool) {
	c.t.Helper()
	aware, err := xproto.GetProperty(c.x, false, window, c.atom("XdndAware"), xproto.AtomAny, 0, 1).Reply()
	if err == nil && aware.ValueLen > 0 {
		return window, true
	}
	tree, err := xproto.QueryTree(c.x, window).Reply()
	if err != nil {
		return 0, false // it was closed meanwhile
	}
	for _, each := range tree.Children {
		if found, ok := c.takes(each); ok {
			return found, true
		}
	}
	return 0, false
}

// tell sends a message of the protocol of dragging.
func (c *client) tell(to xproto.Window, name string, data ...uint32) {
	c.t.Helper()
	message := xproto.ClientMessageEvent{
		Format: 32, Window: to, Type: c.atom(name),
		Data: xproto.ClientMessageDataUnionData32New(append([]uint32{uint32(c.window)}, data...)),
	}
	c.check(xproto.SendEventChecked(c.x, false, to, xproto.EventMaskNoEvent, string(message.Bytes())).Check())
}

// awaitAnswer waits until the other program answers with a message, and gives
// it what is dragged when it asks.
func (c *client) awaitAnswer(name, dragged string) {
	c.t.Helper()
	for {
		switch e := c.next(name).(type) {
		case xproto.ClientMessageEvent:
			if e.Type == c.atom(name) {
				return
			}
		case xproto.SelectionRequestEvent:
			c.check(xproto.ChangePropertyChecked(c.x, xproto.PropModeReplace, e.Requestor, e.Property, e.Target, 8,
				uint32(len(dragged)), []byte(dragged)).Check())
			done := xproto.SelectionNotifyEvent{Time: e.Time, Requestor: e.Requestor, Selection: e.Selection, Target: e.Target, Property: e.Property}
			c.check(xproto.SendEventChecked(c.x, false, e.Requestor, xproto.EventMaskNoEvent, string(done.Bytes())).Check())
		}
	}
}

// Drop drags files from another program and lets them fall at a place, by the
// protocol that file managers speak (XDND, version 5).
func (s *Screen) Drop(at image.Point, paths ...string) {
	s.t.Helper()
	c := newClient(s.t, s.display)
	target, ok := c.takes(c.root)
	if !ok {
		s.t.Fatal("no window takes files")
	}
	var list strings.Builder
	for _, path := range paths {
		fmt.Fprintf(&list, "%s\r\n", &url.URL{Scheme: "file", Path: path})
	}
	copying, place := uint32(c.atom("XdndActionCopy")), uint32(at.X)<<16|uint32(at.Y)
	c.check(xproto.SetSelectionOwnerChecked(c.x, c.window, c.atom("XdndSelection"), xproto.TimeCurrentTime).Check())
	c.tell(target, "XdndEnter", 5<<24, uint32(c.atom("text/uri-list")), 0, 0)
	c.tell(target, "XdndPosition", 0, place, xproto.TimeCurrentTime, copying)
	c.awaitAnswer("XdndStatus", "")
	c.tell(target, "XdndDrop", 0, xproto.TimeCurrentTime, 0, 0)
	c.awaitAnswer("XdndFinished", list.String())
}

// Clipboard is the text that was copied last.
func (s *Screen) Clipboard() string {
	s.t.Helper()
	c := newClient(s.t, s.display)
	c.check(xproto.ConvertSelectionChecked(c.x, c.window, c.atom("CLIPBOARD"), c.atom("UTF8_STRING"), c.atom("TEXT"), xproto.TimeCurrentTime).Check())
	for {
		e, ok := c.next("what was copied").(xproto.SelectionNotifyEvent)
		if !ok {
			continue
		}
		if e.Property == xproto.AtomNone {
			return "" // nothing, or no text
		}
		text, err := xproto.GetProperty(c.x, false, c.window, e.Property, xproto.AtomAny, 0, 1<<16).Reply()
		c.check(err)
		return string(text.Value)
	}
}
