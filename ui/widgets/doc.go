// Package widgets holds the parts that pages are put together from: text,
// buttons, fields, cards, rows, dialogs. They present and offer callbacks, and
// know nothing of wallets or files. Each takes its colours from package theme
// whenever it is refreshed, and each can be used by keyboard.
package widgets
