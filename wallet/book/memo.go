package book

import (
	"regexp"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/wallet/keys"
)

// MemoAdvice says what is odd about a memo.
type MemoAdvice int

// What may be odd, the worst last.
const (
	MemoFine    MemoAdvice = iota
	MemoUnusual            // an exchange would hardly give out such a memo
	MemoDiffers            // not the memo that the address book has
	MemoMissing            // an exchange, and no memo: the money may be lost
	MemoSecret             // words or a private key, which everybody could read
)

// exchangeMemos are the shapes of memos that exchanges give out to tell their
// customers apart.
var exchangeMemos = []*regexp.Regexp{
	regexp.MustCompile(`^[0-9]{4,20}$`),                                        // MEXC, Gate, Bitget: a customer number
	regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`), // a UUID
	regexp.MustCompile(`^[0-9A-Za-z]{6,64}$`),                                  // KuCoin, Kraken: letters and digits
	regexp.MustCompile(`^[A-Za-z0-9]{2,16}[:-][A-Za-z0-9]{4,64}$`),             // a name and a number
}

// exchangeNames make a name in the address book look like one of an exchange,
// so that the user can be asked about it.
var exchangeNames = []string{
	"ascendex", "binance", "bingx", "bitfinex", "bitget", "bitmart", "bitstamp", "bybit", "coinbase", "coinex", "crypto.com", "deposit",
	"exchange", "gate.io", "gateio", "htx", "huobi", "kraken", "kucoin", "lbank", "mexc", "okx", "poloniex", "upbit", "whitebit", "xt.com",
}

// LooksLikeExchange tells whether a name sounds like an exchange's.
func LooksLikeExchange(name string) bool {
	name = strings.ToLower(name)
	for _, e := range exchangeNames {
		if strings.Contains(name, e) {
			return true
		}
	}
	return false
}

// AdviseMemo looks at the memo of a payment. Entry is the recipient in the
// address book, or nil.
//
// A missing memo is pointed out for entries that the user marked as an
// exchange, for those whose name sounds like one, and for those that have a
// memo in the book.
func AdviseMemo(entry *Entry, memo string) MemoAdvice {
	trimmed := strings.TrimSpace(memo)
	if secretMemo(trimmed) {
		return MemoSecret
	}
	if entry == nil {
		return MemoFine
	}
	exchange := entry.Exchange || LooksLikeExchange(entry.Name)
	switch {
	case trimmed == "" && (exchange || entry.Memo != ""):
		return MemoMissing
	case entry.Memo != "" && memo != entry.Memo:
		return MemoDiffers
	case exchange && entry.Memo == "" && !exchangeMemo(memo):
		return MemoUnusual
	}
	return MemoFine
}

func exchangeMemo(memo string) bool {
	for _, shape := range exchangeMemos {
		if shape.MatchString(memo) {
			return true
		}
	}
	return false
}

// secretMemo finds a private key and words of a wallet, also half a phrase.
func secretMemo(memo string) bool {
	switch keys.Detect([]byte(memo)) {
	case keys.KindRawKey:
		return true
	case keys.KindWords:
		check := keys.CheckWords([]byte(memo))
		return check.Count >= 6 && len(check.Wrong) == 0
	}
	return false
}

// Sentence tells a person what to do; it is empty for MemoFine.
func (a MemoAdvice) Sentence() fault.Words {
	return [...]fault.Words{
		{},
		fault.Tell("This does not look like a memo of an exchange. Copy it from the deposit page again, without anything around it."),
		fault.Tell("The address book has another memo for this address. Make sure which one is right before you send."),
		fault.Tell("An exchange needs the memo from its deposit page to know whom the money is for. Without it the money may be lost."),
		fault.Tell("This memo looks like the secret of a wallet. Everybody can read memos, for ever: never write words or keys there."),
	}[a]
}
