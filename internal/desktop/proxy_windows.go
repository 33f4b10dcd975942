package desktop

import (
	"context"

	"golang.org/x/sys/windows/registry"
)

const internetKey = `Software\Microsoft\Windows\CurrentVersion\Internet Settings`

// SystemProxy asks the system for the proxy of the user.
func SystemProxy(context.Context, string) Proxy {
	key, err := registry.OpenKey(registry.CURRENT_USER, internetKey, registry.QUERY_VALUE)
	if err != nil {
		return Proxy{}
	}
	defer key.Close()
	if on, _, err := key.GetIntegerValue("ProxyEnable"); err != nil || on == 0 {
		return Proxy{}
	}
	server, err := read(internetKey, "ProxyServer")
	if err != nil {
		return Proxy{}
	}
	override, err := read(internetKey, "ProxyOverride")
	if err != nil {
		override = "" // none
	}
	return windowsProxy(server, override)
}
