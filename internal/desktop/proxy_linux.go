package desktop

import "context"

// SystemProxy asks the desktop for the proxy of the user, by the portal that
// knows it. bus is the address of the message bus of the session.
func SystemProxy(ctx context.Context, bus string) Proxy {
	conn, err := connect(ctx, bus)
	if err != nil {
		return Proxy{}
	}
	defer conn.Close()
	var list []string
	err = conn.Object("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop").
		CallWithContext(ctx, "org.freedesktop.portal.ProxyResolver.Lookup", 0, "https://example.org/").Store(&list)
	if err != nil {
		return Proxy{}
	}
	return firstProxy(list)
}
