package explorer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Getter fills into from the JSON that a chain's REST interface answers for a
// path and a query.
type Getter interface {
	Get(ctx context.Context, path string, query url.Values, into any) error
}

// ErrNonsense is returned for an answer that cannot be right.
var ErrNonsense = errors.New("the chain gave an answer that makes no sense")

// Block is one block of a chain.
type Block struct {
	Height   int64
	Hash     string // upper-case hex
	Time     time.Time
	Proposer string   // stvalcons1...
	Txs      []string // hashes of its transactions, in their order

	// Who signed the block before this one: stvalcons1... addresses, and how many
	// could have.
	Signers []string
	Slots   int
}

type blockJSON struct {
	ID struct {
		Hash []byte `json:"hash"`
	} `json:"block_id"`
	Block struct {
		Header struct {
			ChainID  string    `json:"chain_id"`
			Height   string    `json:"height"`
			Time     time.Time `json:"time"`
			Proposer []byte    `json:"proposer_address"`
		} `json:"header"`
		Data struct {
			Txs [][]byte `json:"txs"`
		} `json:"data"`
		LastCommit struct {
			Signatures []struct {
				Flag      string `json:"block_id_flag"`
				Validator []byte `json:"validator_address"`
			} `json:"signatures"`
		} `json:"last_commit"`
	} `json:"block"`
}

// ReadBlock reads a block: by its height, or the newest one for 0.
func ReadBlock(ctx context.Context, g Getter, height int64) (Block, error) {
	name := Latest
	if height > 0 {
		name = strconv.FormatInt(height, 10)
	}
	var reply blockJSON
	if err := g.Get(ctx, "/cosmos/base/tendermint/v1beta1/blocks/"+name, nil, &reply); err != nil {
		return Block{}, fmt.Errorf("read block %s: %w", name, err)
	}
	b, err := reply.block()
	if err == nil && height > 0 && b.Height != height {
		err = ErrNonsense
	}
	if err != nil {
		return Block{}, fmt.Errorf("read block %s: %w", name, err)
	}
	return b, nil
}

func (j blockJSON) block() (Block, error) {
	height, err := strconv.ParseInt(j.Block.Header.Height, 10, 64)
	if err != nil || height < 1 {
		return Block{}, ErrNonsense
	}
	b := Block{
		Height: height, Hash: upperHex(j.ID.Hash), Time: j.Block.Header.Time,
		Proposer: consensusAddress(j.Block.Header.Proposer), Slots: len(j.Block.LastCommit.Signatures),
	}
	for _, tx := range j.Block.Data.Txs {
		sum := sha256.Sum256(tx)
		b.Txs = append(b.Txs, upperHex(sum[:]))
	}
	for _, s := range j.Block.LastCommit.Signatures {
		if who := consensusAddress(s.Validator); who != "" && strings.HasSuffix(s.Flag, "COMMIT") {
			b.Signers = append(b.Signers, who)
		}
	}
	return b, nil
}

func upperHex(raw []byte) string { return strings.ToUpper(hex.EncodeToString(raw)) }

func consensusAddress(raw []byte) string {
	if len(raw) != 20 {
		return ""
	}
	return stratos.EncodeBech32(stratos.PrefixConsensus, raw)
}
