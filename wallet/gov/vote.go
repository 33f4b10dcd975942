package gov

import (
	"context"
	"fmt"
	"math/big"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
	"github.com/stratosdrive/stratosdrive/wallet/message"
)

var options = map[string]message.Option{
	"VOTE_OPTION_YES": message.Yes, "VOTE_OPTION_ABSTAIN": message.Abstain, "VOTE_OPTION_NO": message.No, "VOTE_OPTION_NO_WITH_VETO": message.Veto,
}

// Vote reads what an account answered to an open proposal, as parts of its
// vote. It is empty when the account has not voted; the chain forgets all
// votes when it counts them.
func Vote(ctx context.Context, g chain.Getter, id uint64, voter stratos.Address) ([]message.Share, error) {
	var reply struct {
		Vote struct {
			Options []struct {
				Option string `json:"option"`
				Weight string `json:"weight"`
			} `json:"options"`
		} `json:"vote"`
	}
	err := g.Get(ctx, path(id, "/votes/"+voter.String()), nil, &reply)
	if chain.Answered(err) { // the chain has nothing for it: an error whose code differs by version
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read vote: %w", err)
	}
	var shares []message.Share
	for _, o := range reply.Vote.Options {
		weight, ok := new(big.Rat).SetString(o.Weight)
		if !ok || options[o.Option] == 0 {
			return nil, fmt.Errorf("read vote: %q with weight %q", o.Option, o.Weight)
		}
		weight.Mul(weight, big.NewRat(10_000, 1))
		points := new(big.Int).Quo(weight.Num(), weight.Denom())
		shares = append(shares, message.Share{Option: options[o.Option], BasisPoints: uint32(points.Uint64())})
	}
	return shares, nil
}

// ParseVote reads a vote as a person writes it: "yes", or its parts in percent
// such as "yes=60,no=40", with two decimals at most.
func ParseVote(text string) ([]message.Share, error) {
	text = strings.TrimSpace(text)
	if !strings.Contains(text, "=") {
		option, err := message.ParseOption(text)
		return []message.Share{{Option: option, BasisPoints: whole}}, err
	}
	var shares []message.Share
	for _, part := range strings.Split(text, ",") {
		name, percent, _ := strings.Cut(part, "=")
		option, err := message.ParseOption(strings.TrimSpace(name))
		if err != nil {
			return nil, err
		}
		points, err := basisPoints(strings.TrimSuffix(strings.TrimSpace(percent), "%"))
		if err != nil {
			return nil, err
		}
		shares = append(shares, message.Share{Option: option, BasisPoints: points})
	}
	return shares, nil
}

// whole is all of a vote, in basis points.
const whole = 10_000

// basisPoints reads a part in percent, more than 0 and at most 100.
func basisPoints(percent string) (uint32, error) {
	points, err := stratos.ParseDecimal(strings.TrimSpace(percent), stratos.Gwei) // nine decimals
	if err == nil {
		n := points.Wei()
		n, rest := n.QuoRem(n, big.NewInt(1e7), new(big.Int))
		if rest.Sign() == 0 && n.Sign() > 0 && n.Cmp(big.NewInt(whole)) <= 0 {
			return uint32(n.Uint64()), nil
		}
	}
	return 0, fault.Wrong(err, "%q is not a part of a vote. Write for example yes=60,no=40.", percent)
}

// FormatVote writes what [ParseVote] reads.
func FormatVote(shares []message.Share) string {
	if len(shares) == 1 && shares[0].BasisPoints == whole {
		return shares[0].Option.String()
	}
	parts := make([]string, len(shares))
	for i, s := range shares {
		percent := fmt.Sprintf("%d.%02d", s.BasisPoints/100, s.BasisPoints%100)
		parts[i] = s.Option.String() + "=" + strings.TrimSuffix(strings.TrimSuffix(percent, "0"), ".0")
	}
	return strings.Join(parts, ",")
}

// Deposited reads what an account put into the deposit of a proposal and did
// not get back yet.
func Deposited(ctx context.Context, g chain.Getter, id uint64, depositor stratos.Address) (stratos.Amount, error) {
	var reply struct {
		Deposit struct {
			Amount chain.Coins `json:"amount"`
		} `json:"deposit"`
	}
	err := g.Get(ctx, path(id, "/deposits/"+depositor.String()), nil, &reply)
	if err != nil && !chain.Answered(err) {
		return stratos.Amount{}, fmt.Errorf("read deposit: %w", err)
	}
	return reply.Deposit.Amount.Wei()
}
