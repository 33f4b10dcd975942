package chain

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// troubles are the answers of an address that has no chain to offer, or not
// now. A proxy gives most of them, in a page that says nothing to people.
var troubles = map[int]string{
	http.StatusUnauthorized:        letsNobodyIn,
	http.StatusForbidden:           letsNobodyIn,
	http.StatusNotFound:            offersNothing,
	http.StatusMethodNotAllowed:    offersNothing,
	http.StatusGone:                offersNothing,
	http.StatusNotImplemented:      offersNothing,
	http.StatusTooManyRequests:     "The network's address is asked too often at the moment. Please wait a minute, then try again.",
	http.StatusBadGateway:          nodeAway,
	http.StatusServiceUnavailable:  nodeAway,
	http.StatusGatewayTimeout:      nodeAway,
	http.StatusInternalServerError: "The network's node has a problem of its own. Please try again later, or choose another address in the settings.",
}

const (
	letsNobodyIn  = "The network's address does not let this wallet in. Please check the address, and its token if it has one, in the settings."
	offersNothing = "This address does not offer what the wallet needs of a network. Please choose another address in the settings."
	nodeAway      = "The network's address answers, but the node behind it does not. Please try again later, or choose another address in the settings."
)

// asUnreachable gives an unexplained HTTP error a sentence.
func asUnreachable(err error) error {
	if fault.Sentence(err) != err.Error() {
		return err
	}
	api, ok := errors.AsType[*apiError](err)
	if !ok {
		return unreachable(err)
	}
	sentence, known := troubles[api.Status]
	if !known && api.Status >= 500 {
		sentence, known = nodeAway, true // what proxies invent
	}
	if !known {
		sentence = "The network gave an answer that makes no sense. Please check its address in the settings."
	}
	return fault.Say(fmt.Errorf("%w: %w", ErrUnreachable, err), "%s", sentence)
}

// unreachable explains that nobody answered. Addresses may hold a token, so
// they stay out of the error.
func unreachable(err error) error {
	if named, ok := errors.AsType[*url.Error](err); ok {
		err = named.Err
	}
	return fault.Say(fmt.Errorf("%w: %w", ErrUnreachable, err), "The network does not answer. Please check your connection, then try again.")
}

// neverSent tells whether err proves that no byte of a request left this
// machine: the connection was never made.
func neverSent(err error) bool {
	op, ok := errors.AsType[*net.OpError](err)
	return ok && op.Op == "dial"
}

// elsewhere tells whether another node may know better: this one cannot be
// reached, or a proxy answers in its place.
func elsewhere(err error) bool {
	api, ok := errors.AsType[*apiError](err)
	if !ok {
		return errors.Is(err, ErrUnreachable)
	}
	switch api.Status {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	case http.StatusInternalServerError:
		return false
	}
	return api.Code == 0 && (troubles[api.Status] != "" || api.Status > 500)
}
