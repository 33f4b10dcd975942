package app

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// tellRunning asks the program that syncs this drive, if there is one, and
// reads its answer into to, which may be nil.
func (a *App) tellRunning(ctx context.Context, what string, to any) error {
	body, err := a.askRunning(ctx, what)
	if err != nil || body == nil {
		return err
	}
	defer body.Close()
	if to == nil {
		return nil
	}
	if err := json.NewDecoder(body).Decode(to); err != nil {
		return fault.Say(err, "The program that syncs this drive gave no answer that makes sense. Perhaps it is of another version; restart it.")
	}
	return nil
}

// askRunning sends a question to the program that syncs this drive. Without
// such a program the answer is nil.
func (a *App) askRunning(ctx context.Context, what string) (io.ReadCloser, error) {
	for _, home := range a.driveHomes() {
		var c controlAddress
		raw, err := os.ReadFile(filepath.Join(home, controlName))
		if err != nil || json.Unmarshal(raw, &c) != nil || c.Version != controlVersion {
			continue
		}
		body, err := c.ask(ctx, what)
		if err != nil || body != nil {
			return body, err
		}
	}
	return nil, nil
}

// ask returns nil where nobody listens: the file was left behind by a program
// that died.
func (c controlAddress) ask(ctx context.Context, what string) (io.ReadCloser, error) {
	u, err := url.Parse(c.URL)
	if err != nil || u.Scheme != "http" || u.Hostname() != "127.0.0.1" {
		return nil, nil //nolint:nilerr // not written by us
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimSuffix(c.URL, "/")+"/"+what, http.NoBody)
	if err != nil {
		return nil, fmt.Errorf("ask the program that syncs: %w", err)
	}
	req.Header.Set("Authorization", "Bearer "+c.Token)
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}} // loopback: no proxy
	resp, err := client.Do(req)
	if err != nil {
		return nil, ctx.Err()
	}
	switch resp.StatusCode {
	case http.StatusOK:
		return resp.Body, nil
	case http.StatusConflict:
		defer resp.Body.Close()
		var r refusal
		if err := json.NewDecoder(resp.Body).Decode(&r); err != nil || r.Error == "" {
			return nil, fault.Say(err, "The program that syncs this drive refused. Try again.")
		}
		return nil, &fault.Error{Kind: fault.Kind(r.Code), Sentence: r.Error}
	}
	return nil, resp.Body.Close() // the port belongs to somebody else now
}
