package desktop

import (
	"net/url"
	"strings"
)

// Proxy is the proxy that the user chose for the whole system. The zero value is
// none.
type Proxy struct {
	URL    string // http://host:port or socks5://host:port
	Except string // hosts that need none, as NO_PROXY has them
}

// proxyURL tidies the address of a proxy; "" for what is none.
func proxyURL(text string) string {
	text = strings.TrimSpace(text)
	if text == "" || strings.HasPrefix(text, "direct:") {
		return ""
	}
	if !strings.Contains(text, "://") {
		text = "http://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" {
		return ""
	}
	switch u.Scheme {
	case "socks":
		u.Scheme = "socks5"
	case "http", "https", "socks5":
	default:
		return ""
	}
	return u.String()
}

// firstProxy is the first proxy of a list that a system resolved, such as
// "direct://", "http://proxy:3128".
func firstProxy(list []string) Proxy {
	if len(list) == 0 {
		return Proxy{}
	}
	return Proxy{URL: proxyURL(list[0])}
}

// windowsProxy reads the Internet Settings of Windows: "host:port", or
// "http=host:port;https=host:port", and hosts that need none.
func windowsProxy(server, override string) Proxy {
	chosen := ""
	for each := range strings.SplitSeq(server, ";") {
		kind, address, several := strings.Cut(each, "=")
		switch {
		case !several && chosen == "":
			chosen = each
		case kind == "https", kind == "http" && chosen == "":
			chosen = address
		case kind == "socks" && chosen == "":
			chosen = "socks5://" + address
		}
	}
	p := Proxy{URL: proxyURL(chosen)}
	var hosts []string
	for each := range strings.SplitSeq(override, ";") {
		if each = strings.TrimPrefix(strings.TrimSpace(each), "*"); each != "" && each != "<local>" {
			hosts = append(hosts, each)
		}
	}
	if p.URL != "" {
		p.Except = strings.Join(hosts, ",")
	}
	return p
}

// scutilProxy reads what "scutil --proxy" prints on macOS.
func scutilProxy(text string) Proxy {
	values := map[string]string{}
	for line := range strings.Lines(text) {
		if key, value, ok := strings.Cut(line, " : "); ok {
			values[strings.TrimSpace(key)] = strings.TrimSpace(value)
		}
	}
	for _, kind := range []struct{ name, scheme string }{{"HTTPS", "http"}, {"HTTP", "http"}, {"SOCKS", "socks5"}} {
		if values[kind.name+"Enable"] == "1" && values[kind.name+"Proxy"] != "" {
			address := kind.scheme + "://" + values[kind.name+"Proxy"]
			if port := values[kind.name+"Port"]; port != "" {
				address += ":" + port
			}
			return Proxy{URL: proxyURL(address)}
		}
	}
	return Proxy{}
}
