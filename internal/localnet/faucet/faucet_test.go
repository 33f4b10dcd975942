package faucet

import (
	"context"
	"encoding/json"
	"errors"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

const alice = "st18yesadx3t8x3jjsygpqeqzh0j7xh2vh66945zx"

// source remembers what it was asked for.
type source struct {
	address string
	wei     *big.Int
	err     error
}

func (s *source) Credit(_ context.Context, address string, wei *big.Int) (string, error) {
	s.address, s.wei = address, wei
	return "HASH", s.err
}

func ask(s *source, method, body string) (int, map[string]string) {
	w := httptest.NewRecorder()
	Handler(s).ServeHTTP(w, httptest.NewRequest(method, "/credit", strings.NewReader(body)))
	reply := map[string]string{}
	json.Unmarshal(w.Body.Bytes(), &reply)
	return w.Code, reply
}

func TestCredit(t *testing.T) {
	for body, wei := range map[string]string{
		`{"address":"` + alice + `"}`:                                                "1000000000000000000000",
		`{"address":"` + alice + `","amount":"1.5stos"}`:                             "1500000000000000000",
		`{"address":"` + alice + `","amount":"7"}`:                                   "7",
		`{"address":"0x39330Eb4D159cd194a044041900aEf978d7532fA","amount":"2 gwei"}`: "2000000000",
	} {
		s := &source{}
		status, reply := ask(s, http.MethodPost, body)
		if status != http.StatusOK || reply["hash"] != "HASH" {
			t.Errorf("%s: %d %v", body, status, reply)
			continue
		}
		if s.address != alice || s.wei.String() != wei {
			t.Errorf("%s: credits %s wei to %s", body, s.wei, s.address)
		}
	}
}

func TestBadRequestsGetASentence(t *testing.T) {
	for body, part := range map[string]string{
		`nonsense`:                     "JSON",
		`{}`:                           "address",
		`{"address":"` + alice + `x"}`: "address",
		`{"address":"` + alice + `","amount":"much"}`: "amount",
		`{"address":"` + alice + `","amount":"0"}`:    "more than nothing",
		`{"address":"` + alice + `","amount":"-1"}`:   "amount",
		`{"address":"` + alice + `","amount":7}`:      "JSON",
		`{"pad":"` + strings.Repeat("x", 5000) + `"}`: "JSON",
	} {
		s := &source{}
		status, reply := ask(s, http.MethodPost, body)
		if status != http.StatusBadRequest || !strings.Contains(reply["error"], part) || s.wei != nil {
			t.Errorf("%.60s: %d %v", body, status, reply)
		}
	}
}

func TestFailureIsNotTheAskersFault(t *testing.T) {
	s := &source{err: fault.Say(errors.New("inner"), "The practice network has stopped.")}
	status, reply := ask(s, http.MethodPost, `{"address":"`+alice+`"}`)
	if status != http.StatusBadGateway || reply["error"] != "The practice network has stopped." {
		t.Errorf("%d %v", status, reply)
	}
	if status, _ := ask(s, http.MethodGet, ""); status != http.StatusMethodNotAllowed {
		t.Errorf("GET: %d", status)
	}
}

func FuzzCredit(f *testing.F) {
	f.Add(`{"address":"` + alice + `","amount":"1.5stos"}`)
	f.Fuzz(func(t *testing.T, body string) {
		s := &source{}
		status, reply := ask(s, http.MethodPost, body)
		switch {
		case status == http.StatusOK && s.wei != nil && s.wei.Sign() > 0:
		case status == http.StatusBadRequest && s.wei == nil && reply["error"] != "":
		default:
			t.Fatalf("%q: %d %v, credited %v", body, status, reply, s.wei)
		}
	})
}
