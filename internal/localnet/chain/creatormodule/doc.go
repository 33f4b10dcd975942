// Package creatormodule is the part of the practice chain that gives owners of
// content a share of the price of the traffic that their files cause. The
// traffic of an epoch is told first ([Keeper] keeps it), and is paid for when
// the volume report of the same epoch comes ([Keeper.Settle]). Rewards mature
// and are withdrawn with those of nodes.
package creatormodule
