// Package channel is the format of channels: a creator's page of published
// videos, music and files, open to all or to those who paid for a period. It
// needs nothing but transactions of the chain and files on the network, and
// does no input or output itself. docs/channels.md describes the format.
package channel
