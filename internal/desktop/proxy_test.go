package desktop

import "testing"

func TestProxiesOfSystems(t *testing.T) {
	for _, c := range []struct{ got, want Proxy }{
		{firstProxy(nil), Proxy{}},
		{firstProxy([]string{"direct://"}), Proxy{}},
		{firstProxy([]string{"http://proxy:3128", "direct://"}), Proxy{URL: "http://proxy:3128"}},
		{firstProxy([]string{"socks://10.0.0.1:1080"}), Proxy{URL: "socks5://10.0.0.1:1080"}},
		{firstProxy([]string{"pac+http://x/y"}), Proxy{}},
		{firstProxy([]string{"://"}), Proxy{}},
		{windowsProxy("proxy:8080", "localhost;*.example.org;<local>"), Proxy{"http://proxy:8080", "localhost,.example.org"}},
		{windowsProxy("http=a:1;https=b:2;ftp=c:3", ""), Proxy{URL: "http://b:2"}},
		{windowsProxy("socks=d:4", ""), Proxy{URL: "socks5://d:4"}},
		{windowsProxy("", "localhost"), Proxy{}},
		{scutilProxy("<dictionary> {\n  HTTPSEnable : 1\n  HTTPSPort : 3128\n  HTTPSProxy : proxy.local\n}\n"), Proxy{URL: "http://proxy.local:3128"}},
		{scutilProxy("<dictionary> {\n  HTTPSEnable : 0\n  HTTPSProxy : no\n  SOCKSEnable : 1\n  SOCKSPort : 1080\n  SOCKSProxy : s\n}\n"), Proxy{URL: "socks5://s:1080"}},
		{scutilProxy(""), Proxy{}},
	} {
		if c.got != c.want {
			t.Errorf("%+v, want %+v", c.got, c.want)
		}
	}
}

func FuzzProxy(f *testing.F) {
	f.Add("http=a:1;https=b:2", "HTTPSEnable : 1\nHTTPSProxy : x")
	f.Fuzz(func(t *testing.T, server, text string) {
		for _, p := range []Proxy{windowsProxy(server, ""), scutilProxy(text), firstProxy([]string{server})} {
			if p.URL != "" && proxyURL(p.URL) != p.URL {
				t.Errorf("%q is read as %q", p.URL, proxyURL(p.URL))
			}
		}
	})
}
