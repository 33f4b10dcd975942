package monitor

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// Ports that a node has unless its owner chose others.
const (
	monitorPort = "18381"
	rpcPort     = "18281"
)

// Status is what a node says of itself to whoever may ask its RPC as its owner.
// Its monitor tells nothing of it. Words are the node's own.
type Status struct {
	Activation   string // Active, Waiting for verification, Inactive, Unbonding or Unknown
	Registration string // Unregistered, Registering, Registered or Unknown
	Mining       string // OFFLINE, ONLINE, SUSPEND, MAINTENANCE or Unknown
	InitialTier  int    // class, 0 to 3, as it was set up
	Tier         int    // as the network ranks it now
}

// ErrNoStatus is wrapped where a node does not tell its owner anything: the
// owner's methods of its RPC are off, as they are unless they were switched on.
var ErrNoStatus = errors.New("the node tells no status")

const (
	ownerStatus   = "owner_requestStatus"
	mostOfStatus  = 64 << 10
	highestTier   = 3
	tierNow       = "Ongoing tier"
	tierAtFirst   = "Initial tier"
	statusGeneric = "status of a node: %w"
)

// RPCBeside is where the RPC of a node is whose monitor has the usual port;
// empty where that cannot be told.
func RPCBeside(monitor string) string {
	u, err := url.Parse(monitor)
	if err != nil || u.Scheme != "ws" || u.Port() != monitorPort {
		return ""
	}
	return "http://" + strings.TrimSuffix(u.Host, monitorPort) + rpcPort
}

// ReadStatus asks a node, at the address of its RPC. Nothing is changed by the
// question.
func ReadStatus(ctx context.Context, rpc string) (Status, error) {
	raw, err := askStatus(ctx, rpc)
	if err != nil {
		return Status{}, fmt.Errorf(statusGeneric, err)
	}
	var reply wire.Response
	if err := json.Unmarshal(raw, &reply); err != nil {
		return Status{}, fmt.Errorf(statusGeneric, errors.Join(ErrNoStatus, err))
	}
	if reply.Error != nil {
		return Status{}, fmt.Errorf(statusGeneric, errors.Join(ErrNoStatus, reply.Error))
	}
	var result struct {
		Return  string `json:"return"`
		Message string `json:"message"`
	}
	if err := json.Unmarshal(reply.Result, &result); err != nil {
		return Status{}, fmt.Errorf(statusGeneric, errors.Join(ErrNoStatus, err))
	}
	return parseStatus(result.Message)
}

func askStatus(ctx context.Context, rpc string) ([]byte, error) {
	body, err := json.Marshal(map[string]any{
		"jsonrpc": "2.0", "id": 1, "method": ownerStatus, "params": []any{map[string]string{"walletaddr": ""}},
	})
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, rpc, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	reply, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = reply.Body.Close() }()
	if reply.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%w: %s", ErrNoStatus, reply.Status)
	}
	return io.ReadAll(io.LimitReader(reply.Body, mostOfStatus))
}

// parseStatus reads "Activation: Active | ... | Ongoing tier: 2 | ..." out of the
// lines of a status.
func parseStatus(text string) (Status, error) {
	said := map[string]string{}
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '|' || r == '\n' }) {
		if name, value, ok := strings.Cut(part, ":"); ok {
			said[strings.TrimSpace(name)] = strings.TrimSpace(value)
		}
	}
	s := Status{Activation: said["Activation"], Registration: said["Registration Status"], Mining: said["Mining"]}
	var err1, err2 error
	s.Tier, err1 = tier(said[tierNow])
	s.InitialTier, err2 = tier(said[tierAtFirst])
	if err := errors.Join(err1, err2); err != nil {
		return Status{}, fmt.Errorf(statusGeneric, errors.Join(ErrNoStatus, err))
	}
	return s, nil
}

func tier(text string) (int, error) {
	n, err := strconv.Atoi(text)
	if err == nil && (n < 0 || n > highestTier) {
		err = fmt.Errorf("no class: %d", n)
	}
	return n, err
}
