// Package qr reads and shows payment requests as QR codes. A request is a
// plain address, or one of
//
//	stratos:st1...?amount=1.5stos&memo=...&label=...
//	ethereum:0x...@2048?value=1500000000000000000
//
// the second as other wallets write it (EIP-681); on Stratos it pays the same
// account.
package qr
