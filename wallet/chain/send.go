package chain

import (
	"context"
	"errors"
	"math/big"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

// timeoutBlocks is how many blocks a transaction has to be included. After
// them it is certain whether it was.
const timeoutBlocks = 50

// maxSignatures is how often one order is signed anew when other transactions
// of the account are faster.
const maxSignatures = 4

// Receipt is a transaction that did what it says.
type Receipt struct {
	Hash    string
	Height  int64
	Time    time.Time // of the block
	Fee     stratos.Amount
	GasUsed uint64
	Noz     *big.Int // bought ozone of a prepay, else nil
}

// Send signs what was previewed on this chain, logs it, broadcasts it and follows it until it
// is in a block. The log may be nil. A nil error means that it was done. An
// error of kind fault.Failed means that it was not, and the sentence says
// whether the fee was paid; fault.Unknown (it wraps [ErrUnknown]) means that
// nobody could tell in time: [Client.Resolve] asks again later. Cancelling ctx
// does not undo what was broadcast.
func (c *Client) Send(ctx context.Context, p Preview, key Signer, log Log) (Receipt, error) {
	if !key.Valid() || key.Address() != p.Message.Signer() {
		return Receipt{}, errors.New("send: the key is not the sender's")
	}
	if p.chain != c.chainID {
		return Receipt{}, fault.Wrong(ErrWrongChain, "Another network is in use by now. Nothing was sent; please look at it again.")
	}
	if log == nil {
		log = noLog{}
	}
	c.sending.Lock()
	defer c.sending.Unlock()
	if err := c.ready(ctx); err != nil {
		return Receipt{}, err
	}
	o := order{client: c, preview: p, key: key, log: log}
	for tries := 1; ; tries++ {
		receipt, again, err := o.attempt(ctx)
		if !again || tries == maxSignatures {
			return receipt, err
		}
	}
}

// Signer is a key that a transaction is signed with, wherever it lies.
type Signer interface {
	Valid() bool // false once the key is gone
	Public() stratos.PublicKey
	Address() stratos.Address
	// Sign returns [stratos.PrivateKey.Sign] of message, or nil when the key is
	// gone.
	Sign(message []byte) []byte
}

// order is one wish of the user, signed as often as needed.
type order struct {
	client  *Client
	preview Preview
	key     Signer
	log     Log
	used    Account // of the last signature
	signed  bool
}

// attempt signs and sends once. Again means that this signature is known not
// to be included and another one may succeed.
func (o *order) attempt(ctx context.Context) (r Receipt, again bool, err error) {
	tx, err := o.sign(ctx)
	if err != nil {
		return Receipt{}, false, err
	}
	tx, taken, err := o.record(ctx, tx)
	if err != nil {
		return Receipt{}, false, err
	}
	err = o.client.broadcast(ctx, tx)
	lost := errors.Is(err, errLostReply)
	if errors.Is(err, ErrSequence) {
		lost = o.mayBeIn(ctx, tx)
	}
	if err == nil || lost || taken || errors.Is(err, ErrInPool) {
		r, err = o.finish(ctx, tx, lost)
		return r, false, err
	}
	o.settle(ctx, tx.hash, Outcome{State: Refused, Reason: fault.Sentence(err)})
	return Receipt{}, errors.Is(err, ErrSequence), err
}

// mayBeIn tells whether a transaction that was refused for its number may be in
// a block all the same, since a relay sent the same bytes twice. The node that
// was asked first may be behind, so it is asked again when the account's number
// has moved: from then on it is certain. Only what is in no block may be signed
// anew.
func (o *order) mayBeIn(ctx context.Context, tx *signedTx) bool {
	if _, err := o.client.Tx(ctx, tx.hash); !errors.Is(err, ErrNotFound) {
		return true
	}
	account, err := o.freshAccount(ctx)
	if err != nil || account == o.used {
		return err != nil
	}
	_, err = o.client.Tx(ctx, tx.hash)
	return !errors.Is(err, ErrNotFound)
}

// sign makes a signature for the account's present sequence number. After a
// wrong number it waits until the number has moved, for up to 10 s.
func (o *order) sign(ctx context.Context) (*signedTx, error) {
	account, err := o.freshAccount(ctx)
	if err != nil {
		return nil, err
	}
	height, err := o.client.Height(ctx)
	if err != nil {
		return nil, err
	}
	o.used, o.signed = account, true
	tx := sign(message.Envelope{
		ChainID: o.client.chainID, Account: account.Number, Sequence: account.Sequence,
		Message: o.preview.Message, Memo: o.preview.Memo, Timeout: height + o.client.blocks, Public: o.key.Public(),
		Gas: o.preview.Gas, Fee: o.preview.Fee,
	}, o.key)
	if tx == nil {
		return nil, fault.Say(nil, "The wallet was locked before this was signed. Nothing was sent; unlock it and try again.")
	}
	return tx, nil
}

// signedTx is a transaction ready to be broadcast.
type signedTx struct {
	message.Envelope
	raw  []byte
	hash string
}

// sign returns nil when the key is gone.
func sign(e message.Envelope, key Signer) *signedTx {
	signature := key.Sign(e.SignBytes())
	if signature == nil {
		return nil
	}
	raw := e.Encode(signature)
	return &signedTx{Envelope: e, raw: raw, hash: message.Hash(raw)}
}

func (o *order) freshAccount(ctx context.Context) (Account, error) {
	for deadline := time.Now().Add(10 * time.Second); ; {
		account, err := o.client.Account(ctx, o.key.Address())
		if err != nil || !o.signed || account != o.used || time.Now().After(deadline) {
			return account, err
		}
		if err := o.client.pause(ctx, 0); err != nil {
			return Account{}, err
		}
	}
}

// record writes the transaction to the log before anybody else sees it. The
// same bytes may be there already: then another process is sending the same
// order at this moment, and this one signs again for the number after it; or
// a process died there, and its order is taken up. What another process may
// have broadcast is never settled by a refusal.
func (o *order) record(ctx context.Context, tx *signedTx) (recorded *signedTx, taken bool, err error) {
	for {
		err := o.log.Sending(ctx, tx.sent())
		if err == nil {
			return tx, false, nil
		}
		if !errors.Is(err, ErrLogged) {
			return nil, false, fault.Say(err, "The transaction could not be written to the wallet's log, so it was not sent. Please check that the disk has room.")
		}
		fresh, err := o.sign(ctx)
		if err != nil {
			return nil, false, err
		}
		if fresh.hash == tx.hash {
			return tx, true, nil
		}
		tx = fresh
	}
}

func (tx *signedTx) sent() Sent {
	return Sent{
		ChainID: tx.ChainID, Hash: tx.hash, From: tx.Message.Signer(), Sequence: tx.Sequence, Timeout: tx.Timeout,
		Message: tx.Message, Memo: tx.Memo, Fee: tx.Fee, Time: time.Now().UTC().Truncate(time.Second),
	}
}

// settle writes the outcome, also when ctx has ended. The chain keeps the
// truth, so a log that cannot be written is no failure of the transaction.
func (o *order) settle(ctx context.Context, hash string, outcome Outcome) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	_ = o.log.Settled(ctx, hash, outcome)
}

// finish follows tx and logs what became of it.
func (o *order) finish(ctx context.Context, tx *signedTx, lost bool) (Receipt, error) {
	found, err := o.client.follow(ctx, tx, lost)
	if err != nil {
		state := Unknown
		if errors.Is(err, ErrTimedOut) {
			state = Expired
		}
		o.settle(ctx, tx.hash, Outcome{State: state, Fee: tx.Fee, Reason: fault.Sentence(err)})
		return Receipt{Hash: tx.hash}, err
	}
	outcome, err := outcomeOf(found)
	o.settle(ctx, tx.hash, outcome)
	return Receipt{
		Hash: found.Hash, Height: found.Height, Time: found.Time, Fee: found.Fee, GasUsed: found.GasUsed, Noz: outcome.Noz,
	}, err
}

// outcomeOf reads the outcome of a transaction in a block; the error is nil
// when it did what it says.
func outcomeOf(tx *Tx) (Outcome, error) {
	o := Outcome{State: Done, Height: tx.Height, Time: tx.Time, Fee: tx.Fee, Noz: tx.PurchasedNoz()}
	if tx.Code == 0 {
		return o, nil
	}
	err := failed(tx.Codespace, tx.Code, tx.RawLog, tx.Fee)
	o.State, o.Reason = Failed, fault.Sentence(err)
	return o, err
}
