package app

import (
	"context"
	"net"
	"testing"
)

func TestRefused(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	at := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	var d net.Dialer
	c, err := d.DialContext(t.Context(), "tcp", at)
	if err == nil {
		c.Close()
		t.Skip("another program took the port")
	}
	if !refused(err) || !answersTCP(t.Context(), "http://"+at) {
		t.Errorf("%v is not known", err)
	}
	if refused(context.DeadlineExceeded) {
		t.Error("a computer that does not answer refuses nothing")
	}
}
