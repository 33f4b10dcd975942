package main

import (
	"os"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"github.com/stratosdrive/stratosdrive/internal/testbus"
)

// resolver is a desktop that knows the proxy of the user.
type resolver struct{}

// Lookup is asked with an address.
func (resolver) Lookup(string) ([]string, *dbus.Error) { return []string{"http://proxy:3128"}, nil }

func TestTheProxyOfTheSystemIsUsed(t *testing.T) {
	bus := testbus.Start(t)
	conn, err := dbus.Connect(bus)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.Export(resolver{}, "/org/freedesktop/portal/desktop", "org.freedesktop.portal.ProxyResolver"); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.RequestName("org.freedesktop.portal.Desktop", dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	for _, name := range append(proxyNames, "NO_PROXY") {
		t.Setenv(name, "")
	}
	t.Setenv("http_proxy", "http://own:1")
	if err := useSystemProxy(bus, time.Minute); err != nil || os.Getenv("HTTPS_PROXY") != "" {
		t.Errorf("the user's own word is not taken: %v", err)
	}
	t.Setenv("http_proxy", "")
	if err := useSystemProxy("", time.Minute); err != nil || os.Getenv("HTTPS_PROXY") != "" {
		t.Errorf("a proxy out of nothing: %v", err)
	}
	if err := useSystemProxy(bus, time.Minute); err != nil || os.Getenv("HTTPS_PROXY") != "http://proxy:3128" || os.Getenv("http_proxy") != "http://proxy:3128" {
		t.Errorf("%v, the proxy is %q", err, os.Getenv("HTTPS_PROXY"))
	}
}
