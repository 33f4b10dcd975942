package client

import (
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// TestErrorsHoldNoToken asks gateways that do not answer: the path of their
// address may be an access token.
func TestErrorsHoldNoToken(t *testing.T) {
	for _, address := range []string{"http://127.0.0.1:1/t0ken", "https://gateway.invalid/t0ken"} {
		c, err := New(Options{Gateways: []network.Gateway{{RPC: address, REST: address, Token: "t0ken"}}, Signer: testSigner(t, "alice")})
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.Ozone(t.Context())
		if err == nil || strings.Contains(err.Error(), "t0ken") {
			t.Errorf("%s: %v", address, err)
		}
		_, err = c.OpenVideo(t.Context(), "", "v05p1m50000000000000000000000000000000000")
		if err == nil || strings.Contains(err.Error(), "t0ken") {
			t.Errorf("%s: %v", address, err)
		}
		c.Close()
	}
}
