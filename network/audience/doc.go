// Package audience makes sense of how often a creator's files were played: how
// many stay until where, what may come next, and what is worth doing about it.
// It works on counts alone (network.Audience), which name nobody.
package audience
