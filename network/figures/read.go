package figures

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// ErrUnreachable is wrapped where a network that publishes figures gave none.
var ErrUnreachable = errors.New("the network does not tell its figures at the moment")

const (
	patience = 10 * time.Second // with one answer
	maxReply = 8 << 20          // bytes; 10,000 nodes take 3 MB
)

// Read asks for what a storage network publishes at address. What it gives was
// checked by [network.Figures.Check]. Plain http is for this computer only. An
// error wraps [ErrUnreachable], or is that of ctx.
func Read(ctx context.Context, client *http.Client, address string) (network.Figures, error) {
	return read[network.Figures](ctx, client, address)
}

// ReadAudience is [Read] for how often the files of an owner were played, which
// a network publishes at address.
func ReadAudience(ctx context.Context, client *http.Client, address, owner string) (network.Audience, error) {
	return read[network.Audience](ctx, client, address+"/"+url.PathEscape(owner))
}

func read[T interface{ Check() error }](ctx context.Context, client *http.Client, address string) (none T, err error) {
	if !trusted(address) {
		return none, fmt.Errorf("%w: bad address", ErrUnreachable)
	}
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	r, err := http.NewRequestWithContext(limited, http.MethodGet, address, nil)
	if err != nil {
		return none, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	answer, err := client.Do(r)
	if err != nil {
		return none, unlessEnded(ctx, err)
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(answer.Body, maxReply))
	if err != nil {
		return none, unlessEnded(ctx, err)
	}
	if answer.StatusCode != http.StatusOK {
		return none, fmt.Errorf("%w: %s", ErrUnreachable, answer.Status)
	}
	return parse[T](raw)
}

// trusted tells whether what comes from an address is what was sent there: over
// https, or from this computer.
func trusted(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "https" || u.Scheme == "http" && ip != nil && ip.IsLoopback()
}

func parse[T interface{ Check() error }](raw []byte) (got T, err error) {
	if err = json.Unmarshal(raw, &got); err == nil {
		err = got.Check()
	}
	if err != nil {
		var none T
		return none, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	return got, nil
}

// unlessEnded says that the caller gave up, where that is why.
func unlessEnded(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return fmt.Errorf("%w: %w", ErrUnreachable, err)
}
