package chain

import (
	"context"
	"fmt"

	"cosmossdk.io/math"
	abci "github.com/cometbft/cometbft/abci/types"
	cmttypes "github.com/cometbft/cometbft/types"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	txtypes "github.com/cosmos/cosmos-sdk/types/tx"
	"github.com/cosmos/cosmos-sdk/types/tx/signing"
	"github.com/cosmos/gogoproto/proto"
	"google.golang.org/grpc/status"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/ethsecp256k1"
)

// This file is for the parts of the practice network that act on the chain by
// themselves, in the same process.

// Refused is the error of a transaction that the chain did not execute: it was
// not taken, or it is in a block and failed.
type Refused struct {
	Codespace string
	Code      uint32
	Log       string
}

// Error names the code together with its codespace.
func (r *Refused) Error() string { return fmt.Sprintf("%s (%s %d)", r.Log, r.Codespace, r.Code) }

// MetaNode is the meta node of the practice network.
type MetaNode struct {
	Address string             // stsds1...
	Owner   stratos.PrivateKey // signs what the meta node reports; wipe it after use
}

// MetaNode returns the meta node of this chain.
func (c *Chain) MetaNode() (MetaNode, error) {
	owner, err := stratos.NewPrivateKey(c.keys.MetaOwner)
	return MetaNode{Address: c.keys.metaAddress(), Owner: owner}, err
}

// Send executes messages in one transaction and returns its hash once it is in
// a block. Signers are the owners of the messages in the order in which those
// name them first, at most seven; the last one pays for gas, which is a limit.
// The error is [*Refused] when the chain did not execute it, and of the unclear
// kind when ctx ended while the transaction waited: it may still happen.
func (c *Chain) Send(ctx context.Context, signers []stratos.PrivateKey, gas uint64, messages ...proto.Message) (hash string, err error) {
	c.sends.Lock()
	defer c.sends.Unlock()
	tx, err := c.signedTx(signers, gas, messages)
	if err != nil {
		return "", fmt.Errorf("prepare a transaction: %w", err)
	}
	before := c.Height()
	if err := c.submit(tx); err != nil {
		return "", err
	}
	return fmt.Sprintf("%X", tx.Hash()), c.included(ctx, tx, before)
}

func (c *Chain) signedTx(signers []stratos.PrivateKey, gas uint64, messages []proto.Message) (cmttypes.Tx, error) {
	body := &txtypes.TxBody{}
	for _, message := range messages {
		packed, err := codectypes.NewAnyWithValue(message)
		if err != nil {
			return nil, err
		}
		body.Messages = append(body.Messages, packed)
	}
	price, err := sdk.ParseCoinNormalized(minGasPrice)
	if err != nil {
		return nil, err
	}
	auth := &txtypes.AuthInfo{Fee: &txtypes.Fee{Amount: weiCoins(price.Amount.Mul(math.NewIntFromUint64(gas))), GasLimit: gas}}
	if len(signers) > 1 {
		auth.Fee.Payer = signers[len(signers)-1].Address().String()
	}
	numbers := make([]uint64, len(signers))
	for i, key := range signers {
		account, err := c.account(key.Address())
		if err != nil {
			return nil, err
		}
		info, err := signerInfo(key, account.GetSequence())
		if err != nil {
			return nil, err
		}
		auth.SignerInfos, numbers[i] = append(auth.SignerInfos, info), account.GetAccountNumber()
	}
	return signAll(signers, numbers, body, auth)
}

func signerInfo(key stratos.PrivateKey, sequence uint64) (*txtypes.SignerInfo, error) {
	public := key.Public()
	packed, err := codectypes.NewAnyWithValue(&ethsecp256k1.PubKey{Key: public[:]})
	return &txtypes.SignerInfo{
		PublicKey: packed, Sequence: sequence,
		ModeInfo: &txtypes.ModeInfo{Sum: &txtypes.ModeInfo_Single_{
			Single: &txtypes.ModeInfo_Single{Mode: signing.SignMode_SIGN_MODE_DIRECT},
		}},
	}, err
}

func signAll(signers []stratos.PrivateKey, numbers []uint64, body *txtypes.TxBody, auth *txtypes.AuthInfo) (cmttypes.Tx, error) {
	bodyBytes, err := body.Marshal()
	if err != nil {
		return nil, err
	}
	authBytes, err := auth.Marshal()
	if err != nil {
		return nil, err
	}
	raw := txtypes.TxRaw{BodyBytes: bodyBytes, AuthInfoBytes: authBytes}
	for i, key := range signers {
		document := txtypes.SignDoc{BodyBytes: bodyBytes, AuthInfoBytes: authBytes, ChainId: ChainID, AccountNumber: numbers[i]}
		signed, err := document.Marshal()
		if err != nil {
			return nil, err
		}
		raw.Signatures = append(raw.Signatures, key.Sign(signed))
	}
	return raw.Marshal()
}

// Query answers a gRPC query such as /stratos.pot.v1.Query/VolumeReport from
// the newest state. What is not found is an error with that gRPC code.
func (c *Chain) Query(ctx context.Context, path string, request proto.Message, answer interface {
	proto.Message
	Unmarshal([]byte) error
},
) error {
	raw, err := proto.Marshal(request)
	if err != nil {
		return fmt.Errorf("ask %s: %w", path, err)
	}
	release, err := c.reading()
	if err != nil {
		return err
	}
	defer release()
	state, err := c.state()
	if err != nil {
		return fmt.Errorf("ask %s: %w", path, err)
	}
	handler := c.engine.app.GRPCQueryRouter().Route(path)
	if handler == nil {
		return fmt.Errorf("ask %s: no such question", path)
	}
	reply, err := handler(state.WithContext(ctx), &abci.RequestQuery{Data: raw, Path: path})
	if err != nil {
		if _, ok := status.FromError(err); ok {
			return err
		}
		return fmt.Errorf("ask %s: %w", path, err)
	}
	return answer.Unmarshal(reply.Value)
}
