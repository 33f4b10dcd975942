// Package book keeps the addresses that a user gave names to, and looks at a
// recipient before money goes there: whether it was ever paid before, whether
// it only resembles an address the user knows, and whether a memo is missing
// or should not be public.
package book
