package testworld

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
)

// control gives orders to a running network, over the address and the secret
// that lie in its folder (docs/network.md).
type control struct {
	Address string `json:"address"`
	Token   string `json:"token"`
}

func openControl(dir string) (c control, err error) {
	raw, err := os.ReadFile(filepath.Join(dir, "control.json"))
	if err == nil {
		err = json.Unmarshal(raw, &c)
	}
	if err != nil {
		return c, fmt.Errorf("find the control of the network: %w", err)
	}
	return c, nil
}

// order sends an order and reads the last line of the answer.
func (c control) order(ctx context.Context, path, body string, into any) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+c.Address+path, bytes.NewBufferString(body))
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+c.Token)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return fmt.Errorf("order %s: %w", path, err)
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err != nil {
		return fmt.Errorf("order %s: %w", path, err)
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("order %s: %s: %s", path, answer.Status, raw)
	}
	lines := bytes.Split(bytes.TrimSpace(raw), []byte("\n"))
	return json.Unmarshal(lines[len(lines)-1], into)
}

// closeEpoch has the present epoch paid for and returns its number.
func (c control) closeEpoch(ctx context.Context) (int64, error) {
	var reply struct {
		Epoch int64 `json:"epoch"`
	}
	err := c.order(ctx, "/epoch", "", &reply)
	return reply.Epoch, err
}

// stop switches a node off.
func (c control) stop(ctx context.Context, node string) error {
	return c.order(ctx, "/nodes/"+node+"/stop", "", &struct{}{})
}

// repair has everything proved and repaired, and returns what is wrong.
func (c control) repair(ctx context.Context) ([]string, error) {
	var reply struct {
		Report struct {
			Problems []string `json:"problems"`
		} `json:"report"`
		Error json.RawMessage `json:"error"`
	}
	err := c.order(ctx, "/check", `{"repair":true}`, &reply)
	if err == nil && reply.Error != nil {
		err = fmt.Errorf("check the network: %s", reply.Error)
	}
	return reply.Report.Problems, err
}
