package gateway

import (
	"encoding/hex"
	"errors"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// inWindow tells whether the time of a billed call is near enough to now. The
// real network's tolerance is unknown; 300 s is the reference's
// recommendation.
func (g *Gateway) inWindow(reqTime int64) bool {
	off := g.clock.Now().Unix() - reqTime
	return max(off, -off) <= g.limits.window
}

// checkBilled is what the meta node verifies in a billed call: signature and
// time. message is built with the number that the wallet has now.
func (g *Gateway) checkBilled(s wire.Signature, message string, reqTime int64) error {
	if s.Verify(message) != nil {
		return meta.BadSignature
	}
	if !g.inWindow(reqTime) {
		return meta.BadTime
	}
	return nil
}

// checkShape is what the reference node itself looks at in lists and shares:
// that key and signature can be decoded. It returns the text for "return".
func checkShape(s wire.Signature) string {
	if _, err := wire.ParsePublicKey(s.PubKey); err != nil {
		return wire.BadSignature.String() + ", " + wire.ErrPubKey.Error()
	}
	if _, err := wire.ParseSignature(s.Signature); err != nil {
		return wire.BadSignature.String() + ", " + wire.ErrSignature.Error()
	}
	return ""
}

// shapeError words a key or signature that cannot be decoded as the reference
// does in file states.
func shapeError(s wire.Signature) string {
	if _, err := wire.ParsePublicKey(s.PubKey); err != nil {
		text := err.Error()
		if at := strings.LastIndex(text, ": "); at >= 0 {
			text = text[at+2:]
		}
		return "decoding bech32 failed: " + text
	}
	if _, err := hex.DecodeString(s.Signature); err != nil {
		return err.Error()
	}
	return ""
}

// text returns what a client may read about err. Everything but a refusal is
// trouble of this network and goes to its log.
func (g *Gateway) text(err error) string {
	if r, ok := meta.AsRefusal(err); ok {
		return r.Error()
	}
	g.logf("%v", err)
	return "the network could not do this, its log has the reason"
}

// refusal answers an upload or download call with a code and the reason.
func (g *Gateway) refusal(code wire.Code, err error) wire.Result {
	return wire.Result{Return: code.String(), Detail: g.text(err)}
}

func result(code wire.Code) wire.Result { return wire.Result{Return: code.String()} }

func isRefusal(err error, which meta.Refusal) bool { return errors.Is(err, which) }
