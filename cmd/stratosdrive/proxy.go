package main

import (
	"context"
	"os"
	"slices"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/desktop"
)

// proxyWait is how long the desktop has to tell its proxy: asking must not hold
// up the window.
const proxyWait = 300 * time.Millisecond

// proxyNames are what the environment calls proxies; if it has one, that is the
// user's word.
var proxyNames = []string{"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"}

// useSystemProxy lets everything that is fetched go through the proxy that the
// user chose for the whole system, if the desktop tells it in time. It must be
// called before anything is fetched.
func useSystemProxy(bus string, wait time.Duration) error {
	if slices.ContainsFunc(proxyNames, func(name string) bool { return os.Getenv(name) != "" }) {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), wait)
	defer cancel()
	told := make(chan desktop.Proxy, 1)
	go func() { told <- desktop.SystemProxy(ctx, bus) }()
	var p desktop.Proxy
	select {
	case p = <-told:
	case <-ctx.Done():
	}
	if p.URL == "" {
		return nil
	}
	for _, name := range proxyNames[:4] {
		if err := os.Setenv(name, p.URL); err != nil {
			return err
		}
	}
	if p.Except == "" || os.Getenv("NO_PROXY") != "" {
		return nil
	}
	return os.Setenv("NO_PROXY", p.Except)
}
