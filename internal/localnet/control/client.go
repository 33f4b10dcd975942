package control

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// ErrNotRunning is returned when no running network answers for the folder.
var ErrNotRunning = errors.New("no network answers for this folder")

// Client is the [Fleet] of a network that runs in another process.
type Client struct {
	contact contact
	http    *http.Client
}

// Connect finds the network that runs in dir. The error wraps [ErrNotRunning]
// when none answers; one that is just starting does not answer yet.
func Connect(ctx context.Context, dir string) (*Client, error) {
	raw, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotRunning, err)
	}
	c := &Client{http: &http.Client{Transport: &http.Transport{Proxy: nil}}}
	if err := json.Unmarshal(raw, &c.contact); err != nil {
		return nil, fmt.Errorf("%w: read the control file: %w", ErrNotRunning, err)
	}
	if _, err := c.Nodes(ctx); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// Close ends idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Nodes lists the nodes by number.
func (c *Client) Nodes(ctx context.Context) ([]Node, error) {
	var list []Node
	err := c.call(ctx, http.MethodGet, "/nodes", nil, &list)
	return list, err
}

// Add makes one more node.
func (c *Client) Add(ctx context.Context, capacity int64, tier int) (Node, error) {
	var n Node
	err := c.call(ctx, http.MethodPost, "/nodes", added{Capacity: capacity, Tier: tier}, &n)
	return n, err
}

// Drain moves everything away from a node in the background.
func (c *Client) Drain(ctx context.Context, name string) error { return c.act(ctx, name, "drain") }

// Remove takes a node out of the network.
func (c *Client) Remove(ctx context.Context, name string) error { return c.act(ctx, name, "remove") }

// Stop switches a node off.
func (c *Client) Stop(ctx context.Context, name string) error { return c.act(ctx, name, "stop") }

// Start switches a node on.
func (c *Client) Start(ctx context.Context, name string) error { return c.act(ctx, name, "start") }

func (c *Client) act(ctx context.Context, name, action string) error {
	return c.call(ctx, http.MethodPost, "/nodes/"+url.PathEscape(name)+"/"+action, nil, nil)
}

// CloseEpoch has the present epoch reported to the chain.
func (c *Client) CloseEpoch(ctx context.Context) (Epoch, error) {
	var e Epoch
	err := c.call(ctx, http.MethodPost, "/epoch", nil, &e)
	return e, err
}

// Check has the store proved.
func (c *Client) Check(ctx context.Context, repair bool, progress func(done, total int64)) (Report, error) {
	body, err := c.send(ctx, http.MethodPost, "/check", checked{Repair: repair})
	if err != nil {
		return Report{}, err
	}
	defer body.Close()
	lines := json.NewDecoder(body)
	for {
		var l checkLine
		if err := lines.Decode(&l); err != nil {
			return Report{}, fmt.Errorf("%w: read the report: %w", ErrNotRunning, unlessEnded(ctx, err))
		}
		switch {
		case l.Error != nil:
			return Report{}, l.Error.asError()
		case l.Report != nil:
			return *l.Report, nil
		case progress != nil:
			progress(l.Done, l.Total)
		}
	}
}

// call sends one request; in and out may be nil.
func (c *Client) call(ctx context.Context, method, path string, in, out any) error {
	body, err := c.send(ctx, method, path, in)
	if err != nil {
		return err
	}
	defer body.Close()
	if out == nil {
		return nil
	}
	if err := json.NewDecoder(body).Decode(out); err != nil {
		return fmt.Errorf("%w: read the answer: %w", ErrNotRunning, unlessEnded(ctx, err))
	}
	return nil
}

func (c *Client) send(ctx context.Context, method, path string, in any) (io.ReadCloser, error) {
	var body bytes.Buffer
	if in != nil {
		if err := json.NewEncoder(&body).Encode(in); err != nil {
			return nil, fmt.Errorf("ask the network: %w", err)
		}
	}
	r, err := http.NewRequestWithContext(ctx, method, "http://"+c.contact.Address+path, &body)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotRunning, err)
	}
	r.Header.Set("Authorization", "Bearer "+c.contact.Token)
	answer, err := c.http.Do(r)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotRunning, unlessEnded(ctx, err))
	}
	switch answer.StatusCode {
	case http.StatusOK:
		return answer.Body, nil
	case http.StatusUnprocessableEntity:
		defer answer.Body.Close()
		var p problem
		if err := json.NewDecoder(answer.Body).Decode(&p); err == nil && p.Sentence != "" {
			return nil, p.asError()
		}
	}
	answer.Body.Close()
	return nil, fmt.Errorf("%w: %s", ErrNotRunning, answer.Status)
}

func (p *problem) asError() error {
	return &fault.Error{Kind: fault.Kind(p.Kind), Sentence: p.Sentence}
}

// unlessEnded says that the caller gave up, where that is why.
func unlessEnded(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}
