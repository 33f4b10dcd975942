package testworld

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"google.golang.org/protobuf/encoding/protowire"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// This file makes transactions that no wallet offers: reports of traffic by
// those who must not make any.

const forgedGas = 400_000

// metaNode is the meta node of a network, whose keys lie in its folder.
type metaNode struct {
	address string // stsds1...
	owner   stratos.PrivateKey
}

func readMetaNode(dir string) (m metaNode, err error) {
	var keys struct {
		Owner []byte `json:"meta_owner"`
		Node  []byte `json:"meta_node"`
	}
	raw, err := os.ReadFile(filepath.Join(dir, "chain", "keys.json"))
	if err == nil {
		err = json.Unmarshal(raw, &keys)
	}
	if err != nil {
		return m, fmt.Errorf("read the keys of the meta node: %w", err)
	}
	hash := sha256.Sum256(keys.Node)
	m.address = stratos.EncodeBech32(stratos.PrefixNode, hash[:20])
	m.owner, err = stratos.NewPrivateKey(keys.Owner)
	return m, err
}

// lie is a report of traffic of content that never was.
type lie struct {
	reporter      string // a node address
	epoch         int64
	owner, server string // wallets
	noz           int64
}

// tell sends a lie, signed by key, and returns what the chain said to it.
func tell(ctx context.Context, c *chain.Client, rest, chainID string, key stratos.PrivateKey, l lie) (code uint32, err error) {
	account, err := c.Account(ctx, key.Address())
	if err != nil {
		return 0, err
	}
	body := field(1, packed("/stratosdrive.creator.v1.MsgCreatorTraffic", l.encode(key.Address().String())))
	public := key.Public()
	signer := join(field(1, packed(stratos.PubKeyType, field(1, public[:]))), field(2, field(1, number(1, 1))), number(3, account.Sequence))
	fee := big.NewInt(forgedGas * 1_000_000_000).String()
	auth := join(field(1, signer), field(2, join(field(1, join(field(1, []byte(stratos.Wei)), field(2, []byte(fee)))), number(2, forgedGas))))
	signed := key.Sign(join(field(1, body), field(2, auth), field(3, []byte(chainID)), number(4, account.Number)))
	tx := join(field(1, body), field(2, auth), field(3, signed))
	hash, err := broadcast(ctx, rest, tx)
	if err != nil {
		return 0, err
	}
	return included(ctx, c, hash)
}

func (l lie) encode(owner string) []byte {
	volume := func(wallet string) []byte {
		return join(field(1, []byte(wallet)), field(2, []byte(strconv.FormatInt(l.noz, 10))))
	}
	return join(field(1, volume(l.owner)), field(2, volume(l.server)), field(3, []byte(l.reporter)), number(4, uint64(l.epoch)),
		field(5, []byte(owner)), field(6, field(1, []byte(l.reporter))))
}

func packed(kind string, value []byte) []byte { return join(field(1, []byte(kind)), field(2, value)) }

func field(n protowire.Number, value []byte) []byte {
	return protowire.AppendBytes(protowire.AppendTag(nil, n, protowire.BytesType), value)
}

func number(n protowire.Number, value uint64) []byte {
	return protowire.AppendVarint(protowire.AppendTag(nil, n, protowire.VarintType), value)
}

func join(parts ...[]byte) (all []byte) {
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

// broadcast hands a transaction to the chain and returns its hash.
func broadcast(ctx context.Context, rest string, tx []byte) (string, error) {
	raw, err := json.Marshal(map[string]any{"tx_bytes": tx, "mode": "BROADCAST_MODE_SYNC"})
	if err != nil {
		return "", err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, rest+"/cosmos/tx/v1beta1/txs", bytes.NewReader(raw))
	if err != nil {
		return "", err
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return "", fmt.Errorf("broadcast: %w", err)
	}
	defer answer.Body.Close()
	var reply struct {
		Response struct {
			Code uint32 `json:"code"`
			Hash string `json:"txhash"`
			Log  string `json:"raw_log"`
		} `json:"tx_response"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&reply); err != nil {
		return "", fmt.Errorf("broadcast: %w", err)
	}
	if reply.Response.Code != 0 || reply.Response.Hash == "" {
		return "", fmt.Errorf("broadcast: %s %s", answer.Status, reply.Response.Log)
	}
	return reply.Response.Hash, nil
}

// included waits until a transaction is in a block.
func included(ctx context.Context, c *chain.Client, hash string) (code uint32, err error) {
	for {
		tx, err := c.Tx(ctx, hash)
		if err == nil {
			return tx.Code, nil
		}
		if !errors.Is(err, chain.ErrNotFound) {
			return 0, err
		}
		select {
		case <-ctx.Done():
			return 0, ctx.Err()
		case <-time.After(poll):
		}
	}
}
