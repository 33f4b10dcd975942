// Package client talks to resource nodes of the storage network: upload,
// download, list, delete, share, and videos, for one account.
//
// A [Client] has a list of gateways and uses the next one when one fails. It
// trusts nothing that comes back: [Client.Download] and
// [Client.DownloadShared] return nil only for content that has the hash asked
// for; [Client.Fetch] and [Client.FetchShared] hand out pieces as they come,
// for content that proves itself.
//
// Calls that cost ozone carry the account's sequence number. They pass a queue
// (one per account and machine) that is held only until the number is seen to
// have moved; a number refused because another device was faster is fetched
// again. A call without an answer may have happened: the client asks before it
// repeats. docs/adr/0004-sds-client.md has the reasons.
//
// Errors carry a sentence for people (package fault) and wrap one of the Err
// values of this package where a caller may want to decide.
package client
