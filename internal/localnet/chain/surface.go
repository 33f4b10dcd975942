package chain

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"strings"

	sdk "github.com/cosmos/cosmos-sdk/types"
	txtypes "github.com/cosmos/cosmos-sdk/types/tx"
	stakingkeeper "github.com/cosmos/cosmos-sdk/x/staking/keeper"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// This file holds the places where the surface of this SDK differs from that
// of the real chain, and shows the real one.

// txService searches transactions as the real chain does: by events only.
type txService struct{ txtypes.ServiceServer }

// eventFilter is type.key='value' with exactly one dot before the value.
var eventFilter = regexp.MustCompile(`^[a-zA-Z_][a-zA-Z0-9_]*\.[a-zA-Z_][a-zA-Z0-9_]*=`)

// GetTxsEvent finds transactions that match all events. A query in the words
// of later SDKs is refused.
func (s txService) GetTxsEvent(ctx context.Context, req *txtypes.GetTxsEventRequest) (*txtypes.GetTxsEventResponse, error) {
	//lint:ignore SA1019 the real chain has nothing else
	events := req.GetEvents()
	if len(events) == 0 {
		return nil, status.Error(codes.InvalidArgument, "must declare at least one event to search")
	}
	for _, event := range events {
		if !eventFilter.MatchString(event) {
			return nil, status.Errorf(codes.InvalidArgument,
				"invalid event; event %s should be of the format: {eventType}.{eventAttribute}={value}", event)
		}
	}
	return s.ServiceServer.GetTxsEvent(ctx, &txtypes.GetTxsEventRequest{
		Query: strings.Join(events, " AND "), OrderBy: req.OrderBy, Page: req.Page, Limit: req.Limit,
	})
}

// nilStaking is the staking module as the distribution module of the real chain
// knows it: a delegation that does not exist is nil, not an error. Whoever asks
// for rewards without one is told so in that module's words and code.
type nilStaking struct{ *stakingkeeper.Keeper }

// Delegation returns nil when there is none.
func (s *nilStaking) Delegation(ctx context.Context, delegator sdk.AccAddress, validator sdk.ValAddress) (stakingtypes.DelegationI, error) {
	found, err := s.Keeper.Delegation(ctx, delegator, validator)
	if errors.Is(err, stakingtypes.ErrNoDelegation) {
		return nil, nil
	}
	return found, err
}

// withoutConfigQuery answers the question for the node's settings with the
// error of the real chain, which does not serve it.
func withoutConfigQuery(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/cosmos/base/node/v1beta1/config" {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusInternalServerError)
		_, _ = w.Write([]byte(`{"code":2,"message":"unknown query path: unknown request","details":[]}`))
	})
}
