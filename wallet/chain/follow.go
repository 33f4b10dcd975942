package chain

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// errLostReply means that a broadcast may or may not have arrived.
var errLostReply = errors.New("no clear answer to the broadcast")

// broadcast hands tx to the node and returns what its first check said: nil,
// errLostReply, or a refusal that proves that this call sent nothing.
func (c *Client) broadcast(ctx context.Context, tx *signedTx) error {
	body := struct {
		Raw  []byte `json:"tx_bytes"`
		Mode string `json:"mode"`
	}{tx.raw, "BROADCAST_MODE_SYNC"}
	var reply struct {
		Response *txResponse `json:"tx_response"`
	}
	err := c.rest.postOnce(ctx, "/cosmos/tx/v1beta1/txs", body, &reply)
	switch {
	case err != nil && neverSent(err):
		return fault.Say(err, "The network does not answer, so nothing was sent. Please check your connection, then try again.")
	case err != nil && cannotRead(err):
		return fault.Say(fmt.Errorf("%w: %w", ErrRefused, err), "The network could not read the transaction. Nothing was sent.")
	case err != nil:
		return fmt.Errorf("%w: %w", errLostReply, err)
	case reply.Response == nil:
		return errLostReply
	case reply.Response.Code != 0:
		return refused(reply.Response.Codespace, reply.Response.Code, reply.Response.RawLog)
	}
	return nil
}

// cannotRead tells whether the gateway itself answered that it does not take
// this request.
func cannotRead(err error) bool {
	api, ok := errors.AsType[*apiError](err)
	return ok && api.Code != 0 && (api.Status == http.StatusBadRequest || api.Status == http.StatusNotImplemented)
}

// How long after a broadcast the same bytes are sent again while nothing is
// heard of them: a node that restarted has lost its pool, and refuses some
// transactions until its first block. The sequence number in them makes sure
// that they count once.
const (
	afterAccepted = 5 * time.Second
	afterRefused  = time.Second
)

// follow waits until tx is in a block, or can no longer be (ErrTimedOut), or
// patience ends (ErrUnknown). When the reply to the broadcast was lost, or the
// node was away meanwhile, it sends the same bytes again as soon as the node
// answers that it does not know the hash.
func (c *Client) follow(ctx context.Context, tx *signedTx, lost bool) (*Tx, error) {
	ctx, cancel := context.WithTimeout(ctx, c.patience)
	defer cancel()
	mark := Pending{Hash: tx.hash, From: tx.Message.Signer(), Sequence: tx.Sequence, Timeout: tx.Timeout}
	again := time.Now().Add(afterAccepted)
	begun, highest, failed := time.Now(), uint64(0), 0
	for {
		found, height, err := c.look(ctx, mark)
		if err == nil || errors.Is(err, ErrTimedOut) {
			return found, err
		}
		if errors.Is(err, ErrNoIndex) {
			return nil, unclear(err, false)
		}
		highest = max(highest, height)
		away := !errors.Is(err, ErrNotFound)
		lost = lost || away
		if failed++; !away {
			failed = 0
			if lost || time.Now().After(again) {
				lost, again = c.rebroadcast(ctx, tx)
			}
		}
		if c.pause(ctx, failed) != nil {
			halted := highest != 0 && highest+c.blocks <= tx.Timeout && time.Since(begun) >= c.patience
			return nil, unclear(err, halted)
		}
	}
}

// rebroadcast tells whether the reply was lost, and when to try again. What
// the reply says does not matter: the hash decides.
func (c *Client) rebroadcast(ctx context.Context, tx *signedTx) (lost bool, again time.Time) {
	err := c.broadcast(ctx, tx)
	if err == nil || errors.Is(err, ErrInPool) {
		return false, time.Now().Add(afterAccepted)
	}
	return errors.Is(err, errLostReply), time.Now().Add(afterRefused)
}

// unclear explains that patience ended. Halted says that no block was made all
// the while.
func unclear(err error, halted bool) error {
	if errors.Is(err, ErrNoIndex) {
		return fault.Unclear(fmt.Errorf("%w: %w", ErrUnknown, err),
			"The transaction was sent, but this network address keeps no list of transactions, so it is not known whether it was carried out. Please do not send it again; look at the balance, or choose another address in the settings.")
	}
	if halted {
		return fault.Unclear(fmt.Errorf("%w: %w", ErrUnknown, err),
			"The network makes no new blocks at the moment, so the transaction waits; it may still be carried out. Please do not send it again; look at the history when the network is back.")
	}
	return fault.Unclear(fmt.Errorf("%w: %w", ErrUnknown, err),
		"The transaction was sent, but it is not known yet whether it was carried out. Please do not send it again; look at the history in a few minutes.")
}

// Pending is a transaction whose outcome is not known.
type Pending struct {
	Hash     string
	From     stratos.Address
	Sequence uint64
	Timeout  uint64 // last height that may include it
}

// look asks once: the transaction, ErrTimedOut when it can no longer be
// included, or another error when that is not known. One node answers all of
// it, for another may be some blocks behind. Height is how far the chain is, 0
// when that was not asked.
func (c *Client) look(ctx context.Context, p Pending) (found *Tx, height uint64, err error) {
	found, err = c.Tx(ctx, p.Hash)
	if err == nil || !unseen(err) {
		return found, 0, err
	}
	one := c.pinned()
	if errors.Is(err, ErrNoIndex) {
		if account, aerr := one.Account(ctx, p.From); aerr == nil && account.Sequence > p.Sequence {
			return nil, 0, err // it, or another one with its number, is in a block
		}
	}
	height, err = one.Height(ctx)
	if err != nil {
		return nil, 0, err
	}
	if p.Timeout == 0 || height <= p.Timeout+1 {
		return nil, height, ErrNotFound
	}
	found, err = one.lookAfterTimeout(ctx, p, height)
	return found, height, err
}

// unseen tells whether a node does not know a transaction, or keeps no list
// of them, so that only the account's number can tell.
func unseen(err error) bool { return errors.Is(err, ErrNotFound) || errors.Is(err, ErrNoIndex) }

// unsaidLag is how many blocks the nodes behind one address may be apart, for
// an address that does not tell which block an answer is of.
const unsaidLag = 20

// pinned is the same client, bound to the node that it uses now.
func (c *Client) pinned() *Client {
	return &Client{rest: c.rest.pinned(), chainID: c.chainID, gasPrice: c.gasPrice, poll: c.poll, patience: c.patience}
}

// lookAfterTimeout decides past the timeout height. A node's index of hashes
// may lag, or be switched off; the account's sequence number does not lie: if
// it has not moved past the transaction's, the transaction was not included.
// Behind one address may be several nodes, so the answer must itself be of a
// height past the timeout, where the node tells it.
func (c *Client) lookAfterTimeout(ctx context.Context, p Pending, newest uint64) (*Tx, error) {
	account, height, err := c.accountAt(ctx, p.From)
	if err != nil && !errors.Is(err, ErrUnused) {
		return nil, err
	}
	if err == nil && account.Sequence > p.Sequence {
		return c.Tx(ctx, p.Hash)
	}
	if height == 0 { // it does not say
		height = newest - min(newest, unsaidLag)
	}
	if height <= p.Timeout {
		return nil, ErrNotFound
	}
	return nil, fault.Say(ErrTimedOut, "The network did not carry out the transaction in time, and now it no longer can. Nothing was paid; you can send it again.")
}

// Resolve asks once what became of a transaction that was sent earlier. The
// outcome's state stays [Sending] while it may still be included, and
// [Unknown] when the node knows nothing of it although the account has moved
// on.
func (c *Client) Resolve(ctx context.Context, p Pending) (Outcome, error) {
	if err := c.CheckChain(ctx); err != nil {
		return Outcome{}, err
	}
	found, _, err := c.look(ctx, p)
	switch {
	case err == nil:
		outcome, _ := outcomeOf(found) // a failure is an outcome here
		return outcome, nil
	case errors.Is(err, ErrTimedOut):
		return Outcome{State: Expired, Reason: fault.Sentence(err)}, nil
	case errors.Is(err, ErrNoIndex):
		return Outcome{State: Unknown, Reason: fault.Sentence(err)}, nil
	case !errors.Is(err, ErrNotFound):
		return Outcome{}, err
	}
	account, err := c.Account(ctx, p.From)
	if err == nil && account.Sequence > p.Sequence {
		return Outcome{State: Unknown, Reason: "The network no longer knows this transaction."}, nil
	}
	return Outcome{State: Sending}, nil
}
