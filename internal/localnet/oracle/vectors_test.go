package oracle

import "testing"

// Every vector is looked at, and holds.
func TestEveryVector(t *testing.T) {
	v, s := openVectors(t), newSDKSigner(t)
	v.checkKeys(s)
	v.checkNodeKey()
	v.checkKeyFile()
	v.checkPrefixes()
	v.checkEthereum()
	v.checkTransactions(s)
	v.checkVariants()
	v.checkAddresses()
	v.checkAmounts()
	v.checkReading()
	v.checkErrors()
	v.checkReceipts()
	made := v.checkRecorded(s)
	by := map[string]int{}
	for _, who := range made {
		by[who]++
	}
	if by["wallet"] != 22 || by["SDK"] != 6 || by["nobody"] != 1 {
		t.Errorf("made again by %v: %v", by, made)
	}
	if left := v.unread(); len(left) > 0 {
		t.Errorf("%d leaves are used by no test: %v", len(left), left)
	}
}
