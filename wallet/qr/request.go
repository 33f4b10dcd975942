package qr

import (
	"errors"
	"math/big"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// ErrRequest is wrapped by every error about text that asks for no payment
// that this wallet can make.
var ErrRequest = errors.New("not a payment request")

// Request is what a QR code asks for.
type Request struct {
	Address stratos.Address
	Amount  stratos.Amount // zero when the payer decides
	Memo    string         // at most 256 characters
	Label   string         // what the recipient calls itself; nobody vouches for it
}

const (
	schemeStratos  = "stratos"
	schemeEthereum = "ethereum"
	chainID        = "2048" // EIP-155 number of both Stratos networks
	maxText        = 4096   // a QR code holds less
	maxMemo        = 256
)

// Text writes the request: an address alone, else in the form of stratos:.
func (r Request) Text() string {
	values := url.Values{}
	if !r.Amount.IsZero() {
		values.Set("amount", r.Amount.Format(stratos.STOS)+stratos.STOS)
	}
	if r.Memo != "" {
		values.Set("memo", r.Memo)
	}
	if r.Label != "" {
		values.Set("label", r.Label)
	}
	if len(values) == 0 {
		return r.Address.String()
	}
	query := strings.ReplaceAll(values.Encode(), "+", "%20") // some readers take a plus for a plus
	return schemeStratos + ":" + r.Address.String() + "?" + query
}

// Parse reads the text of a QR code. Errors wrap [ErrRequest] and are
// sentences for people. What it does not know it refuses, unless it is about
// looks only, because a condition must not be lost.
func Parse(text string) (Request, error) {
	text = strings.TrimSpace(text)
	if len(text) > maxText || !utf8.ValidString(text) {
		return Request{}, wrong("This QR code holds no payment request.")
	}
	scheme, rest, found := strings.Cut(text, ":")
	if !found {
		return plain(text)
	}
	rest = strings.TrimPrefix(rest, "//")
	switch strings.ToLower(scheme) {
	case schemeStratos:
		return parseStratos(rest)
	case schemeEthereum:
		return parseEthereum(rest)
	}
	return Request{}, wrong("This QR code is not for Stratos.")
}

func wrong(format string, args ...any) error { return fault.Wrong(ErrRequest, format, args...) }

func plain(text string) (Request, error) {
	a, err := stratos.ParseAddress(text)
	if err != nil {
		return Request{}, fault.Wrong(errors.Join(ErrRequest, err), "This QR code holds no Stratos address.")
	}
	return Request{Address: a}, nil
}

// split reads "address?query".
func split(text string) (string, url.Values, error) {
	address, query, _ := strings.Cut(text, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		return "", nil, wrong("This payment request is damaged.")
	}
	for name, v := range values {
		if len(v) > 1 {
			return "", nil, wrong("This payment request says %s twice.", printable(name))
		}
	}
	return address, values, nil
}

// printable keeps what a request says from spoiling a sentence.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, text[:min(len(text), 40)])
}

func parseStratos(text string) (Request, error) {
	address, values, err := split(text)
	if err != nil {
		return Request{}, err
	}
	r, err := plain(strings.TrimSuffix(address, "/"))
	if err != nil {
		return Request{}, err
	}
	for name := range values {
		value := values.Get(name)
		switch name {
		case "amount":
			r.Amount, err = parseAmount(value)
		case "memo":
			r.Memo, err = value, checkMemo(value)
		case "label", "message":
			r.Label = printableLine(value)
		default:
			err = unknownField(name)
		}
		if err != nil {
			return Request{}, err
		}
	}
	return r, nil
}

// unknownField refuses everything but what is marked as harmless to pass over
// by an x at the beginning.
func unknownField(name string) error {
	if strings.HasPrefix(name, "x-") {
		return nil
	}
	return wrong("This payment request asks for something unknown (%s). Please type the payment by hand.", printable(name))
}

// parseAmount reads a number of STOS, or a number with its unit.
func parseAmount(text string) (stratos.Amount, error) {
	a, err := stratos.ParseAmount(text)
	if err != nil {
		a, err = stratos.ParseDecimal(text, stratos.STOS)
	}
	if err != nil || a.Wei().BitLen() > 255 {
		return stratos.Amount{}, wrong("This payment request has an amount that cannot be read.")
	}
	return a, nil
}

func checkMemo(memo string) error {
	if utf8.RuneCountInString(memo) > maxMemo || len(memo) > maxMemo || !utf8.ValidString(memo) || memo != printableLine(memo) {
		return wrong("This payment request has a memo that cannot be sent.")
	}
	return nil
}

// printableLine leaves out what turns text around or breaks the line.
func printableLine(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x200b && r <= 0x200f || r >= 0x2028 && r <= 0x202e || r >= 0x2060 && r <= 0x2069 || r == 0xfeff || r == utf8.RuneError {
			return -1
		}
		return r
	}, text)
}

// parseEthereum reads EIP-681 without calls of contracts.
func parseEthereum(text string) (Request, error) {
	target, values, err := split(text)
	if err != nil {
		return Request{}, err
	}
	target = strings.TrimPrefix(target, "pay-")
	if strings.Contains(target, "/") {
		return Request{}, wrong("This QR code asks for a contract, not for STOS.")
	}
	address, chain, named := strings.Cut(target, "@")
	if named && chain != chainID {
		return Request{}, wrong("This QR code is for another network. Money sent on Stratos would not arrive there.")
	}
	if !strings.HasPrefix(address, "0x") {
		return Request{}, wrong("This QR code holds no Stratos address.")
	}
	r, err := plain(address)
	if err != nil {
		return Request{}, err
	}
	for name := range values {
		switch name {
		case "value":
			r.Amount, err = parseWei(values.Get(name))
		case "gas", "gasLimit", "gasPrice": // Stratos sets its own
		default:
			err = unknownField(name)
		}
		if err != nil {
			return Request{}, err
		}
	}
	return r, nil
}

// parseWei reads a number as EIP-681 allows it: 2.014e18.
func parseWei(text string) (stratos.Amount, error) {
	bad := wrong("This payment request has an amount that cannot be read.")
	number, exponent, scientific := strings.Cut(strings.ToLower(text), "e")
	if len(number) > 80 || number == "" || strings.Trim(number, "0123456789.") != "" {
		return stratos.Amount{}, bad
	}
	power := new(big.Int)
	if _, ok := power.SetString(exponent, 10); scientific && (!ok || power.Sign() < 0 || power.Cmp(big.NewInt(77)) > 0) {
		return stratos.Amount{}, bad
	}
	value, ok := new(big.Rat).SetString(number)
	if !ok {
		return stratos.Amount{}, bad
	}
	value.Mul(value, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), power, nil)))
	if !value.IsInt() || value.Num().BitLen() > 255 {
		return stratos.Amount{}, bad
	}
	return stratos.NewAmount(value.Num()), nil
}
