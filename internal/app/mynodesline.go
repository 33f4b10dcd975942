package app

import (
	"context"
	"net"
	"net/url"
)

// hasLine tells whether this computer reaches anybody: one of the servers of the
// network in use, where it has some elsewhere. A server that refuses is somebody.
// Else the system is asked for a way to the nodes that are silent.
func (a *App) hasLine(ctx context.Context, silent []string) bool {
	var servers []string
	if n, err := a.network(); err == nil {
		for _, address := range append([]string{n.REST, n.RPC}, n.RESTMore...) {
			if address != "" && !isNear(address) {
				servers = append(servers, address)
			}
		}
	}
	if len(servers) == 0 {
		return hasLine(ctx, silent)
	}
	return anyAnswers(ctx, servers)
}

// anyAnswers connects to all addresses at the same time.
func anyAnswers(ctx context.Context, addresses []string) bool {
	ctx, cancel := context.WithTimeout(ctx, lineTime)
	defer cancel()
	answers := make(chan bool, len(addresses))
	for _, address := range addresses {
		go func() { answers <- answersTCP(ctx, address) }()
	}
	for range addresses {
		if <-answers {
			return true
		}
	}
	return false
}

func answersTCP(ctx context.Context, address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	c, err := new(net.Dialer).DialContext(ctx, "tcp", net.JoinHostPort(u.Hostname(), port))
	if err == nil {
		c.Close()
	}
	return err == nil || refused(err)
}
