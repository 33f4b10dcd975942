// Package stake tells what there is to stake with and what an account has
// staked: validators, delegations, rewards, returns, and what staking earns.
//
// Shares of a whole are floats between 0 and 1, for people to look at; money
// is always in wei.
package stake
